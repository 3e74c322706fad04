"""The page on which a region checks and submits its outcomes, and organisers accept or return them."""

from datetime import datetime

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forumplanner.accounts.access import COORDINATORS, ORGANISERS, acting, is_organiser, opens_to
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.history.services import list_changes
from forumplanner.outcomes import rules
from forumplanner.outcomes.forms import DecisionForm, SubmitForm, kind_words, outcome_words
from forumplanner.outcomes.rules import Act
from forumplanner.outcomes.services import KeptOutcome, Review, TypedOutcome, decide, find_returned, review, submit
from forumplanner.outcomes.views.addresses import SUBMISSION, blueprint, title_of
from forumplanner.outcomes.views.record import owner_words
from forumplanner.rounds.access import meeting_to_change
from forumplanner.rounds.addresses import meeting_url
from forumplanner.rounds.models import Meeting, MeetingStatus
from forumplanner.web.errors import translated
from forumplanner.web.locale import current_language
from forumplanner.web.typed import typed_texts


@blueprint.get(SUBMISSION)
@opens_to(COORDINATORS)
def submission(code: str, slug: str) -> ResponseReturnValue:
    """What will be sent or decided upon, where it stands, and the button for the next act."""
    return _submission_page(meeting_to_change(code, slug), None)


@blueprint.post(SUBMISSION)
@opens_to(COORDINATORS)
def submit_outcomes(code: str, slug: str) -> ResponseReturnValue:
    """Send the outcomes to the organisers."""
    meeting = meeting_to_change(code, slug)
    form = SubmitForm()
    if form.validate():
        with form.showing_refusals():
            submit(db.session(), meeting, acting(), today=clock.today(), seen=form.stamp)
            db.session.commit()
            flash(_("The outcomes are with the organisers now."), "done")
            return redirect(meeting_url(meeting, "outcomes.submission"))
    return _submission_page(meeting, form), form.status


@blueprint.post(SUBMISSION + "/decision")
@opens_to(ORGANISERS)
def decide_outcomes(code: str, slug: str) -> ResponseReturnValue:
    """Accept the outcomes, or return them with a remark."""
    meeting = meeting_to_change(code, slug)
    form = DecisionForm()
    if form.validate():
        with form.showing_refusals():
            act = request.form.get("act", "")
            if act not in (Act.ACCEPT, Act.RETURN):
                raise Invalid(N_("Please accept the outcomes or return them."))
            remark = form.remark.data or ""
            decide(db.session(), meeting, acting(), Act(act), remark=remark, seen=form.stamp)
            db.session.commit()
            words = (
                _("The outcomes are accepted.") if act == Act.ACCEPT else _("The outcomes are back with the region.")
            )
            flash(words, "done")
            return redirect(meeting_url(meeting, "outcomes.submission"))
    return _submission_page(meeting, form), form.status


def _submission_page(meeting: Meeting, form: SubmitForm | DecisionForm | None) -> str:
    found = review(db.session(), meeting)
    decides = is_organiser() and not rules.is_open(found.state)
    kind: type[SubmitForm | DecisionForm] = DecisionForm if decides else SubmitForm
    drawn = form if isinstance(form, kind) else kind(formdata=None, seen=found.seen)
    if form is not None and drawn is not form:  # somebody else has sent, returned or accepted it meanwhile
        drawn.show_refusal_of(form)
    due = meeting.round.outcomes_due_on
    changes = list_changes(db.session(), "submission", found.submission.id) if found.submission else []
    return render_template(
        "outcomes/submission.html",
        meeting=meeting,
        title=title_of(meeting),
        found=found,
        returned=_returned(meeting, found),
        state=found.state,
        state_word=_(rules.STATE_WORDS[found.state]),
        state_words={state.value: _(words) for state, words in rules.STATE_WORDS.items()},
        is_open=rules.is_open(found.state),
        facts=_facts(meeting, found),
        outcomes_number=_number(found.total),
        cannot_submit=_why_not(meeting, found),
        decides=decides,
        # A region's outcomes are its coordinator's to submit; an organiser does it in their place at most.
        waits_for_region=is_organiser() and meeting.region_id is not None and rules.is_open(found.state),
        is_late=due is not None and clock.today() > due,
        changes=[change for change in changes if change.field == "state"],
        kind_words=kind_words,
        owner_words=lambda outcome: owner_words(outcome, sees_people=True),
        form=drawn,
        typed=typed_texts() if drawn is not form else [],
    )


