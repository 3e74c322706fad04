"""Forms of the three lists."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from forumplanner.agenda.forms import SeenForm
from forumplanner.attendance.rules import AttendanceList
from forumplanner.core.i18n import N_
from forumplanner.web.forms import ClockField, Needed, PlainField

# The words the regulation prescribes (form 11): the lists' names in Thai minutes.
LIST_WORDS = {
    AttendanceList.CAME: N_("Members who came"),
    AttendanceList.ABSENT: N_("Members who did not come"),
    AttendanceList.PARTICIPANT: N_("Participants"),
}


class AttendanceForm(SeenForm):
    """A line of one of the lists."""

    # Who simply comes is a participant.
    list = SelectField(_l("List"), coerce=AttendanceList, default=AttendanceList.PARTICIPANT)
    name = PlainField(_l("Name"), [Needed()], max_length=300)
    post = PlainField(_l("Post and organisation"), max_length=300)
    substitute_for = PlainField(_l("In the place of"), max_length=300)
    reason = PlainField(_l("Reason for not coming"), max_length=300)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.list.choices = [(kind.value, _(words)) for kind, words in LIST_WORDS.items()]

    def typed(self) -> dict[str, object]:
        """Its values by name."""
        return {name: self[name].data for name in ("list", "name", "post", "substitute_for", "reason")}


class SittingForm(SeenForm):
    """When the meeting began and ended, and who chaired it."""

    began_at = ClockField(_l("The meeting began at"))
    ended_at = ClockField(_l("The meeting ended at"))
    chair = PlainField(_l("Chair"), max_length=300)
