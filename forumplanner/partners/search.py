"""Finds partners: by folded text, region, sector and kind, within what the person may see, page by page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, false, func, literal, not_, or_, select
from sqlalchemy.orm import Session

from forumplanner.core import thai
from forumplanner.core.errors import Refused
from forumplanner.partners import trigrams
from forumplanner.partners.models import Organisation, Partner, PartnerKind, Phone, Sector, partner_regions
from forumplanner.partners.particulars import Level, Membership
from forumplanner.partners.rules import Sight
from forumplanner.partners.services import with_everything

PAGE_SIZE = 50
# Beyond this nobody needs the exact number, and counting to the end would cost more than the page.
COUNTED_TO = 1000
# So many of the list are looked at one by one before the index is asked for all that hold a common word.
HEAD = 1000
MOST_WORDS = 8
LONGEST_TEXT = 100
_PHONE_PIECE = re.compile(r"[+0-9][0-9 \-.()/]{2,}", re.ASCII)


class Without(StrEnum):
    """By what somebody cannot be reached."""

    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class PartnerFilter:
    """What is looked for; None and "" leave it open."""

    text: str = ""
    region_id: int | None = None
    sector: Sector | None = None
    kind: PartnerKind | None = None
    # A province or a part of one by its code, as `Partner.place_code` begins.
    place_code: str = ""
    level: Level | None = None
    finance_kind_id: int | None = None
    network_id: int | None = None
    without: Without | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing is filtered."""
        return self == PartnerFilter()


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """One page of a list, in Thai order."""

    partners: Sequence[Partner]
    number: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class PartnerWindow:
    """A part of a list in Thai order that begins behind a partner, or ends before one, wherever that one stands now.

    Unlike a numbered page it passes nobody over when others left the list, or joined it, in the meantime.
    """

    partners: Sequence[Partner]
    first: int
    has_earlier: bool
    has_later: bool


def clean_text(typed: str) -> str:
    """What was typed to search for, as it can be shown again: short, and without what nobody can read."""
    try:
        return thai.check_plain_text(typed[:LONGEST_TEXT], LONGEST_TEXT)
    except Refused:
        return ""


