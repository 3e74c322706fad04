"""Check before inviting: whom, by what channel, in what capacity; then one button invites all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forumplanner.accounts.access import COORDINATORS, acting, opens_to
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.invitations import chosen, lists, rules, services, words
from forumplanner.invitations.chosen import Choosing
from forumplanner.invitations.lists import Guest
from forumplanner.invitations.models import Capacity, Channel, ChosenGuest, Invitation
from forumplanner.invitations.services import Settled
from forumplanner.invitations.views.choosing import choosing_for, lost_sentence, own_choosing, unkept
from forumplanner.invitations.views.pages import blueprint, own_meeting, refusal_to_invite
from forumplanner.invitations.views.showing import show_meeting
from forumplanner.partners.models import Partner, PartnerKind
from forumplanner.partners.search import list_partners_beside
from forumplanner.rounds.models import Meeting
from forumplanner.web.forms import PostForm
from forumplanner.web.locale import current_language
from forumplanner.web.redrawing import is_drawn_again

USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Line:
    """A chosen guest as the table shows it: how it stands, and what the person has put in its place."""

    row: ChosenGuest
    guest: Guest
    channel: Channel
    shown_channel: Channel
    shown_capacity: Capacity
    last: Invitation | None


@blueprint.route("/rounds/<code>/<meeting:slug>/invitations/check", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def check(code: str, slug: str) -> ResponseReturnValue:
    """Check whom one has chosen; invite all of them. Nobody chosen is said calmly: one may have come back to it."""
    choosing, form = own_choosing(code, slug), PostForm()
    if form.validate_on_submit():
        with form.showing_refusals():
            services.settle_guests(db.session(), choosing, _read_settled())
            done = services.invite_chosen(db.session(), acting(), choosing, last=_number("last"), today=clock.today())
            db.session.commit()
            shown, invited = _number("number"), len(done.invitations)
            if shown or invited:
                flash(invited_sentence(invited), "done")
            if invited and shown > invited:
                flash(lost_sentence(shown - invited), "warning")
            return redirect(url_for("invitations.invitations", code=code, slug=slug), 303)
    return _page(choosing, form)


@blueprint.post("/rounds/<code>/<meeting:slug>/invitations/check/changes")
@opens_to(COORDINATORS)
def settle(code: str, slug: str) -> ResponseReturnValue:
    """Keep what a page of the table says, then turn it, set all at once, or take somebody out."""
    session, meeting = db.session(), own_meeting(code, slug)
    choosing = choosing_for(meeting)
    services.settle_guests(session, choosing, _read_settled())
    out = lists.read_key(request.form.get("out", ""))
    go = request.form.get("go", "")
    if out:
        services.unchoose_guests(session, choosing, [out])
    elif go == "all":
        channel, capacity = request.form.get("channel", ""), request.form.get("capacity", "")
        services.settle_all(
            session,
            choosing,
            channel=Channel(channel) if channel in set(Channel) else None,
            capacity=Capacity(capacity) if capacity in set(Capacity) else None,
            usual=channel == USUAL,
        )
    lost = services.drop_lost(session, choosing)
    db.session.commit()
    if lost:
        flash(lost_sentence(lost), "warning")
    if go == "choose":
        return redirect(url_for("invitations.add", code=code, slug=slug), 303)
    return redirect(_address(meeting, go or _here()), 303)


def _here() -> str:
    """The place of the page that was sent, as its buttons name places."""
    after, before = _number("after", request.args), _number("before", request.args)
    return f"before-{before}" if before else f"after-{after}"


def _address(meeting: Meeting, place: str) -> str:
    way, _hyphen, number = place.partition("-")
    asked = {way: number} if way in ("after", "before") and number.isascii() and number.strip("0") else {}
    return url_for("invitations.check", code=meeting.round.code, slug=meeting.slug, **asked)  # type: ignore[arg-type]


def _number(name: str, given: Mapping[str, str] | None = None) -> int:
    text = (request.form if given is None else given).get(name, "")
    return min(int(text), 2**31 - 1) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _read_settled() -> Settled:
    """What the table's boxes say otherwise than they said when it was drawn."""
    channels: dict[int, Channel] = {}
    capacities: dict[int, Capacity] = {}
    for row in request.form.getlist("row"):
        if not (row.isascii() and row.isdecimal() and len(row) < 10):
            continue
        channel, _blank, capacity = request.form.get(f"was-{row}", "").partition(" ")
        now = request.form.get(f"channel-{row}", channel), request.form.get(f"capacity-{row}", capacity)
        if now[0] != channel and now[0] in set(Channel):
            channels[int(row)] = Channel(now[0])
        if now[1] != capacity and now[1] in set(Capacity):
            capacities[int(row)] = Capacity(now[1])
    return Settled(channels, capacities)


def _page(choosing: Choosing, form: PostForm) -> ResponseReturnValue:
    session, meeting = db.session(), choosing.meeting
    window = list_partners_beside(
        session,
        chosen.is_among_the_chosen(choosing),
        after=_number("after", request.args),
        before=_number("before", request.args),
    )
    counts = chosen.count_chosen(session, choosing)
    page = render_template(
        "invitations/check.html",
        form=form,
        meeting=meeting,
        shown=show_meeting(meeting, current_language()),
        window=window,
        window_after=_number("after", request.args),
        window_before=_number("before", request.args),
        lines=_lines(choosing, window.partners),
        counts=counts,
        words=words,
        channels=[(channel.value, _(word)) for channel, word in words.CHANNELS.items()],
        capacities=[(capacity.value, _(word)) for capacity, word in words.CAPACITIES.items()],
        usual=USUAL,
        lost=lost_sentence(counts.lost) if counts.lost else None,
        refusal=refusal_to_invite(meeting),
    )
    status = 409 if form.form_errors and not refusal_to_invite(meeting) else 422 if form.errors else 200
    return unkept(page, 200 if is_drawn_again() else status)


def _lines(choosing: Choosing, partners: Sequence[Partner]) -> list[Line]:
    session = db.session()
    rows = chosen.list_chosen(session, choosing, partners)
    invited = chosen.list_invited_among(session, choosing, partners)
    last = lists.list_last_answers(session, [partner.id for partner in partners], choosing.meeting)
    typed = _read_settled() if request.method == "POST" else Settled({}, {})
    lines = []
    for guest in lists.list_guests(partners, invited):
        row = rows.get(guest.pair)
        if row is None:
            continue
        channel = row.channel or usual_channel(guest.partner)
        lines.append(
            Line(
                row,
                guest,
                channel,
                typed.channels.get(row.id, channel),
                typed.capacities.get(row.id, row.capacity),
                last.get(guest.partner.id),
            )
        )
    return lines


def usual_channel(partner: Partner) -> Channel:
    """How a partner is reached best by what is known."""
    is_person = partner.kind == PartnerKind.PERSON
    return Channel(
        rules.usual_channel(is_person=is_person, has_email=bool(partner.email), has_phone=bool(partner.phones))
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
