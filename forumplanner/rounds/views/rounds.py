"""The list of rounds, making and changing one, a meeting's details."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import (
    ANYONE,
    COORDINATORS,
    ORGANISERS,
    acting,
    check_may_change_region,
    is_coordinator,
    is_organiser,
    opens_to,
)
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.places.services import list_provinces, list_regions
from forumplanner.rounds import planning
from forumplanner.rounds.addresses import meeting_url
from forumplanner.rounds.contradictions import list_contradictions
from forumplanner.rounds.details import change_details, details_of, shown_of_details
from forumplanner.rounds.forms import DetailsForm, NewRoundForm, RoundForm
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.rules import days_between
from forumplanner.rounds.services import (
    get_meeting,
    get_round,
    list_rounds,
    list_summaries,
    meeting_title,
)
from forumplanner.rounds.views.addresses import blueprint
from forumplanner.rounds.views.words import contradiction_words
from forumplanner.web.locale import current_language


@blueprint.get("/rounds")
@opens_to(ANYONE)
def index() -> ResponseReturnValue:
    """All rounds; visitors see those of which something is announced."""
    rounds = list_summaries(db.session(), clock.today())
    shown = rounds if is_coordinator() else [found for found in rounds if found.is_public]
    return render_template("rounds/index.html", rounds=shown)


@blueprint.route("/rounds/new", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def new_round() -> ResponseReturnValue:
    """Make a round: what was typed is shown back in full before it is saved."""
    session = db.session()
    regions = list_regions(session, retired=False)
    form = NewRoundForm()
    form.offer(regions)
    if request.method == "GET":
        form.code.data = planning.suggest_code(session, thai.buddhist_year(clock.today()))
        last = next(iter(list_rounds(session)), None)
        if last is not None:
            form.questions_th.data = "\n".join(question.text_th for question in last.questions)
            form.questions_en.data = "\n".join(question.text_en for question in last.questions)
    elif form.validate() and not form.is_changing:
        with form.showing_refusals():
            code, plan, questions = form.code.data or "", form.plan(), form.questions()
            chosen = [region for region in regions if region.slug in set(form.regions.data or ())]
            if not form.is_confirmed:
                planning.check_round(session, code, plan, questions)
                return render_template(
                    "rounds/check_round.html", form=form, plan=plan, questions=questions, regions=chosen
                )
            found = planning.create_round(session, code, plan, questions, acting(), regions=chosen)
            db.session.commit()
            flash(_("Round %(code)s was created. Now add its meetings.", code=found.code), "done")
            return redirect(url_for("desks.board", code=found.code))
    return render_template("rounds/new_round.html", form=form), form.status


@blueprint.route("/rounds/<code>/edit", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def edit_round(code: str) -> ResponseReturnValue:
    """Change a round's names, its window, and when outcomes are due."""
    session = db.session()
    found = get_round(session, code)
    form = RoundForm()
    left_out: list[tuple[str, Meeting]] = []
    if request.method == "GET":
        form.show_round(found)
        form.saw(planning.shown_of_round(found))
    elif form.validate() and not form.is_changing:
        plan, lang = form.plan(), current_language()
        left_out = [(meeting_title(item, lang), item) for item in planning.list_left_out(found, plan)]
        with form.showing_refusals():
            if not form.is_confirmed:
                planning.check_change_of_round(found, plan)
                national = planning.find_national_before(found, plan.outcomes_due_on)
                return render_template("rounds/check_round.html", form=form, plan=plan, round=found, national=national)
            planning.change_round(session, found, plan, acting(), seen=form.stamp)
            db.session.commit()
            flash(_("Round %(code)s was changed.", code=found.code), "done")
            return redirect(url_for("desks.board", code=found.code))
    contradictions = [contradiction_words(found, each) for each in list_contradictions(found)]
    page = render_template(
        "rounds/edit_round.html", form=form, round=found, left_out=left_out, contradictions=contradictions
    )
    return page, form.status


@blueprint.route("/rounds/<code>/<meeting:slug>/details", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def details(code: str, slug: str) -> ResponseReturnValue:
    """Place, hours, contact and note of a meeting: its region's coordinator and organisers."""
    session = db.session()
    meeting = get_meeting(session, code, slug)
    check_may_change_region(meeting.region_id)
    days = days_between(meeting.starts_on, meeting.ends_on)
    saved = details_of(meeting)
    form = DetailsForm()
    form.offer(list_provinces(session), days, with_title=is_organiser())
    if request.method == "GET":
        form.show_details(saved, days)
        form.saw(shown_of_details(saved, days))
    elif form.validate():
        with form.showing_refusals():
            typed = form.details(days, kept=saved)
            change_details(session, meeting, typed, acting(), seen=form.stamp)
            db.session.commit()
            flash(_("Place, hours and contact are saved."), "done")
            return redirect(meeting_url(meeting))
    title = meeting_title(meeting, current_language())
    return render_template("rounds/details.html", form=form, meeting=meeting, title=title), form.status
