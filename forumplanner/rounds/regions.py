"""Regions and what comes with them: the body that numbers their minutes, provinces, the rounds they take part in."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.db import CALENDAR, bump_mark
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import check_fresh
from forumplanner.history.models import Change
from forumplanner.history.services import Actor, record_change
from forumplanner.places.models import Province, Region
from forumplanner.places.rules import (
    bare_region_name,
    check_can_retire,
    check_can_revive,
    region_slug,
)
from forumplanner.places.services import list_provinces, list_regions
from forumplanner.rounds import rules
from forumplanner.rounds.models import Body, Meeting, MeetingKind, Round, RoundRegion
from forumplanner.rounds.services import lock_meeting, touch_calendar

TAKEN = N_("There is a region %(name)s already. Please choose another name.")


@dataclass(frozen=True, slots=True)
class RegionNames:
    """What a region is called; English may be empty."""

    th: str
    en: str = ""


def add_region(session: Session, names: RegionNames, actor: Actor) -> Region:
    """Add a region behind the others, with the body that numbers its minutes.

    Its slug, its address for ever, follows from the English name. Provinces come to it by
    `move_provinces`. Refuses a name that another region has.
    """
    names = check_names(session, names)
    taken = {*rules.RESERVED_SLUGS, *session.scalars(select(Region.slug)), *session.scalars(select(Body.slug))}
    last = session.scalar(select(func.max(Region.list_order))) or 0
    region = Region(
        slug=region_slug(ascii_words(names.en), last + 1, taken),
        name_th=names.th,
        name_en=names.en,
        list_order=last + 1,
    )
    try:
        with session.begin_nested():
            session.add(region)
            session.flush()
    except IntegrityError as error:  # somebody added one at the same moment
        raise Conflict(N_("Somebody else added a region just now. Please send this once more.")) from error
    body_id_of(session, region, MeetingKind.REGIONAL)
    record_change(session, actor, "region", region.id, "name_th", None, region.name_th)
    record_change(session, actor, "region", region.id, "name_en", None, region.name_en)
    return region


def check_names(session: Session, names: RegionNames, region: Region | None = None) -> RegionNames:
    """The names as they are kept, without the word for region before them; refuses those another region has."""
    kept = RegionNames(bare_region_name(names.th), names.en.strip())
    others = session.execute(select(Region.id, Region.name_th, Region.name_en)).all()
    for other_id, thai, english in others:
        if region is not None and other_id == region.id:
            continue
        if thai == kept.th:
            raise Conflict(TAKEN, field="name_th", name=kept.th)
        if kept.en and english.casefold() == kept.en.casefold():
            raise Conflict(TAKEN, field="name_en", name=kept.en)
    return kept


def ascii_words(text: str) -> str:
    """Letters and digits of a name as an address can hold them: "Ubon, Río" is ubon-rio."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def body_id_of(session: Session, region: Region | None, kind: MeetingKind) -> int:
    """What numbers the minutes of a region's forums, or of the other meetings of a kind; made where it is missing."""
    wanted = Body.region_id == region.id if region else Body.slug == kind.value
    found = session.scalar(select(Body.id).where(wanted))
    if found is not None:
        return found
    body = Body(slug=region.slug if region else kind.value, region_id=region.id if region else None)
    name_body(body, region, kind)
    session.add(body)
    session.flush()
    return body.id


def name_body(body: Body, region: Region | None, kind: str) -> None:
    """Call a body by its region, or by the kind of its meetings."""
    body.name_th = rules.default_title(kind, region.name("th") if region else None, "th")
    body.name_en = rules.default_title(kind, region.name("en") if region else None, "en")


def shown_of_region(region: Region) -> dict[str, str]:
    """What the form about a region shows."""
    return {"name_th": region.name_th, "name_en": region.name_en}


