"""Pages that explain how the dates come into one's own calendar, in words for people who have never done it."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from forumplanner.core.db import db
from forumplanner.core.errors import Gone, NotFound
from forumplanner.core.i18n import DEFAULT_LANGUAGE, N_
from forumplanner.feeds import rules
from forumplanner.feeds.looks import PersonLook, look_at_link
from forumplanner.feeds.personal import renew_address, stop_calendar
from forumplanner.feeds.rules import LinkState
from forumplanner.feeds.views.addresses import blueprint
from forumplanner.history.actors import CALENDAR_LINK
from forumplanner.invitations.speaking import TO_MONKS
from forumplanner.partners.links import FEED_PURPOSE, CalendarAddresses, calendar_addresses, personal_feed_url
from forumplanner.partners.qr import draw_qr
from forumplanner.places.services import list_regions
from forumplanner.web.access import ANYONE, PRIVATE_LINK, opens_to
from forumplanner.web.forms import LinkPostForm, checked_by_link
from forumplanner.web.locale import current_language
from forumplanner.web.private_links import LinkTarget, make_private_link, read_private_link
from forumplanner.web.speech import use_words
from forumplanner.web.today import settings


@dataclass(frozen=True, slots=True)
class OfferedCalendar:
    """A calendar's address as each kind of program takes it; `qr` leads a telephone to the page that offers it."""

    addresses: CalendarAddresses
    outlook: str
    outlook_work: str
    qr: Markup


@blueprint.get("/subscribe")
@opens_to(ANYONE)
def subscribe() -> ResponseReturnValue:
    """All meetings, or one region's, in one's own calendar."""
    slug = request.args.get("region", "")
    every = list_regions(db.session())
    region = next((each for each in every if each.slug == slug), None)
    regions = [each for each in every if each.retired_at is None or each is region]
    if slug and region is None:
        raise NotFound(N_("There is no region %(region)s. Please check the address."), region=slug[:40])
    path = f"/feeds/regions/{region.slug}.ics" if region else "/feeds/all.ics"
    page = f"{settings().base_url}{url_for('feeds.subscribe', region=region.slug if region else None)}"
    name = region.called(current_language()) if region else _("Forum planner")
    return render_template(
        "feeds/subscribe.html", regions=regions, region=region, calendar=_offer(settings().base_url + path, page, name)
    )


@blueprint.get("/feeds/p/<link>/", strict_slashes=False)
@opens_to(PRIVATE_LINK)
def my_calendar(link: str) -> ResponseReturnValue:
    """A person's own calendar: how to put it into a program, when one last looked, a new address, an end."""
    return _page(link, *_open(link))


def _page(
    link: str, target: LinkTarget, look: PersonLook, state: LinkState, form: LinkPostForm | None = None
) -> ResponseReturnValue:
    """That page, with the form that was refused, if any."""
    plain = personal_feed_url(settings(), target.row_id, look.link_version)
    page = f"{settings().base_url}{url_for('feeds.my_calendar', link=link)}"
    shown = render_template(
        "feeds/my_calendar.html",
        link=link,
        form=form,
        stopped=state == LinkState.STOPPED,
        last_fetched_at=look.last_fetched_at,
        calendar=_offer(plain, page, _("Your meetings in your own calendar"), is_secret=True),
    )
    return _kept_private(make_response(shown, form.refusal_status() if form else 200))


@blueprint.post("/feeds/p/<link>/renew")
@checked_by_link
@opens_to(PRIVATE_LINK)
def renew(link: str) -> ResponseReturnValue:
    """A new address in place of this one."""
    form = LinkPostForm()
    target, look, state = _open(link)
    if not form.validate():
        return _page(link, target, look, state, form)
    version = renew_address(db.session(), target.row_id, CALENDAR_LINK)
    db.session.commit()
    # The page itself says so where it is new: a note kept for later would need a cookie.
    return _to_newest(target.row_id, version, renewed="yes")


@blueprint.post("/feeds/p/<link>/stop")
@checked_by_link
@opens_to(PRIVATE_LINK)
def stop(link: str) -> ResponseReturnValue:
    """No address shows meetings any more."""
    form = LinkPostForm()
    target, look, state = _open(link)
    if not form.validate():
        return _page(link, target, look, state, form)
    version = stop_calendar(db.session(), target.row_id, CALENDAR_LINK)
    db.session.commit()
    return _to_newest(target.row_id, version)


def _open(link: str) -> tuple[LinkTarget, PersonLook, LinkState]:
    """What a link opens; NotFound for one that is not ours, Gone for one that was replaced."""
    target = read_private_link(settings().link_key, FEED_PURPOSE, link)
    if target is None:
        raise NotFound
    target, look = look_at_link(db.session.connection(), target)
    if look is None:
        raise NotFound
    use_words(TO_MONKS if look.to_monk else {})
    state = rules.link_state(target.version, look.link_version, look.revoked_at)
    if state == LinkState.REPLACED:
        raise Gone(
            N_("This address was replaced or stopped. Please open your reply link: there you find the one in force.")
        )
    if state == LinkState.UNKNOWN:
        raise NotFound
    return target, look, state


def _to_newest(partner_id: int, version: int, *, renewed: str | None = None) -> ResponseReturnValue:
    link = make_private_link(settings().link_key, FEED_PURPOSE, partner_id, version)
    return _kept_private(make_response(redirect(url_for("feeds.my_calendar", link=link, renewed=renewed), 303)))


def _offer(plain: str, page: str, name: str, *, is_secret: bool = False) -> OfferedCalendar:
    """The ways to a calendar in the reader's language; `page` is where a telephone is led to."""
    if current_language() != DEFAULT_LANGUAGE:
        plain += f"?lang={current_language()}"
        page += f"{'&' if '?' in page else '?'}lang={current_language()}"
    query = f"url={quote(plain, safe='')}&name={quote(name, safe='')}"
    return OfferedCalendar(
        addresses=calendar_addresses(plain, is_secret=is_secret),
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{query}",
        outlook_work=f"https://outlook.office.com/calendar/0/addfromweb?{query}",
        qr=draw_qr(page, _("QR code that leads to this page")),
    )


def _kept_private(response: Response) -> Response:
    """Kept by nobody, found by no search engine, its address passed on to nobody."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
