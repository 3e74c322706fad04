"""Choosing whom to invite: search and tick, check, invite. What is ticked stays in the address; no script is needed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forumplanner.accounts.access import COORDINATORS, acting, opens_to
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.invitations import lists, rules, services, words
from forumplanner.invitations.lists import Guest
from forumplanner.invitations.models import Capacity, Channel
from forumplanner.invitations.services import Wanted
from forumplanner.invitations.views.pages import blueprint, own_meeting, refusal_to_invite
from forumplanner.invitations.views.showing import show_meeting
from forumplanner.partners.access import current_sight
from forumplanner.partners.models import PartnerKind
from forumplanner.partners.search import PAGE_SIZE, PartnerFilter, clean_text, list_partners, list_partners_by_id
from forumplanner.places.services import list_regions
from forumplanner.rounds.models import Meeting
from forumplanner.web.forms import PostForm
from forumplanner.web.locale import current_language

LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address of these pages says: what is looked for, and who is ticked."""

    meeting: Meeting
    q: str = ""
    region: str = ""
    kind: str = ""
    page: int = 1
    ticked: Sequence[str] = field(default=())

    def address(self, page: int = 1, also: Sequence[str] = ()) -> str:
        """The address of another page of the list, with more of it ticked."""
        asked: dict[str, Any] = {
            "q": self.q,
            "region": self.region,
            "kind": self.kind,
            "page": page if page > 1 else "",
        }
        return url_for(
            "invitations.add",
            code=self.meeting.round.code,
            slug=self.meeting.slug,
            partner=[*self.ticked, *also],
            **{name: value for name, value in asked.items() if value},
        )

    def anew(self) -> str:
        """The address of the whole list, with the same ticked."""
        return Choice(self.meeting, ticked=self.ticked).address()


def read_choice(meeting: Meeting) -> Choice:
    """Read the address; numbers that are none are dropped."""
    ticked = [text for text in request.values.getlist("partner") if lists.read_key(text)]
    return Choice(
        meeting=meeting,
        q=clean_text(request.args.get("q", "")),
        region=request.args.get("region", ""),
        kind=request.args.get("kind", ""),
        page=min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE),
        ticked=tuple(dict.fromkeys(ticked)),
    )


@blueprint.get("/rounds/<code>/<meeting:slug>/invitations/add")
@opens_to(COORDINATORS)
def add(code: str, slug: str) -> ResponseReturnValue:
    """Search and tick whom to invite; those ticked stand above what is found."""
    return _choosing_page(read_choice(own_meeting(code, slug)))


def _choosing_page(choice: Choice, form: PostForm | None = None) -> str:
    """The list to tick, with the form that was refused for want of ticks, if any."""
    session, sight, meeting = db.session(), current_sight(), choice.meeting
    regions = [region for region in list_regions(session) if sight.everything or region.id in sight.region_ids]
    by_slug = {region.slug: region.id for region in regions}
    wanted = PartnerFilter(
        text=choice.q,
        region_id=by_slug.get(choice.region),
        kind=PartnerKind(choice.kind) if choice.kind in set(PartnerKind) else None,
    )
    ticked, invited = _ticked(choice)
    keys = [key for guest in ticked if (key := lists.read_key(guest.key))]
    also = lists.not_invited(meeting, keys)
    page = list_partners(session, sight, wanted, page=choice.page, also=also, first_region_id=meeting.region_id)
    return render_template(
        "invitations/add.html",
        form=form,
        meeting=meeting,
        shown=show_meeting(meeting, current_language()),
        choice=replace(choice, ticked=tuple(guest.key for guest in ticked)),
        wanted=wanted,
        ticked=ticked,
        page=page,
        guests=lists.list_guests(page.partners, {*keys, *invited}),
        first=(page.number - 1) * PAGE_SIZE + 1,
        regions=[(region.slug, region.name(current_language())) for region in regions],
        refusal=refusal_to_invite(meeting),
    )