def _returned(meeting: Meeting, found: Review) -> dict[str, object] | None:
    """The remark of the last return, when and by whom, and what changed since: number, what, before, now."""
    last = find_returned(db.session(), meeting, found)
    if last is None:
        return None
    changes: list[tuple[str, str, str, str]] | None = None
    if last.since is not None:
        numbers = {item.id: number for number, item in found.items}

        def row(what: str, before: KeptOutcome | None, after: KeptOutcome | None) -> tuple[str, str, str, str]:
            kept = after or before
            number = numbers.get(kept.item_id, "") if kept else ""
            return number, what, _outcome_words(before), _outcome_words(after)

        changes = [
            *(row(_("Outcome changed"), before, after) for before, after in last.since.changed),
            *(row(_("Outcome added"), None, outcome) for outcome in last.since.added),
            *(row(_("Outcome deleted"), outcome, None) for outcome in last.since.removed),
            *((number, _("Discussion changed"), "", "") for number in last.since.discussed),
        ]
    return {"remark": last.remark, "when": _when(last.at, last.decided_by), "changes": changes}


def _outcome_words(kept: KeptOutcome | None) -> str:
    if kept is None:
        return ""
    words = outcome_words(TypedOutcome(kept.kind, kept.text, kept.owner, kept.due_on))
    return words.replace("\n", " ", 1)


def _facts(meeting: Meeting, found: Review) -> list[tuple[str, str]]:
    """What is sent, how much of it, by when; and who sent and decided."""
    submission, due = found.submission, meeting.round.outcomes_due_on
    rows = [(_("Outcomes"), _number(found.total) if found.total else _("none yet"))]
    if found.total:
        rows.append((_("Kinds"), ", ".join(f"{kind_words(kind)} {count}" for kind, count in found.counts)))
    if found.questions:
        rows.append((_("Questions without an outcome"), _missing(found)))
    if due is not None:
        rows.append((_("To be submitted by"), thai.format_full(due, current_language())))
    if submission is not None and submission.submitted_at:
        rows.append((_("Submitted on"), _when(submission.submitted_at, submission.submitted_by)))
    if submission is not None and submission.decided_at:
        rows.append((_("Decided on"), _when(submission.decided_at, submission.decided_by)))
    return rows


def _number(count: int) -> str:
    return str(ngettext("%(num)s outcome", "%(num)s outcomes", count))


def _when(at: datetime, who: str | None) -> str:
    local, lang = at.astimezone(clock.BANGKOK), current_language()
    words = f"{thai.format_short(local.date(), lang)} {thai.format_time(local.time(), lang)}"
    return f"{words}, {who}" if who else words


def _missing(found: Review) -> str:
    """How many questions of the round have no outcome."""
    if not found.empty_questions:
        return str(_("none: each has one"))
    return str(_("%(empty)s of %(all)s", empty=len(found.empty_questions), all=len(found.questions)))


def _why_not(meeting: Meeting, found: Review) -> str | None:
    """Why the outcomes cannot be submitted now, so that the page need not offer it."""
    try:
        rules.check_can_submit(
            found.state,
            outcomes=found.total,
            starts_on=meeting.starts_on,
            today=clock.today(),
            is_cancelled=meeting.status == MeetingStatus.CANCELLED,
        )
    except Conflict as refusal:
        return translated(refusal)
    return None
