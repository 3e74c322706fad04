"""Two partners become one, side by side; and two again within the day."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField, SelectMultipleField, widgets

from forumplanner.accounts.access import COORDINATORS, acting, may_change_region, noting_look, opens_to
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Refused
from forumplanner.desks.merging import choices, doing
from forumplanner.desks.merging.choices import KEPT, OTHER, UNITED, Difference
from forumplanner.desks.merging.obstacles import OTHER_KIND, Obstacle, find_obstacles
from forumplanner.desks.views.pages import blueprint
from forumplanner.partners import search, services, words
from forumplanner.partners.access import check_in_sight, check_may_change, check_stays_in_reach, current_sight
from forumplanner.partners.facts import Facts, facts_of
from forumplanner.partners.models import Partner
from forumplanner.rounds.describing import describe_days_short
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import meeting_title
from forumplanner.web.errors import translated
from forumplanner.web.forms import PostForm
from forumplanner.web.jobs import Jobs
from forumplanner.web.locale import current_language
from forumplanner.web.seen import SeenForm

FORGET = "forget merges"
NAMED: dict[str, Any] = {"sector": words.SECTORS, "person_class": words.CLASSES, "level": words.LEVELS}


@blueprint.route(
    "/partners/<int(max=2147483647):partner_id>/merge/<int(max=2147483647):other_partner_id>", methods=["GET", "POST"]
)
@opens_to(COORDINATORS)
def merge(partner_id: int, other_partner_id: int) -> ResponseReturnValue:
    """Both side by side: what differs is chosen, the rest is united; what would be lost is said instead."""
    session = db.session()
    found = _hold(partner_id, other_partner_id, to_change=request.method == "POST")
    if found is None:
        return _merged_already(partner_id, other_partner_id)
    kept, other = found
    obstacles = find_obstacles(session, kept, other) if partner_id != other_partner_id else [Obstacle(OTHER_KIND)]
    facts, theirs = facts_of(kept), facts_of(other)
    if obstacles:
        return _page(kept, other, obstacles=obstacles, status=409 if request.method == "POST" else 200)
    differing = choices.differences(session, kept, other, (facts, theirs))
    form = _make_form(differing, facts, theirs)
    if not form.is_submitted():
        form.saw(choices.shown_of(facts, theirs))
    if form.validate_on_submit():
        with form.showing_refusals():
            chosen = {each.name: form[each.name].data for each in differing}
            left_out = {name: _left_out(form, name) for name in UNITED if name in form}
            check_stays_in_reach(choices.unite(facts, theirs, chosen, left_out))
            doing.merge_partners(session, acting(), kept, other, seen=form.stamp, chosen=chosen, left_out=left_out)
            session.commit()
            flash(_("Both are one now. Within a day this can be undone on this page."), "done")
            return redirect(url_for("desks.partner", partner_id=partner_id), 303)
    if form.refusal is not None:
        # What is shown is what is there now.
        form.saw(choices.shown_of(facts, theirs))
    return _page(kept, other, form=form, differing=differing, status=form.status)


def _hold(partner_id: int, other_id: int, *, to_change: bool) -> tuple[Partner, Partner] | None:
    """Both partners; None where one of them is there no more. Held in the order of their numbers, so that two who
    merge at once wait for each other."""
    session = db.session()
    known = {
        number: session.get(Partner, number, with_for_update=to_change) for number in sorted({partner_id, other_id})
    }
    kept, other = known[partner_id], known[other_id]
    if kept is None or other is None:
        return None
    for partner in (kept, other):
        # Whoever was erased is nobody's second record.
        services.get_partner(session, partner.id)
        check_in_sight(partner)
        check_may_change(partner)
    return kept, other


def _merged_already(partner_id: int, other_id: int) -> ResponseReturnValue:
    """To the one who is left, with who merged them."""
    session = db.session()
    for gone in (other_id, partner_id):
        kept_id = services.find_merged_into(session, gone)
        if kept_id is not None:
            who = doing.who_merged(session, gone)
            flash(_("%(who)s merged these two already. This is the one that was kept.", who=who), "info")
            return redirect(url_for("desks.partner", partner_id=kept_id), 303)
    # Says that there is no such partner.
    services.get_partner(session, partner_id)
    services.get_partner(session, other_id)
    return redirect(url_for("partners.duplicates"), 303)


def _make_form(differing: list[Difference], facts: Facts, theirs: Facts) -> SeenForm:
    """A field for each difference, and one for each list of which something can be left out."""
    fields: dict[str, Any] = {}
    for each in differing:
        both = {KEPT: _shown(each.name, each.kept), OTHER: _shown(each.name, each.other)}
        fields[each.name] = RadioField(_label(each.name), choices=both, default=each.likelier)
    for name in UNITED:
        values = choices.united(facts, theirs, name) if hasattr(facts, name) else ()
        own = set(getattr(facts, name, ())) & set(getattr(theirs, name, ()))
        if len(values) > 1 and len(own) < len(values):
            ticks = {str(place): _shown(name, value) for place, value in enumerate(values)}
            fields[name] = SelectMultipleField(
                _label(name),
                choices=ticks,
                default=list(ticks),
                option_widget=widgets.CheckboxInput(),
                widget=widgets.ListWidget(prefix_label=False),
            )
    made: type[SeenForm] = type("MergeForm", (SeenForm,), fields)
    return made()


def _label(name: str) -> str:
    field = "place_code" if name == "place" else name
    return str(_(words.FIELDS[field]))


def _left_out(form: SeenForm, name: str) -> list[int]:
    kept = set(form[name].data or ())
    return [int(place) for place in form[name].choices if place not in kept]


def _shown(name: str, value: Any) -> str:
    """A value in the reader's language."""
    lang = current_language()
    if name in NAMED:
        return str(_(NAMED[name][value]))
    if name == "welfare":
        return str(_(words.WELFARE[value]))
    if name == "phones":
        return thai.join_phones((value,), lang)
    if name == "place":
        return str(value.shown(lang))
    if name in ("regions", "finance_kind"):
        return str(value.name(lang))
    return str(value)


