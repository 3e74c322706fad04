"""The page of a meeting's minutes, and the minutes on paper.

Minutes list people by name, so page and paper are for the meeting's own coordinators and the organisers. Readers, and
coordinators of other regions, read the outcomes once they are accepted; the public reads neither.
"""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import COORDINATORS, acting, opens_to
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict
from forumplanner.core.stamps import make_stamp
from forumplanner.minutes.compiling import compile_minutes, contents_of
from forumplanner.minutes.documents import minutes_pdf
from forumplanner.minutes.forms import SignersForm
from forumplanner.minutes.models import Minutes
from forumplanner.minutes.rules import check_can_start
from forumplanner.minutes.services import (
    find_minutes,
    list_unnumbered_before,
    name_signers,
    shown_of_signers,
    start_minutes,
)
from forumplanner.minutes.views.checklist import checklist
from forumplanner.minutes.words import WORDS
from forumplanner.printing.views.serving import paper_response
from forumplanner.rounds.access import meeting_to_change
from forumplanner.rounds.addresses import meeting_url
from forumplanner.rounds.models import Meeting, MeetingStatus
from forumplanner.rounds.services import meeting_title
from forumplanner.web.downloads import paper_asked_for
from forumplanner.web.errors import translated
from forumplanner.web.forms import PostForm
from forumplanner.web.locale import current_language

blueprint = Blueprint("minutes", __name__)

MINUTES = "/rounds/<code>/<meeting:slug>/minutes"


@blueprint.get(MINUTES)
@opens_to(COORDINATORS)
def minutes(code: str, slug: str) -> ResponseReturnValue:
    """What the minutes hold and lack, who signs them, and the ways to print them."""
    meeting = meeting_to_change(code, slug)
    return _minutes_page(meeting, find_minutes(db.session(), meeting))


@blueprint.post(MINUTES + "/start")
@opens_to(COORDINATORS)
def start(code: str, slug: str) -> ResponseReturnValue:
    """Begin the minutes, which gives them their number."""
    meeting = meeting_to_change(code, slug)
    form = PostForm()
    if form.validate():
        with form.showing_refusals():
            started = start_minutes(db.session(), meeting, acting(), today=clock.today())
            db.session.commit()
            flash(_("The minutes are started: %(number)s.", number=_numbered(started)), "done")
            return redirect(meeting_url(meeting, "minutes.minutes"))
    return _minutes_page(meeting, find_minutes(db.session(), meeting)), 409


@blueprint.post(MINUTES)
@opens_to(COORDINATORS)
def save_signers(code: str, slug: str) -> ResponseReturnValue:
    """Name recorder and checker."""
    meeting = meeting_to_change(code, slug)
    form = SignersForm()
    if form.validate():
        with form.showing_refusals():
            name_signers(
                db.session(),
                meeting,
                acting(),
                recorder=form.recorder_name.data,
                checker=form.checker_name.data,
                seen=form.stamp,
            )
            db.session.commit()
            flash(_("The names are saved."), "done")
            return redirect(meeting_url(meeting, "minutes.minutes"))
    return _minutes_page(meeting, find_minutes(db.session(), meeting), form), form.status


@blueprint.get(MINUTES + ".pdf")
@opens_to(COORDINATORS)
def paper(code: str, slug: str) -> ResponseReturnValue:
    """The minutes as a PDF, `?lang=en` in English, `?digits=thai` with Thai digits."""
    meeting = meeting_to_change(code, slug)
    lang, thai_digits = paper_asked_for()
    document = compile_minutes(db.session(), meeting, lang=lang, thai_digits=thai_digits)
    plain_name = f"minutes-{meeting.round.code}-{meeting.slug}.pdf"
    # Printing takes a while; nobody should wait for this transaction meanwhile.
    db.session.rollback()
    return paper_response(document, minutes_pdf, name=f"{document.title}.pdf", plain_name=plain_name)


def _minutes_page(meeting: Meeting, found: Minutes | None, form: SignersForm | None = None) -> str:
    if form is None and found is not None:
        form = SignersForm(formdata=None, obj=found, seen=make_stamp(shown_of_signers(found)))
    contents = contents_of(db.session(), meeting, found)
    earlier = list_unnumbered_before(db.session(), meeting) if found is None else []
    lang = current_language()
    return render_template(
        "minutes/minutes.html",
        meeting=meeting,
        title=meeting_title(meeting, lang),
        minutes=found,
        number=_numbered(found) if found else None,
        tasks=checklist(meeting, contents),
        gaps=len(contents.gaps()),
        cannot_start=_why_not(meeting) if found is None else None,
        earlier=[(other, meeting_title(other, lang)) for other in earlier],
        form=form,
    )


def _numbered(found: Minutes) -> str:
    """ครั้งที่ 1/2550, in the reader's language."""
    return WORDS[current_language()].numbered(found.number, thai.buddhist_year(found.year), found.year)


def _why_not(meeting: Meeting) -> str | None:
    """Why the minutes cannot be started now, so that the page need not offer it."""
    is_cancelled = meeting.status == MeetingStatus.CANCELLED
    try:
        check_can_start(starts_on=meeting.starts_on, today=clock.today(), is_cancelled=is_cancelled)
    except Conflict as refusal:
        return translated(refusal)
    return None
