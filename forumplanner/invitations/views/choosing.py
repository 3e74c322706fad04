"""Choosing whom to invite: search and tick. Every button of the page saves the ticks; no script is needed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, and_

from forumplanner.accounts.access import COORDINATORS, acting, opens_to
from forumplanner.core.db import db
from forumplanner.invitations import chosen, lists, rules, services
from forumplanner.invitations.chosen import Choosing
from forumplanner.invitations.lists import Guest, Key
from forumplanner.invitations.views.pages import blueprint, own_meeting, refusal_to_invite
from forumplanner.invitations.views.showing import show_meeting
from forumplanner.partners.access import current_sight
from forumplanner.partners.models import Partner, PartnerKind
from forumplanner.partners.search import (
    COUNTED_TO,
    PartnerFilter,
    clean_text,
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

# Of partners that an address names beside the list, as those just added.
MOST_NAMED = 50
CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: whom to list, from where on, and who was just added and stands ticked above."""

    meeting: Meeting
    q: str = ""
    region: str = ""
    kind: str = ""
    show: str = ""
    after: int = 0
    before: int = 0
    added: Sequence[str] = ()

    def address(self) -> str:
        """The address that asks for it."""
        asked = {name: getattr(self, name) for name in ("q", "region", "kind", "show", "after", "before")}
        return url_for(
            "invitations.add",
            code=self.meeting.round.code,
            slug=self.meeting.slug,
            partner=list(self.added),
            **{name: value for name, value in asked.items() if value},
        )

    def turned(self, go: str) -> "Asked":
        """The same list from another place on: "after-812" or "before-900"; else from its beginning."""
        way, _hyphen, number = go.partition("-")
        found = min(int(number), 2**31 - 1) if number.isascii() and number.isdecimal() else 0
        return replace(self, after=found if way == "after" else 0, before=found if way == "before" else 0, added=())


def read_asked(meeting: Meeting) -> Asked:
    """Read the address; what it names wrongly is not asked for."""

    def number(name: str) -> int:
        return min(max(request.args.get(name, 0, type=int), 0), 2**31 - 1)

    added = [text for text in request.args.getlist("partner") if lists.read_key(text)]
    return Asked(
        meeting,
        q=clean_text(request.args.get("q", "")),
        region=request.args.get("region", ""),
        kind=request.args.get("kind", ""),
        show=CHOSEN if request.args.get("show") == CHOSEN else "",
        after=number("after"),
        before=number("before"),
        added=tuple(dict.fromkeys(added))[:MOST_NAMED],
    )


def own_choosing(code: str, slug: str) -> Choosing:
    """The choice of the person signed in, for whoever may invite to the meeting."""
    return choosing_for(own_meeting(code, slug))


def choosing_for(meeting: Meeting) -> Choosing:
    """The choice of the person signed in."""
    return Choosing(meeting, acting().id or 0, current_sight())


@dataclass(frozen=True, slots=True)
class Ticks:
    """What a sent page says of its ticks: which stand, and which stood when it was drawn.

    Only what differs is carried out. A guest that stood unticked and still does may have been ticked in another window.
    """

    now: frozenset[Key] = frozenset()
    before: frozenset[Key] = frozenset()

    @property
    def added(self) -> frozenset[Key]:
        return self.now - self.before

    @property
    def removed(self) -> frozenset[Key]:
        return self.before - self.now


def read_ticks() -> Ticks:
    """Read them from the form."""

    def keys(name: str) -> frozenset[Key]:
        return frozenset(key for text in request.form.getlist(name) if (key := lists.read_key(text)))

    return Ticks(keys("partner"), keys("was"))


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
    return redirect(_led_to(asked, go), 303)


def _led_to(asked: Asked, go: str) -> str:
    """Where a button of the page leads."""
    typed = Asked(
        asked.meeting,
        q=clean_text(request.form.get("q", "")),
        region=request.form.get("region", ""),
        kind=request.form.get("kind", ""),
        show=CHOSEN if request.form.get("show") == CHOSEN else "",
    )
    if go == "check":
        return url_for("invitations.check", code=asked.meeting.round.code, slug=asked.meeting.slug)
    if go == "partner":
        return url_for("partners.new", then=Asked(asked.meeting).address(), name=typed.q or None)
    if go == "chosen":
        return Asked(asked.meeting, show=CHOSEN).address()
    if go in ("clear", "search-all"):
        return Asked(asked.meeting).address()
    if go in ("found", "save"):
        return replace(asked, added=()).address()
    return asked.turned(go).address() if go.startswith(("after", "before")) else typed.address()


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
