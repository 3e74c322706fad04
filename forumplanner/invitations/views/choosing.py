"""Choosing whom to invite: search and tick. Every button of the page saves the ticks; no script is needed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, and_

from forumplanner.accounts.access import COORDINATORS, acting, opens_to
from forumplanner.core.db import db
from forumplanner.invitations import chosen, lists, rules, services
from forumplanner.invitations.chosen import Choosing
from forumplanner.invitations.lists import Guest, Key
from forumplanner.invitations.views.asking import CHOSEN, Asked, Ticks, led_to, read_asked, read_ticks
from forumplanner.invitations.views.pages import blueprint, own_meeting, refusal_to_invite
from forumplanner.invitations.views.showing import show_meeting
from forumplanner.partners.access import current_sight
from forumplanner.partners.models import Partner, PartnerKind
from forumplanner.partners.search import (
    COUNTED_TO,
    PartnerFilter,
    conditions,
    list_partners_beside,
    list_partners_by_id,
)
from forumplanner.places.models import Region
from forumplanner.places.services import list_regions
from forumplanner.rounds.models import Meeting
from forumplanner.web.forms import PostForm
from forumplanner.web.locale import current_language
from forumplanner.web.redrawing import is_drawn_again


def own_choosing(code: str, slug: str) -> Choosing:
    """The choice of the person signed in, for whoever may invite to the meeting."""
    return choosing_for(own_meeting(code, slug))


def choosing_for(meeting: Meeting) -> Choosing:
    """The choice of the person signed in."""
    return Choosing(meeting, acting().id or 0, current_sight())


@dataclass(frozen=True, slots=True)
class Line:
    """A guest of the list: ticked or not, saved so or not, or invited already (the invitation's number)."""

    guest: Guest
    is_ticked: bool
    is_saved: bool
    invited: int | None


@blueprint.get("/rounds/<code>/<meeting:slug>/invitations/add")
@opens_to(COORDINATORS)
def add(code: str, slug: str) -> ResponseReturnValue:
    """Search and tick whom to invite."""
    return _page(own_choosing(code, slug))


@blueprint.post("/rounds/<code>/<meeting:slug>/invitations/add")
@opens_to(COORDINATORS)
def choose(code: str, slug: str) -> ResponseReturnValue:
    """Save the ticks of a page, then do what its button says."""
    session, choosing = db.session(), own_choosing(code, slug)
    if is_drawn_again():
        return _page(choosing, ticks=read_ticks())
    ticks, asked, go = read_ticks(), read_asked(choosing.meeting), request.form.get("go", "")
    services.unchoose_guests(session, choosing, ticks.removed)
    lost = services.choose_guests(session, choosing, ticks.added)
    if go == "found":
        services.choose_found(session, choosing, _filter(_regions(choosing), asked))
    elif go == "clear":
        services.clear_choice(session, choosing)
    lost += services.drop_lost(session, choosing)
    db.session.commit()
    if lost:
        flash(lost_sentence(lost), "warning")
    if go == "clear":
        flash(_("Nobody is chosen any more."), "done")
    if go == "check" and not chosen.count_chosen(session, choosing).total:
        form = PostForm()
        with form.showing_refusals():
            rules.check_anybody(0)
        return _page(choosing, form=form)
    return redirect(led_to(asked, go), 303)


def _regions(choosing: Choosing) -> list[Region]:
    """Those that can be asked for."""
    sight = choosing.sight
    return [region for region in list_regions(db.session()) if sight.everything or region.id in sight.region_ids]


def _filter(regions: Sequence[Region], asked: Asked) -> PartnerFilter:
    by_slug = {region.slug: region.id for region in regions}
    return PartnerFilter(
        text=asked.q,
        region_id=by_slug.get(asked.region),
        kind=PartnerKind(asked.kind) if asked.kind in set(PartnerKind) else None,
    )


def _listed(choosing: Choosing, asked: Asked, wanted: PartnerFilter) -> ColumnElement[bool]:
    """Whom the list shows. Who is searched by name is shown even where invited already."""
    found = conditions(choosing.sight, wanted)
    if asked.show == CHOSEN:
        return and_(found, chosen.is_among_the_chosen(choosing))
    return found if asked.q else and_(found, chosen.makes_a_guest(choosing))


def _page(choosing: Choosing, *, form: PostForm | None = None, ticks: Ticks | None = None) -> ResponseReturnValue:
    """The list to tick; with ticks that were sent but not saved, or with the form that was refused for want of any."""
    session, sight, meeting = db.session(), choosing.sight, choosing.meeting
    asked = read_asked(meeting)
    regions = _regions(choosing)
    wanted = _filter(regions, asked)
    window = list_partners_beside(
        session,
        _listed(choosing, asked, wanted),
        after=asked.after,
        before=asked.before,
        first_region_id=meeting.region_id,
    )
    named = [key for text in asked.added if (key := lists.read_key(text))]
    listed = {partner.id for partner in window.partners}
    above = [key[0] for key in named if key[0] not in listed]
    added = list_partners_by_id(session, sight, above) if above else []
    counts = chosen.count_chosen(session, choosing)
    listed_all = [*added, *window.partners]
    saved = chosen.list_chosen(session, choosing, listed_all) if counts.total else {}
    lines = _lines(choosing, listed_all, saved, named, ticks)
    found, left = (0, 0) if asked.show else chosen.count_guests(session, choosing, wanted)
    page = render_template(
        "invitations/add.html",
        form=form,
        meeting=meeting,
        shown=show_meeting(meeting, current_language()),
        asked=asked,
        wanted=wanted,
        window=window,
        added=[line for line in lines if line.guest.partner.id not in listed and line.is_ticked],
        lines=[
            line
            for line in lines
            if line.guest.partner.id in listed and (line.is_ticked or line.is_saved or asked.show != CHOSEN)
        ],
        counts=counts,
        found=found,
        counted_to=COUNTED_TO,
        offers_all=found > COUNTED_TO or (found > 1 and left > 0),
        regions=[(region.slug, region.name(current_language())) for region in regions],
        refusal=refusal_to_invite(meeting),
        lost=lost_sentence(counts.lost) if counts.lost else None,
    )
    return unkept(page, 422 if form else 200)


def unkept(page: str, status: int) -> ResponseReturnValue:
    """A page that "Back" asks for anew: its ticks and boxes show what is saved by then."""
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _lines(
    choosing: Choosing,
    partners: Sequence[Partner],
    saved: Collection[Key],
    named: Sequence[Key],
    ticks: Ticks | None,
) -> list[Line]:
    """What these partners make of the list. `saved` are chosen; `named` stand ticked though nobody has saved it yet."""
    invited = chosen.list_invited_among(db.session(), choosing, partners)
    guests = lists.list_guests(partners)
    first: dict[int, Key] = {}
    for guest in guests:
        if guest.pair not in invited:
            first.setdefault(guest.partner.id, guest.pair)
    # An organisation named without a seat, as one just added is, stands for its first.
    fresh = {first.get(key[0], key) if key[1] is None else key for key in named}
    typed = ticks or Ticks()
    lines = []
    for guest in guests:
        key = guest.pair
        is_ticked = key in typed.added or ((key in saved or (key in fresh and not ticks)) and key not in typed.removed)
        lines.append(Line(guest, is_ticked and key not in invited, key in saved, invited.get(key)))
    return lines


def lost_sentence(count: int) -> str:
    """What became of those who were chosen and can be invited no more."""
    return str(
        ngettext(
            "%(num)s of those chosen can no longer be chosen: invited meanwhile, or no longer in the list.",
            "%(num)s of those chosen can no longer be chosen: invited meanwhile, or no longer in the list.",
            count,
        )
    )