def _ticked(choice: Choice) -> tuple[list[Guest], set[lists.Key]]:
    """Those ticked that the person may see and that are not invited yet, in Thai order; who is invited already.

    An organisation ticked without a seat, as one just added is, stands for its first.
    """
    if not choice.ticked:
        return [], lists.list_invited_keys(db.session(), choice.meeting)
    keys = [key for text in choice.ticked[: 2 * rules.MOST_AT_ONCE] if (key := lists.read_key(text))]
    partners = list_partners_by_id(db.session(), current_sight(), [partner_id for partner_id, _seat in keys])
    invited = lists.list_invited_keys(db.session(), choice.meeting)
    found: dict[str, Guest] = {}
    for partner in partners:
        guests = lists.list_guests([partner], invited)
        wanted = {seat_id for partner_id, seat_id in keys if partner_id == partner.id}
        chosen = [guest for guest in guests if (guest.seat.id if guest.seat else None) in wanted]
        chosen += guests[:1] if None in wanted and not chosen else []
        found.update((guest.key, guest) for guest in chosen)
    return list(found.values()), invited


def _are_invited(choice: Choice) -> bool:
    """Whether some are ticked and all of them that this person may see are invited."""
    keys = [key for text in choice.ticked[: 2 * rules.MOST_AT_ONCE] if (key := lists.read_key(text))]
    invited = {partner_id for partner_id, _seat in lists.list_invited_keys(db.session(), choice.meeting)}
    found = list_partners_by_id(db.session(), current_sight(), [partner_id for partner_id, _seat in keys])
    return bool(found) and all(partner.id in invited for partner in found)


@blueprint.route("/rounds/<code>/<meeting:slug>/invitations/check", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def check(code: str, slug: str) -> ResponseReturnValue:
    """Check before inviting: whom, by what channel, in what capacity. The button names the number.

    Nobody, or more than one go carries, leads back to the ticks.
    """
    session = db.session()
    meeting = own_meeting(code, slug)
    choice = read_choice(meeting)
    form = PostForm()
    guests, _invited = _ticked(choice)
    if not guests and _are_invited(choice):
        # Whoever comes back to this page after inviting is told so, and sees them in the list.
        flash(invited_sentence(0), "done")
        return redirect(url_for("invitations.invitations", code=code, slug=slug), 303)
    if form.is_submitted():
        with form.showing_refusals():
            done = services.invite_partners(
                session, acting(), meeting, [_wanted(guest) for guest in guests], today=clock.today()
            )
            db.session.commit()
            flash(invited_sentence(len(done.invitations)), "done")
            return redirect(url_for("invitations.invitations", code=code, slug=slug), 303)
    else:
        with form.showing_refusals():
            rules.check_number(len(guests))
    if form.form_errors and (request.method == "GET" or not guests):
        return _choosing_page(choice, form), 422
    page = render_template(
        "invitations/check.html",
        form=form,
        meeting=meeting,
        shown=show_meeting(meeting, current_language()),
        guests=guests,
        choice=choice,
        channels=[(channel.value, _(word)) for channel, word in words.CHANNELS.items()],
        capacities=[(capacity.value, _(word)) for capacity, word in words.CAPACITIES.items()],
        chosen={guest.key: _wanted(guest) for guest in guests},
        refusal=refusal_to_invite(meeting),
    )
    return page, 422 if form.form_errors else 200


def _wanted(guest: Guest) -> Wanted:
    """What the form says of one guest; what it does not say, or says wrongly, is the usual."""
    partner = guest.partner
    channel = request.form.get(f"channel-{guest.key}", "")
    capacity = request.form.get(f"capacity-{guest.key}", "")
    usual = rules.usual_channel(
        is_person=partner.kind == PartnerKind.PERSON, has_email=bool(partner.email), has_phone=bool(partner.phones)
    )
    return Wanted(
        partner.id,
        Channel(channel if channel in set(Channel) else usual),
        Capacity(capacity) if capacity in set(Capacity) else Capacity.MEMBER,
        guest.seat.id if guest.seat else None,
    )


def invited_sentence(count: int) -> str:
    """What inviting did, in words."""
    if not count:
        return str(_("All of them were invited already; nothing was changed."))
    return str(
        ngettext(
            "%(num)s partner is invited. Please make sure that the invitation reaches them.",
            "%(num)s partners are invited. Please make sure that the invitations reach them.",
            count,
        )
    )