def list_partners(
    session: Session,
    sight: Sight,
    wanted: PartnerFilter,
    *,
    also: ColumnElement[bool] | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> PartnerPage:
    """A page of the partners in sight that fit, by Thai name and number; a constant number of queries.

    `also`: what else holds of them, as a feature above knows it (`partners.answered`). `size`: how many a page shows.
    """
    page = max(page, 1)
    sought = _seek(session, sight, wanted, also)
    if sought.is_nobody:
        return PartnerPage([], page, False)
    ordered = select(Partner).order_by(Partner.sort_key, Partner.id)
    start, wish = (page - 1) * size, size + 1
    found: list[Partner] = []
    if sought.held is None:
        found = list(session.scalars(with_everything(ordered.where(sought.whole).limit(wish).offset(start))))
    else:
        ids = _place_common(session, sought, start, wish)
        if ids:
            found = list(session.scalars(with_everything(ordered.where(Partner.id.in_(ids)))))
    return PartnerPage(found[:size], page, len(found) > size)


def _place_common(session: Session, sought: "_Sought", start: int, wish: int) -> Sequence[int]:
    """The numbers of those that hold a common word, in order, `wish` of them behind the first `start`.

    Mostly they stand early in the list; those whose names begin with the word may stand together, later. Whatever is
    put in order is fenced off by LIMIT or OFFSET: left free, PostgreSQL walks the whole list and compares.
    """
    head = select(Partner.id).order_by(Partner.sort_key, Partner.id).limit(HEAD).subquery()
    found: Sequence[int] = []
    for condition in (and_(Partner.id.in_(select(head.c.id)), sought.condition), sought.whole):
        fitting = select(Partner.id, Partner.sort_key).where(condition).offset(0).subquery()
        query = select(fitting.c.id).order_by(fitting.c.sort_key, fitting.c.id).limit(wish).offset(start)
        found = session.scalars(query).all()
        if len(found) == wish:
            break
    return found


def list_partners_beside(
    session: Session,
    fitting: ColumnElement[bool],
    *,
    after: int | None = None,
    before: int | None = None,
    first_region_id: int | None = None,
) -> PartnerWindow:
    """The next of the partners that fit behind the one numbered `after`, or those just before `before`; else the first.

    Partners of `first_region_id` come before the others. A constant number of queries.
    """
    rank = literal(0, Integer) if first_region_id is None else case((_in_regions([first_region_id]), 0), else_=1)
    place = (rank, Partner.sort_key, Partner.id)
    anchor = session.execute(select(*place).where(Partner.id == (before or after))).first() if before or after else None
    query = with_everything(select(Partner).where(fitting))
    found: list[Partner] = []
    has_later = False
    if anchor is not None and before:
        backwards = query.where(_precedes(place, tuple(anchor))).order_by(*(part.desc() for part in place))
        found = list(session.scalars(backwards.limit(PAGE_SIZE)))[::-1]
        # Whoever turns back came from what stands behind.
        has_later = True
    elif anchor is not None:
        behind = query.where(not_(_precedes(place, tuple(anchor))), Partner.id != after)
        found = list(session.scalars(behind.order_by(*place).limit(PAGE_SIZE + 1)))
        has_later = len(found) > PAGE_SIZE
    if not found or (before and len(found) < PAGE_SIZE):
        anchor, found = None, list(session.scalars(query.order_by(*place).limit(PAGE_SIZE + 1)))
        has_later = len(found) > PAGE_SIZE
    earlier = 0
    if anchor is not None:
        first = found[0]
        is_first = first_region_id is None or first_region_id in {region.id for region in first.regions}
        begins = (0 if is_first else 1, first.sort_key, first.id)
        earlier = session.scalar(select(func.count()).where(fitting, _precedes(place, begins))) or 0
    return PartnerWindow(found[:PAGE_SIZE], earlier + 1, earlier > 0, has_later)


def _precedes(place: Sequence[Any], those: Sequence[Any]) -> ColumnElement[bool]:
    """Whether a partner stands before such a place in the list."""
    (rank, key, number), (their_rank, their_key, their_number) = place, those
    in_names = or_(key < their_key, and_(key == their_key, number < their_number))
    return or_(rank < their_rank, and_(rank == their_rank, in_names))


def list_partners_by_id(session: Session, sight: Sight, ids: Sequence[int]) -> list[Partner]:
    """Those of these partners that are in sight, in Thai order."""
    query = select(Partner).where(Partner.id.in_(ids), in_sight(sight)).order_by(Partner.sort_key, Partner.id)
    return list(session.scalars(with_everything(query)))


def count_found(
    session: Session,
    sight: Sight,
    wanted: PartnerFilter,
    *,
    also: ColumnElement[bool] | None = None,
    first: PartnerPage | None = None,
) -> int:
    """How many fit; COUNTED_TO + 1 stands for "more than COUNTED_TO". `first`: the page found, maybe of nobody."""
    if first is not None and first.number == 1 and not first.partners:
        return 0
    sought = _seek(session, sight, wanted, also)
    if sought.is_nobody:
        return 0
    only_text = also is None and sight.everything and wanted == PartnerFilter(text=wanted.text)
    if only_text and sought.held is not None and all(len(word) >= trigrams.LETTERS for word in words_of(wanted.text)):
        return COUNTED_TO + 1
    some = select(Partner.id).where(sought.whole).limit(COUNTED_TO + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


@dataclass(frozen=True, slots=True)
class _Sought:
    """How the wanted are looked for. `rare`: the only ones whom the text may fit, by the index; `held`: the same where
    they are many."""

    condition: ColumnElement[bool]
    rare: Sequence[int] | None
    held: ColumnElement[bool] | None

    @property
    def is_nobody(self) -> bool:
        return self.rare is not None and not self.rare

    @property
    def whole(self) -> ColumnElement[bool]:
        """The condition, which asks the index first."""
        if self.rare is not None:
            return and_(Partner.id.in_(self.rare), self.condition)
        return self.condition if self.held is None else and_(self.held, self.condition)


def _seek(session: Session, sight: Sight, wanted: PartnerFilter, also: ColumnElement[bool] | None) -> _Sought:
    words = words_of(wanted.text)
    condition = conditions(sight, wanted) if also is None else and_(conditions(sight, wanted), also)
    rare = trigrams.find_rare(session, words)
    return _Sought(condition, rare, trigrams.holding(session, words) if rare is None else None)


def found_condition(
    session: Session, sight: Sight, wanted: PartnerFilter, also: ColumnElement[bool] | None
) -> ColumnElement[bool]:
    """`conditions` and `also`, looked for by the index where it knows whom the text fits."""
    return _seek(session, sight, wanted, also).whole


def conditions(sight: Sight, wanted: PartnerFilter) -> ColumnElement[bool]:
    """Sight and filter as one condition on `Partner`; for callers that look among few, as those of one meeting."""
    found: list[ColumnElement[bool]] = [in_sight(sight), *_text_conditions(wanted.text)]
    if wanted.region_id is not None:
        found.append(_in_regions([wanted.region_id]))
    if wanted.sector is not None:
        found.append(Partner.sector == wanted.sector)
    if wanted.kind is not None:
        found.append(Partner.kind == wanted.kind)
    if wanted.place_code:
        found.append(Partner.place_code.startswith(wanted.place_code, autoescape=True))
    if wanted.without == Without.EMAIL:
        found.append(Partner.email.is_(None))
    elif wanted.without == Without.PHONE:
        found.append(~select(Phone.id).where(Phone.partner_id == Partner.id).exists())
    return and_(*found, *_of_organisations(wanted))


def _of_organisations(wanted: PartnerFilter) -> list[ColumnElement[bool]]:
    """What only organisations have."""
    found: list[ColumnElement[bool]] = []
    if wanted.level is not None:
        found.append(Partner.id.in_(select(Organisation.id).where(Organisation.level == wanted.level)))
    if wanted.finance_kind_id is not None:
        of_kind = Organisation.finance_kind_id == wanted.finance_kind_id
        found.append(Partner.id.in_(select(Organisation.id).where(of_kind)))
    if wanted.network_id is not None:
        members = select(Membership.member_id).where(Membership.network_id == wanted.network_id)
        found.append(Partner.id.in_(members))
    return found


def in_sight(sight: Sight) -> ColumnElement[bool]:
    """`rules.may_see_partner` in SQL; whoever was erased is in nobody's sight."""
    if sight.everything:
        return Partner.erased_at.is_(None)
    if not sight.region_ids:
        return false()
    of_no_region = ~select(partner_regions.c.region_id).where(partner_regions.c.partner_id == Partner.id).exists()
    agencies = and_(Partner.kind == PartnerKind.ORGANISATION, of_no_region)
    return and_(Partner.erased_at.is_(None), or_(_in_regions(sorted(sight.region_ids)), agencies))


def _in_regions(region_ids: Sequence[int]) -> ColumnElement[bool]:
    members = select(partner_regions.c.partner_id).where(partner_regions.c.region_id.in_(region_ids))
    return Partner.id.in_(members)


def _text_conditions(text: str) -> list[ColumnElement[bool]]:
    """Every word must stand somewhere in the folded text, which `services.refresh_keys` alone makes."""
    return [Partner.search_text.contains(word, autoescape=True) for word in words_of(text)]


def words_of(text: str) -> list[str]:
    """The words looked for, as they are compared; a telephone number, which may be written with dashes, is one."""
    key = thai.search_key(text)
    if _PHONE_PIECE.fullmatch(key):
        return [re.sub(r"\D", "", key.replace("+66", "0", 1), flags=re.ASCII)]
    return key.split()[:MOST_WORDS]
