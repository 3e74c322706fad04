"""What organisers arrange of a round as a whole: its questions, announcing all of it, removing one made by mistake."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forumplanner.accounts.access import ORGANISERS, acting, opens_to
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.listing import without_number
from forumplanner.core.stamps import check_fresh
from forumplanner.desks.questions import (
    Wanted,
    change_questions,
    check_questions_open,
    shown_of_questions,
)
from forumplanner.desks.rules import Work
from forumplanner.desks.services import find_work, shown_days
from forumplanner.desks.views.board import place_words
from forumplanner.desks.views.pages import blueprint
from forumplanner.desks.views.words import region_name, warning_words
from forumplanner.rounds import planning
from forumplanner.rounds.added_holidays import added_holidays
from forumplanner.rounds.calendar_days import date_warnings
from forumplanner.rounds.models import Meeting, MeetingStatus, Round
from forumplanner.rounds.rules import MOST_QUESTIONS, STALE_CHECKED, check_can_announce, check_can_remove
from forumplanner.rounds.services import get_round
from forumplanner.web.errors import translated
from forumplanner.web.forms import HiddenField, LongTextField, PostForm, RowList
from forumplanner.web.seen import SeenForm

BLANK_ROWS = 3


class QuestionsForm(SeenForm):
    """The questions of a round, one beside the other in both languages; an empty one goes."""

    ids = RowList(HiddenField(), most=MOST_QUESTIONS + BLANK_ROWS)
    th = RowList(LongTextField(_l("Question in Thai"), max_length=500), most=MOST_QUESTIONS + BLANK_ROWS)
    en = RowList(LongTextField(_l("Question in English"), max_length=500), most=MOST_QUESTIONS + BLANK_ROWS)

    def show_questions(self, found: Round) -> None:
        """Fill the fields from a round, and some empty rows behind."""
        rows = [(str(item.id), item.text_th, item.text_en) for item in found.questions] + [("", "", "")] * BLANK_ROWS
        for number, thai_text, english in rows[: MOST_QUESTIONS + BLANK_ROWS]:
            self.ids.append_entry(number)
            self.th.append_entry(thai_text)
            self.en.append_entry(english)
        self.saw(shown_of_questions(found))

    def wanted(self) -> list[Wanted]:
        """The questions as typed, without those left empty."""
        rows = [
            (str(box.data or ""), *(without_number(str(text.data or "").strip()) for text in texts))
            for box, *texts in zip(self.ids.entries, self.th.entries, self.en.entries, strict=False)
        ]
        lost = next((place for place, (_key, thai, english) in enumerate(rows, start=1) if english and not thai), None)
        if lost is not None:
            raise Invalid(
                N_("Question %(number)s has English words only. Please write it in Thai too, or empty both."),
                number=lost,
            )
        return [
            Wanted(int(key) if key.isascii() and key.isdigit() and len(key) < 10 else None, thai, english)
            for key, thai, english in rows
            if thai
        ]

    def label_of(self, name: str) -> str:
        """A question by its number in the list."""
        key = name.removeprefix("question-")
        places = [place for place, box in enumerate(self.ids.entries, start=1) if box.data == key]
        return str(_("Question %(number)s", number=places[0]) if places else _("Another question"))

    def words_of(self, name: str, value: Any) -> str:
        """A question in both languages."""
        return "\n".join(text for text in value or () if text)

    def take(self, name: str, value: Any) -> None:
        """Show in its row what is saved of a question; one that somebody added takes the first empty row."""
        key = name.removeprefix("question-")
        rows = list(zip(self.ids.entries, self.th.entries, self.en.entries, strict=False))
        own = [row for row in rows if row[0].data == key] or [row for row in rows if not any(box.data for box in row)]
        for row in own[:1]:
            for box, text in zip(row, (key, *(value or ("", ""))), strict=True):
                box.raw_data, box.data = None, text


@blueprint.route("/rounds/<code>/questions", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def questions(code: str) -> ResponseReturnValue:
    """Change the questions of a round; the agendas of its forums follow. Once a region has submitted they stand."""
    session = db.session()
    found = get_round(session, code)
    try:
        check_questions_open(session, found)
    except Conflict as refusal:
        if request.method == "POST":
            raise
        return render_template("desks/questions_stand.html", round=found, why=translated(refusal))
    form = QuestionsForm()
    if not form.is_submitted():
        form.show_questions(found)
    elif form.validate():
        with form.showing_refusals():
            change_questions(session, found, form.wanted(), acting(), seen=form.stamp)
            db.session.commit()
            flash(_("The questions are saved. The agendas of the forums follow."), "done")
            return redirect(url_for("desks.board", code=code))
    return render_template("desks/questions.html", form=form, round=found), form.status


class AllForm(SeenForm):
    """One button about several meetings; it carries the stamp of those that were shown."""


def _shown_of(meetings: Sequence[Meeting]) -> Mapping[str, object]:
    return {meeting.slug: shown_days(meeting)["days"] for meeting in meetings}


@blueprint.route("/rounds/<code>/announce", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def announce_all(code: str) -> ResponseReturnValue:
    """Announce every proposed meeting of a round at once, after a look at all of them."""
    session = db.session()
    found = get_round(session, code)
    form = AllForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            planning.lock_round(session, found)
            found = get_round(session, code)
            waiting = _proposed(found)
            check_fresh(form.stamp, _shown_of(waiting), dict.fromkeys(_shown_of(waiting)), STALE_CHECKED)
            for meeting in waiting:
                planning.set_status(session, meeting, MeetingStatus.ANNOUNCED, _check_can_announce, acting())
            db.session.commit()
            flash(_("Announced: %(count)s meetings. Anyone can see them now.", count=len(waiting)), "done")
            return redirect(url_for("desks.board", code=code))
    waiting = _proposed(get_round(session, code))
    if not waiting:
        raise Conflict(N_("No meeting of this round waits to be announced."))
    form.saw(_shown_of(waiting))
    extra = added_holidays(session, min(item.starts_on for item in waiting), max(item.ends_on for item in waiting))
    rows = [
        (
            region_name(meeting),
            meeting,
            place_words(meeting),
            [
                warning_words(each)
                for each in date_warnings(meeting.starts_on, meeting.ends_on, extra, region_id=meeting.region_id)
            ],
        )
        for meeting in waiting
    ]
    return render_template("desks/announce_all.html", round=found, rows=rows, form=form), form.status


def _check_can_announce(meeting: Meeting) -> None:
    check_can_announce(meeting.status)


def _proposed(found: Round) -> list[Meeting]:
    return [meeting for meeting in found.meetings if meeting.status == MeetingStatus.PROPOSED]


@blueprint.route("/rounds/<code>/remove", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def remove_round(code: str) -> ResponseReturnValue:
    """Remove a round made by mistake: nothing of it is public, and nothing but plans would go with it."""
    session = db.session()
    found = get_round(session, code)
    _check_can_remove_round(found, find_work(session, found.meetings))
    if PostForm().validate_on_submit():
        planning.lock_round(session, found)
        found = get_round(session, code)
        work = find_work(session, found.meetings)
        _check_can_remove_round(found, work)
        for meeting in list(found.meetings):
            planning.remove_meeting(session, meeting, acting(), has_records=work[meeting.id].has_records)
        planning.remove_round(session, found, acting())
        db.session.commit()
        flash(_("Round %(code)s was removed.", code=code), "done")
        return redirect(url_for("rounds.index"))
    work = find_work(session, found.meetings)
    rows = [(region_name(meeting), meeting, work[meeting.id]) for meeting in found.meetings]
    return render_template("desks/remove_round.html", round=found, rows=rows)


def _check_can_remove_round(found: Round, work: Mapping[int, Work]) -> None:
    for meeting in found.meetings:
        try:
            check_can_remove(meeting.status, work[meeting.id].has_records)
        except Conflict as refusal:
            raise Conflict(
                N_(
                    "%(meeting)s was announced, or something is recorded for it, so this round cannot be removed. "
                    "Only a round of which nobody was told yet can be."
                ),
                meeting=region_name(meeting),
            ) from refusal
