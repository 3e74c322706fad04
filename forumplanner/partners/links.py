"""Private addresses of a partner, and the ways a calendar address is handed to calendar programs."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from forumplanner.config import Settings
from forumplanner.partners.duplicates.models import MergedPartner
from forumplanner.partners.models import PersonalFeed
from forumplanner.web.private_links import LinkTarget, make_private_link

FEED_PURPOSE = "feed"
FEED_NAME = "my-meetings"


@dataclass(frozen=True, slots=True)
class CalendarAddresses:
    """One calendar's address as each kind of program wants it.

    apple: opens the device's calendar; thunderbird: likewise, in a form whose first request is the calendar's own;
    google: adds it by one touch, None where that would ask for a secret address over http.
    """

    plain: str
    apple: str
    thunderbird: str
    google: str | None


def personal_feed_url(settings: Settings, partner_id: int, version: int = 1) -> str:
    """The address of a partner's own calendar, ending in a readable word that calendar programs show."""
    link = make_private_link(settings.link_key, FEED_PURPOSE, partner_id, version)
    return f"{settings.base_url}/feeds/p/{link}/{FEED_NAME}.ics"


def find_feed_versions(session: Session, partner_ids: Collection[int]) -> dict[int, int | None]:
    """The version of each partner's feed address that is in force; None where it was revoked."""
    versions: dict[int, int | None] = dict.fromkeys(partner_ids, 1)
    query = select(PersonalFeed.partner_id, PersonalFeed.link_version, PersonalFeed.revoked_at).where(
        PersonalFeed.partner_id.in_(list(partner_ids))
    )
    for partner_id, version, revoked_at in session.execute(query):
        versions[partner_id] = None if revoked_at else version
    return versions


def follow_merged(connection: Connection, target: LinkTarget) -> LinkTarget | None:
    """Where the address of a partner leads who was merged into another: to that one's calendar; None for all others.

    Version 0 is none that was ever in force: the address was ended before, or the other's was renewed since.
    """
    merged, feed = MergedPartner.__table__.c, PersonalFeed.__table__.c
    query = select(merged.partner_id, merged.feed_version, merged.kept_feed_version, feed.link_version)
    query = query.outerjoin(PersonalFeed.__table__, feed.partner_id == merged.partner_id)
    row = connection.execute(query.where(merged.other_id == target.row_id)).first()
    if row is None:
        return None
    kept_version = row.link_version or 1
    in_force = row.feed_version == target.version and row.kept_feed_version == kept_version
    return LinkTarget(row.partner_id, kept_version if in_force else 0)


def find_personal_feed_url(session: Session, settings: Settings, partner_id: int) -> str | None:
    """The address in force of a partner's own calendar; None where it was revoked."""
    version = find_feed_versions(session, [partner_id])[partner_id]
    return personal_feed_url(settings, partner_id, version) if version is not None else None


def feed_page_url(plain: str) -> str:
    """The page about a personal calendar: every way to put it into a program, and how to renew or stop its address."""
    return plain.rpartition("/")[0] + "/"


def calendar_addresses(plain: str, *, is_secret: bool = False) -> CalendarAddresses:
    """The address for Apple, for Thunderbird and for Google, which takes https for an e-mail address.

    `webcal` means http: programs ask there first, and some fail at the way from there to https. So Thunderbird gets
    `webcals` wherever the site has https, and a personal address (`is_secret`) never leaves as `webcal` from there.
    """
    parts = urlsplit(plain)
    webcal, webcals = (parts._replace(scheme=scheme).geturl() for scheme in ("webcal", "webcals"))
    if parts.scheme != "https":
        return CalendarAddresses(plain, webcal, webcal, _google(webcal))
    if is_secret:
        return CalendarAddresses(plain, webcals, webcals, None)
    return CalendarAddresses(plain, webcal, webcals, _google(webcal))


def _google(webcal: str) -> str:
    return f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"