def _page(
    kept: Partner,
    other: Partner,
    *,
    form: SeenForm | None = None,
    differing: list[Difference] | None = None,
    obstacles: list[Obstacle] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    said = [
        {
            "text": translated(Conflict(each.message)),
            "meeting": _meeting(each.meeting) if each.meeting else "",
            "href": _way_to(each),
        }
        for each in obstacles or ()
    ]
    both = {each.id: each for each in search.list_partners_by_id(db.session(), current_sight(), [kept.id, other.id])}
    page = render_template(
        "desks/merge.html",
        partners=[both[kept.id], both[other.id]] if kept is not other else [kept, kept],
        form=form,
        differing=differing or [],
        united=[name for name in UNITED if form is not None and name in form],
        obstacles=said,
    )
    return noting_look((page, status), "partners", 0, whose={kept.id, other.id})


def _meeting(meeting: Meeting) -> str:
    lang = current_language()
    return f"{meeting_title(meeting, lang)} {describe_days_short(meeting, lang)}"


def _way_to(obstacle: Obstacle) -> str | None:
    meeting, invitation = obstacle.meeting, obstacle.invitation
    if meeting is None or invitation is None or not may_change_region(meeting.region_id):
        return None
    code, slug = meeting.round.code, meeting.slug
    return url_for("invitations.invitation", code=code, slug=slug, invitation_id=invitation.id)


@blueprint.post("/partners/<int(max=2147483647):partner_id>/unmerge")
@opens_to(COORDINATORS)
def undo_merge(partner_id: int) -> ResponseReturnValue:
    """Two of them again, as they were."""
    session = db.session()
    kept = services.get_partner(session, partner_id, to_change=True)
    check_in_sight(kept)
    check_may_change(kept)
    if PostForm().validate_on_submit():
        try:
            other = doing.undo_merge(session, acting(), kept)
            session.commit()
            lang = current_language()
            flash(_("There are two again: %(name)s is back as it was.", name=other.shown_name(lang)), "done")
        except Refused as refusal:
            session.rollback()
            flash(translated(refusal), "warning")
    return redirect(url_for("desks.partner", partner_id=partner_id), 303)


def forget_merges() -> int:
    """Every minute: what undoing would need is kept for a day."""
    session = db.session()
    count = doing.forget_merges(session, clock.now())
    session.commit()
    return count


def register_jobs(jobs: Jobs) -> None:
    """Register it."""
    jobs.add_periodic(FORGET, forget_merges)
