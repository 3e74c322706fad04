"""The record: what was said and concluded, one agenda item at a time; and the same to read, once it may be read."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forumplanner.accounts.access import (
    COORDINATORS,
    READERS,
    acting,
    may_change_region,
    may_see_people,
    name_actor,
    opens_to,
)
from forumplanner.agenda.models import AgendaItem
from forumplanner.agenda.services import ITEM_REMOVED, get_item, list_items
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.core.errors import Removed
from forumplanner.history.models import Change
from forumplanner.outcomes import rules
from forumplanner.outcomes.access import check_may_read
from forumplanner.outcomes.forms import ItemForm, form_of, kind_words, merged
from forumplanner.outcomes.models import Outcome, OutcomeKind, SubmissionState
from forumplanner.outcomes.rules import RESOLUTION_WORDS, STATE_WORDS
from forumplanner.outcomes.services import (
    StaleItem,
    TypedOutcome,
    find_last_save,
    find_submission,
    list_outcomes,
    list_possible_owners,
    save_item,
    state_of,
)
from forumplanner.outcomes.views.addresses import ITEM, OUTCOMES, blueprint, title_of
from forumplanner.partners.models import PartnerKind
from forumplanner.rounds.access import meeting_to_change
from forumplanner.rounds.addresses import meeting_url
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import get_meeting
from forumplanner.web.locale import current_language

STEPS = {"up": -1, "down": 1}


@blueprint.get(OUTCOMES)
@opens_to(READERS)
def outcomes(code: str, slug: str) -> ResponseReturnValue:
    """All items with what was concluded."""
    meeting = get_meeting(db.session(), code, slug)
    submission = find_submission(db.session(), meeting)
    check_may_read(meeting, state_of(submission))
    facts = _page_facts(meeting, state_of(submission), None)
    items, answered = facts["items"], facts["outcomes"]
    waiting = (pair for pair in items if pair[1].question_id is not None and pair[1].id not in answered)
    # A recorder goes on where a question of the round still waits.
    first = next(waiting, items[0]) if items else None
    return render_template("outcomes/outcomes.html", submission=submission, first=first, **facts)


@blueprint.get(OUTCOMES + ITEM)
@opens_to(READERS)
def item(code: str, slug: str, item_id: int) -> ResponseReturnValue:
    """One item: to record for whoever may change it, else to read."""
    meeting = get_meeting(db.session(), code, slug)
    state = state_of(find_submission(db.session(), meeting))
    check_may_read(meeting, state)
    found = get_item(db.session(), meeting, item_id)
    is_recording = may_change_region(meeting.region_id) and rules.is_open(state)
    form = None
    if is_recording:
        form = form_of(found.discussion, list_outcomes(db.session(), meeting).get(item_id, ()))
    return _item_page(meeting, state, item_id, form)


@blueprint.post(OUTCOMES + ITEM)
@opens_to(COORDINATORS)
def record_item(code: str, slug: str, item_id: int) -> ResponseReturnValue:
    """Save everything typed on the page, whichever of its buttons was pressed."""
    meeting = meeting_to_change(code, slug)
    get_item(db.session(), meeting, item_id)
    form = ItemForm()
    form.held_on(meeting.starts_on)
    act, _dash, about = request.form.get("act", "save").partition("-")
    if form.validate():
        with form.showing_refusals():
            typed = form.typed()
            if act == "resolve" and about.isdecimal() and int(about) < len(RESOLUTION_WORDS):
                typed.append(TypedOutcome(OutcomeKind.RESOLUTION, RESOLUTION_WORDS[int(about)]))
            move = (int(about), STEPS[act]) if act in STEPS and about.isdecimal() and len(about) < 10 else None
            save_item(
                db.session(),
                meeting,
                item_id,
                acting(),
                discussion=form.discussion.data or "",
                discussion_seen=form.stamp,
                outcomes=typed,
                move=move,
            )
            db.session.commit()
            return redirect(_after_saving(meeting, item_id, act, about, added=any(row.id is None for row in typed)))
    if isinstance(form.refusal, StaleItem):
        found = get_item(db.session(), meeting, item_id)
        form = merged(form, found.discussion, list_outcomes(db.session(), meeting).get(item_id, ()))
    state = state_of(find_submission(db.session(), meeting))
    return _item_page(meeting, state, item_id, form), form.status


def _after_saving(meeting: Meeting, item_id: int, act: str, about: str, *, added: bool) -> str:
    """Where the page goes on: at the next item, at what was moved, at the empty row, or at its top."""
    if act == "next":
        ids = [found.id for _number, found in list_items(db.session(), meeting)]
        following = ids[ids.index(item_id) + 1 :]
        if following:
            return meeting_url(meeting, "outcomes.item", item_id=following[0])
        flash(_("That was the last item. Everything is saved."), "done")
        return meeting_url(meeting, "outcomes.outcomes")
    rows = len(list_outcomes(db.session(), meeting).get(item_id, ()))
    # Who added one goes on in the empty row behind the last.
    anchor = f"#outcome-{about}" if act in STEPS else f"#outcomes-{rows}-text" if added else ""
    return meeting_url(meeting, "outcomes.item", item_id=item_id) + anchor


def _item_page(meeting: Meeting, state: SubmissionState, item_id: int, form: ItemForm | None) -> str:
    facts = _page_facts(meeting, state, item_id)
    ids = [listed.id for _number, listed in facts["items"]]
    if item_id not in ids:  # deleted since this request began
        raise Removed(ITEM_REMOVED)
    place = ids.index(item_id)
    number, found = facts["items"][place]
    owners = list_possible_owners(db.session(), meeting) if form is not None else []
    return render_template(
        "outcomes/item.html",
        **facts,
        number=number,
        item=found,
        next_item=facts["items"][place + 1] if place + 1 < len(ids) else None,
        previous_item=facts["items"][place - 1] if place else None,
        saved=_saved_words(find_last_save(db.session(), found)) if form is not None else None,
        owners=[partner.shown_name("th") for partner in owners],
        resolution_words=RESOLUTION_WORDS,
        form=form,
    )


def _page_facts(meeting: Meeting, state: SubmissionState, current: int | None) -> dict[str, Any]:
    items = list_items(db.session(), meeting, with_texts=True)
    found = list_outcomes(db.session(), meeting)
    sees_people = may_see_people(meeting.region_id)
    return {
        "meeting": meeting,
        "title": title_of(meeting),
        "state": state,
        "state_word": _(STATE_WORDS[state]),
        "may_change": may_change_region(meeting.region_id),
        "closed": _(rules.CLOSED[state]) if not rules.is_open(state) else None,
        "items": items,
        "outcomes": found,
        "parents": {entry.parent_id for _number, entry in items},
        "kind_words": kind_words,
        "owner_words": lambda outcome: owner_words(outcome, sees_people=sees_people),
        "agenda": [_nav_entry(meeting, number, entry, found.get(entry.id, []), current) for number, entry in items],
    }


def _nav_entry(
    meeting: Meeting, number: str, entry: AgendaItem, outcomes: list[Outcome], current: int | None
) -> dict[str, object]:
    count = len(outcomes)
    if count:
        kind, word = "done", ngettext("%(num)s outcome", "%(num)s outcomes", count)
    elif entry.question_id is not None:
        kind, word = "todo", _("Question of the round, no outcome yet")
    elif entry.discussion and may_change_region(meeting.region_id):
        kind, word = "done", _("Discussion recorded")
    else:
        kind, word = None, None
    return {
        "number": number,
        "title": entry.title(current_language()),
        "href": meeting_url(meeting, "outcomes.item", item_id=entry.id),
        "current": entry.id == current,
        "depth": 2 if entry.parent_id else 1,
        "kind": kind,
        "word": word,
    }


def owner_words(outcome: Outcome, *, sees_people: bool) -> str:
    """A commitment's owner; a person's name is for the region alone, an agency's for everybody."""
    partner = outcome.owner_partner
    if sees_people or (partner is not None and partner.kind == PartnerKind.ORGANISATION):
        is_invented = partner is not None and partner.is_sample
        return str(_("%(name)s (sample)", name=outcome.owner)) if is_invented else outcome.owner or ""
    return str(_("a person known to the region's coordinator"))


def _saved_words(change: Change | None) -> str:
    if change is None:
        return str(_("Nothing has been saved here yet."))
    at, now = (instant.astimezone(clock.BANGKOK) for instant in (change.at, clock.now()))
    time = thai.format_time(at.time(), current_language())
    if at.date() == now.date():
        return str(_("Saved at %(time)s by %(who)s", time=time, who=name_actor(change.actor)))
    day = thai.format_short(at.date(), current_language())
    return str(_("Saved on %(day)s at %(time)s by %(who)s", day=day, time=time, who=name_actor(change.actor)))
