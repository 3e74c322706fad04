"""Forms of the three lists."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from forumplanner.attendance.rules import AttendanceList, Came, Who
from forumplanner.core.i18n import N_
from forumplanner.web.forms import BooleanField, ClockField, HiddenField, Needed, PlainField
from forumplanner.web.seen import SeenForm

# The words the regulation prescribes (form 11): the lists' names in Thai minutes.
LIST_WORDS = {
    AttendanceList.CAME: N_("Members who came"),
    AttendanceList.ABSENT: N_("Members who did not come"),
    AttendanceList.PARTICIPANT: N_("Participants"),
}


def _number_or_none(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() and len(str(value)) < 10 else None


class AttendanceForm(SeenForm):
    """A line of one of the lists."""

    # Who simply comes is a participant.
    list = SelectField(_l("List"), coerce=AttendanceList, default=AttendanceList.PARTICIPANT)
    name = PlainField(_l("Name"), [Needed()], max_length=300)
    post = PlainField(_l("Post and organisation"), max_length=300)
    substitute_for = PlainField(_l("In the place of"), max_length=300)
    reason = PlainField(_l("Reason for not coming"), max_length=300)
    is_another = BooleanField(_l("This is somebody else: save it"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.list.choices = [(kind.value, _(words)) for kind, words in LIST_WORDS.items()]

    def typed(self) -> dict[str, object]:
        """Its values by name."""
        return {name: self[name].data for name in ("list", "name", "post", "substitute_for", "reason")}


WHO_WORDS = {
    Who.HOLDER: N_("Came in person"),
    Who.DELEGATE: N_("Somebody came in their place"),
    Who.UNNAMED: N_("Somebody came in their place, the name is not known"),
}


class WhoForm(SeenForm):
    """Who came for a seat, or in an invited person's place."""

    who = RadioField(  # type: ignore[call-arg]  # the stubs lag behind
        _l("Who came?"), validators=[Needed()], invalid_choice_message=_l("Please choose who came.")
    )
    name = PlainField(_l("Name of whoever came"), max_length=300)
    post = PlainField(_l("Their post and organisation"), max_length=300)
    # The answer the page was filled from, where a line follows a later one.
    reply = HiddenField()

    def __init__(self, *, is_person: bool, **named: Any) -> None:
        super().__init__(**named)
        self.who.choices = {who.value: _(words) for who, words in WHO_WORDS.items()}
        self.is_person = is_person

    def show(self, came: Came) -> None:
        """Fill the fields from the answer; what it leaves open is asked."""
        self.name.data = came.name
        if came.who == Who.DELEGATE:
            self.who.data = came.who

    def came(self) -> Came:
        """Who came, of a form that was found valid."""
        return Came(Who(self.who.data), self.name.data or "", self.post.data or "")


class SittingForm(SeenForm):
    """When the meeting began and ended, and who chaired it."""

    began_at = ClockField(_l("The meeting began at"))
    ended_at = ClockField(_l("The meeting ended at"))
    chair = PlainField(_l("Chair"), max_length=300)
    # Asked only where several lines bear the chair's name.
    chair_line_id = SelectField(_l("Who of them chaired"), coerce=_number_or_none, validate_choice=False)

    def offer_lines(self, named: Iterable[tuple[int, str]]) -> None:
        """Fill in the lines that bear the chair's name, each with its words; one alone is no question."""
        lines = [(str(line_id), words) for line_id, words in named]
        self.chair_line_id.choices = [("", _("Please choose")), *lines] if len(lines) > 1 else []