def rename_region(session: Session, region: Region, names: RegionNames, actor: Actor, *, seen: str) -> None:
    """Call a region otherwise; its body, titles and calendars follow, its slug stays: addresses go on working.

    Stale where somebody renamed it since `seen` (a stamp).
    """
    session.refresh(region, with_for_update=True)
    names = check_names(session, names, region)
    after = {"name_th": names.th, "name_en": names.en}
    check_fresh(seen, shown_of_region(region), after, rules.STALE_CHECKED)
    if all(getattr(region, name) == value for name, value in after.items()):
        return
    for name, value in after.items():
        record_change(session, actor, "region", region.id, name, getattr(region, name), value)
        setattr(region, name, value)
    for body in session.scalars(select(Body).where(Body.region_id == region.id)):
        name_body(body, region, MeetingKind.REGIONAL)
    for meeting in session.scalars(select(Meeting).where(Meeting.region_id == region.id).order_by(Meeting.id)):
        lock_meeting(session, meeting)
        touch_calendar(session, meeting)
    session.flush()
    # The calendar of a region without meetings has a name too.
    bump_mark(session, CALENDAR)


def retire_region(session: Session, region: Region, actor: Actor) -> None:
    """Let a region take part in nothing new; the rounds it took part in keep it."""
    session.refresh(region, with_for_update=True)
    others = select(func.count()).select_from(Region).where(Region.retired_at.is_(None), Region.id != region.id)
    check_can_retire(is_retired=region.retired_at is not None, others=session.scalar(others) or 0)
    record_change(session, actor, "region", region.id, "retired_at", None, clock.today())
    region.retired_at = clock.now()
    session.flush()


def revive_region(session: Session, region: Region, actor: Actor) -> None:
    """Take a retired region up again."""
    session.refresh(region, with_for_update=True)
    check_can_revive(is_retired=region.retired_at is not None)
    record_change(session, actor, "region", region.id, "retired_at", clock.today(), None)
    region.retired_at = None
    session.flush()


def shown_of_provinces(provinces: Iterable[Province], regions: Iterable[Region]) -> dict[str, str]:
    """What forms about provinces show: the slug of the region each belongs to, by the province's code."""
    slugs = {region.id: region.slug for region in regions}
    return {item.code: slugs[item.region_id] for item in provinces}


def move_provinces(
    session: Session, codes: Collection[str], target: Region, actor: Actor, *, seen: str, confirm: bool = True
) -> list[Province]:
    """Let provinces belong to a region; returns those that changed.

    `confirm`: those that belong to it already are sure from now on; those that come are. Rounds that are over keep the
    provinces their regions had. Stale where somebody moved one of them elsewhere since `seen` (a stamp).
    """
    if target.retired_at is not None:
        raise Invalid(N_("Please choose one of the regions of today."), field="region")
    provinces, regions = list_provinces(session), {region.id: region for region in list_regions(session)}
    wanted = [item for item in provinces if item.code in codes]
    now = shown_of_provinces(wanted, regions.values())
    check_fresh(seen, now, dict.fromkeys(now, target.slug), rules.STALE_CHECKED)
    moving = [item for item in wanted if item.region_id != target.id]
    doubtful = [item for item in wanted if item.region_id == target.id and item.please_check and confirm]
    if moving:
        keep_provinces_of_past_rounds(session, provinces)
    for province in moving:
        record_change(session, actor, "region", province.region_id, "provinces", province.name_th, None)
        record_change(session, actor, "region", target.id, "provinces", None, province.name_th)
        province.region = target
    for province in doubtful:
        record_change(session, actor, "region", target.id, "confirmed", None, province.name_th)
    for province in (*moving, *doubtful):
        province.please_check = False
    session.flush()
    return [*moving, *doubtful]


def list_province_changes(session: Session) -> dict[str, list[Change]]:
    """Who let a province belong to a region (`thing_id`) or confirmed it, by its Thai name, the newest first."""
    query = select(Change).where(
        Change.thing == "region", Change.field.in_(("provinces", "confirmed")), Change.new.is_not(None)
    )
    found: dict[str, list[Change]] = {}
    for change in session.scalars(query.order_by(Change.id.desc())):
        found.setdefault(change.new or "", []).append(change)
    return found


