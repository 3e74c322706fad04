"""The page of one partner: what is known, what they were invited to and answered, who changed what."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import (
    COORDINATORS,
    is_organiser,
    may_change_region,
    name_actor,
    noting_look,
    opens_to,
)
from forumplanner.attendance.models import AttendanceList
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.i18n import N_
from forumplanner.desks.merging import find_undoable
from forumplanner.desks.partner_record import (
    find_attendance_of,
    list_commitments_of,
    list_meetings_to_invite_to,
    list_people_of,
)
from forumplanner.desks.views.pages import blueprint
from forumplanner.history.services import list_changes, passages_of
from forumplanner.invitations import words as answer_words
from forumplanner.invitations.lists import list_invitations_of, state_of
from forumplanner.invitations.speaking import words_for
from forumplanner.invitations.views.showing import STATE_MARKS, STATE_WORDS, answer_days
from forumplanner.partners import services, words
from forumplanner.partners.access import check_in_sight, current_sight, may_change
from forumplanner.partners.facts import facts_of
from forumplanner.partners.models import Organisation, Partner
from forumplanner.rounds.describing import describe_days_short
from forumplanner.rounds.services import meeting_title
from forumplanner.web.locale import current_language
from forumplanner.web.speech import use_words

HISTORY_SHOWN = 30
# Said of one person; the lists themselves are called otherwise.
ATTENDANCE = {
    AttendanceList.CAME: N_("came"),
    AttendanceList.ABSENT: N_("did not come"),
    AttendanceList.PARTICIPANT: N_("came as a participant"),
}


@blueprint.get("/partners/<int(max=2147483647):partner_id>")
@opens_to(COORDINATORS)
def partner(partner_id: int) -> ResponseReturnValue:
    """One partner: what is known, the invitations with their answers, and who changed what."""
    session, lang = db.session(), current_language()
    kept_id = services.find_merged_into(session, partner_id) if session.get(Partner, partner_id) is None else None
    if kept_id is not None:
        return redirect(url_for("desks.partner", partner_id=kept_id))
    found = services.get_partner(session, partner_id)
    check_in_sight(found)
    facts = facts_of(found)
    # The page is of this partner alone.
    use_words(words_for(found))
    page = render_template(
        "desks/partner.html",
        partner=found,
        facts=facts,
        named_notes=[{"key": note.name, "value": note.text} for note in facts.notes],
        welfare_words=[_(words.WELFARE[kind]) for kind in getattr(facts, "welfare", ())],
        may_change=may_change(found),
        invitations=list_invitations_of(session, found.id),
        title_of=lambda meeting: meeting_title(meeting, lang),
        days_of=lambda meeting: describe_days_short(meeting, lang),
        may_open=lambda meeting: may_change_region(meeting.region_id),
        state_of=state_of,
        state_words={name: _(word) for name, word in STATE_WORDS.items()},
        state_marks=STATE_MARKS,
        answers={answer.value: _(word) for answer, word in answer_words.ANSWERS.items()},
        answer_days=answer_days,
        attendance={number: _(ATTENDANCE[kind]) for number, kind in find_attendance_of(session, found.id).items()},
        commitments=[
            outcome
            for outcome in list_commitments_of(session, found.id)
            if may_change_region(outcome.agenda_item.meeting.region_id)
        ],
        people=_people_of(found),
        changes=_history(found),
        merge=find_undoable(session, found.id, clock.now()) if may_change(found) else None,
        words=words,
        looks_href=url_for("desks.looks", partner=found.id) if is_organiser() else None,
    )
    return noting_look(page, services.HISTORY, found.id)


@blueprint.get("/partners/<int(max=2147483647):partner_id>/invite")
@opens_to(COORDINATORS)
def invite_partner(partner_id: int) -> ResponseReturnValue:
    """To which meeting? Each leads to its list, where this partner stands ticked."""
    session, lang = db.session(), current_language()
    found = services.get_partner(session, partner_id)
    check_in_sight(found)
    invited = {row.meeting_id for row in list_invitations_of(session, found.id) if row.revoked_at is None}
    rows = [
        {
            "title": meeting_title(meeting, lang),
            "days": describe_days_short(meeting, lang),
            "is_invited": meeting.id in invited,
            "href": url_for("invitations.add", code=meeting.round.code, slug=meeting.slug, partner=found.id),
        }
        for meeting in list_meetings_to_invite_to(session, clock.today())
        if may_change_region(meeting.region_id)
    ]
    return render_template("desks/invite_partner.html", partner=found, rows=rows)


def _people_of(partner: Partner) -> list[Partner]:
    """Those who stand under an organisation, as far as the signed-in person may see them."""
    if not isinstance(partner, Organisation):
        return []
    sight = current_sight()
    return [person for person in list_people_of(db.session(), partner.id) if services.is_in_sight(sight, person)]


def _history(partner: Partner) -> list[dict[str, object]]:
    """Who changed what, in the reader's language."""
    named = {"sector": words.SECTORS, "person_class": words.CLASSES, "level": words.LEVELS, "welfare": words.WELFARE}
    rows: list[dict[str, object]] = []
    also = services.list_merged_into(db.session(), partner.id)
    for change in list_changes(db.session(), services.HISTORY, partner.id, limit=HISTORY_SHOWN, also=also):
        values: Any = named.get(change.field, {})
        before, after = (
            ", ".join(_(values[part]) if part in values else part for part in text.split(", ")) if values else text
            for text in passages_of(change)
        )
        what = _("Added") if change.field == "added" else _(words.FIELDS.get(change.field, change.field))
        rows.append({"at": change.at, "who": name_actor(change.actor), "what": what, "before": before, "after": after})
    return rows
