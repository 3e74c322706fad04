"""What minutes hold and what they lack, in words, each with the page where it is put right."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from forumplanner.minutes.rules import Contents, Gap
from forumplanner.rounds.addresses import meeting_url
from forumplanner.rounds.models import Meeting


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the checklist, as `components/task_list.html` draws it."""

    title: str
    href: str
    kind: str
    word: str
    hint: str = ""


def checklist(meeting: Meeting, contents: Contents) -> list[Task]:
    """The lines in the order of the form. The names stand on the page of the minutes itself, below."""
    gaps = set(contents.gaps())
    attendance = meeting_url(meeting, "attendance.attendance")
    record = meeting_url(meeting, "outcomes.outcomes")
    signers = "#signers"
    lost = [
        Task(
            _("Check characters that cannot be printed"),
            record,
            "todo",
            " ".join(contents.unprintable),
            _("On paper these characters become □. Please write them in words."),
        )
    ]
    return [
        _task(_("Name the place"), meeting_url(meeting, "rounds.details"), gaps & {Gap.PLACE}),
        _task(_("List who came"), attendance, gaps & {Gap.PRESENT}, word=_people(contents)),
        _task(_("Name the chair"), attendance, gaps & {Gap.CHAIR}),
        _task(_("Note when it began and ended"), attendance, gaps & {Gap.BEGAN, Gap.ENDED}, hint=_times(gaps)),
        _task(
            _("Record what was said and concluded"),
            meeting_url(meeting, "agenda.agenda") if Gap.AGENDA in gaps else record,
            gaps & {Gap.AGENDA, Gap.TEXT},
            word=_record(contents),
            hint=_empty(contents),
        ),
        _task(_("Name the recorder"), signers, gaps & {Gap.RECORDER}),
        _task(
            _("Name the checker"),
            signers,
            gaps & {Gap.CHECKER},
            hint=_("Without one the minutes carry the recorder's signature alone.") if Gap.CHECKER in gaps else "",
        ),
        *(lost if contents.unprintable else ()),
    ]


def _task(title: str, href: str, gaps: set[Gap], *, word: str = "", hint: str = "") -> Task:
    if gaps:
        return Task(title, href, "todo", word or _("Still missing"), hint)
    return Task(title, href, "done", word or _("Already there"), hint)


def _people(contents: Contents) -> str:
    if not contents.present:
        return str(_("Nobody listed yet"))
    numbers = {"came": contents.present, "absent": contents.absent, "others": contents.participants}
    return str(_("%(came)s came, %(absent)s did not, %(others)s participants", **numbers))


def _times(gaps: set[Gap]) -> str:
    if {Gap.BEGAN, Gap.ENDED} <= gaps:
        return str(_("Both times will be left as dotted lines to fill in."))
    if Gap.BEGAN in gaps:
        return str(_("The time it began will be left as a dotted line to fill in."))
    return str(_("The time it ended will be left as a dotted line to fill in.")) if Gap.ENDED in gaps else ""


def _record(contents: Contents) -> str:
    if not contents.items:
        return str(_("No agenda yet"))
    return str(ngettext("%(num)s outcome", "%(num)s outcomes", contents.outcomes))


def _empty(contents: Contents) -> str:
    if not contents.empty_items:
        return ""
    return str(
        _("There is nothing under item %(numbers)s; the minutes will say so.", numbers=", ".join(contents.empty_items))
    )