def keep_provinces_of_past_rounds(session: Session, provinces: Iterable[Province]) -> None:
    """Write down the provinces of each region in rounds that are over, before the mapping changes."""
    codes: dict[int, list[str]] = {}
    for province in provinces:
        codes.setdefault(province.region_id, []).append(province.code)
    query = (
        select(RoundRegion)
        .join(Round, Round.id == RoundRegion.round_id)
        .where(Round.ends_on < clock.today(), RoundRegion.province_codes.is_(None))
    )
    for part in session.scalars(query):
        part.province_codes = " ".join(sorted(codes.get(part.region_id, ())))


@dataclass(frozen=True, slots=True)
class TakingPart:
    """A region in a round; `province_codes` where the round is over and kept its own."""

    region: Region
    province_codes: frozenset[str] | None = None


def list_taking_part(session: Session, found: Round) -> list[TakingPart]:
    """The regions that take part in a round, in list order; of a round that names none, all that are not retired."""
    part = and_(RoundRegion.region_id == Region.id, RoundRegion.round_id == found.id)
    having = select(Meeting.region_id).where(Meeting.round_id == found.id, Meeting.region_id.is_not(None))
    query = (
        select(Region, RoundRegion.province_codes)
        .outerjoin(RoundRegion, part)
        .where(or_(RoundRegion.region_id.is_not(None), Region.id.in_(having)))
        .order_by(Region.list_order)
    )
    parts = [
        TakingPart(region, None if codes is None else frozenset(codes.split()))
        for region, codes in session.execute(query)
    ]
    return parts or [TakingPart(region) for region in list_regions(session, retired=False)]


def mapping_of(parts: Sequence[TakingPart], provinces: Iterable[Province]) -> list[tuple[str, str]]:
    """The provinces of a round's regions as pairs of a province's code and its region's slug."""
    by_region: dict[int, list[str]] = {}
    for province in provinces:
        by_region.setdefault(province.region_id, []).append(province.code)
    return [
        (code, part.region.slug)
        for part in parts
        for code in (by_region.get(part.region.id, ()) if part.province_codes is None else sorted(part.province_codes))
    ]


def shown_of_taking_part(regions: Iterable[Region]) -> dict[str, list[str]]:
    """What the form about a round's regions shows."""
    return {"regions": sorted(region.slug for region in regions)}


def set_taking_part(session: Session, found: Round, regions: Collection[Region], actor: Actor, *, seen: str) -> None:
    """Let these regions take part in a round and no others; refused where one that has a forum would go.

    Stale where somebody chose others since `seen` (a stamp).
    """
    rules.check_has_regions(regions)
    session.refresh(found, with_for_update=True)
    saved = shown_of_taking_part(part.region for part in list_taking_part(session, found))
    check_fresh(seen, saved, shown_of_taking_part(regions))
    having = {meeting.region_id for meeting in found.meetings if meeting.region_id is not None}
    wanted = {region.id: region for region in regions}
    now = {part.region.id: part.region for part in list_taking_part(session, found)}
    lost = [region for region in now.values() if region.id in having and region.id not in wanted]
    if lost:
        raise Conflict(
            N_("%(region)s has a forum in this round, so it stays in it. Please remove or cancel that forum first."),
            field="regions",
            region=lost[0].name_th,
        )
    kept = {part.region_id: part for part in session.scalars(select(RoundRegion).filter_by(round_id=found.id))}
    for region_id in sorted(now.keys() - wanted.keys()):
        record_change(session, actor, "round", found.id, "regions", now[region_id].slug, None)
    for region_id in sorted(wanted.keys() - now.keys()):
        record_change(session, actor, "round", found.id, "regions", None, wanted[region_id].slug)
    for region_id, part in kept.items():
        if region_id not in wanted:
            session.delete(part)
    session.add_all(RoundRegion(round_id=found.id, region_id=key) for key in sorted(wanted.keys() - kept.keys()))
    session.flush()
    session.expire(found, ["taking_part"])
