"""Compares the people of a file with those that are kept, and with each other: new, update, possible duplicate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.orm import Session

from forumplanner.core import thai
from forumplanner.core.i18n import N_
from forumplanner.partners.duplicates.alike import may_be_one
from forumplanner.partners.facts import PersonFacts, fact_texts
from forumplanner.partners.importing.deciding import Decided, Decision, Decisions
from forumplanner.partners.importing.keeping import Kept, find_kept
from forumplanner.partners.importing.merging import Belonging, facts_of_row, is_within, kept_otherwise, merge_facts
from forumplanner.partners.importing.near import Neighbours, find_near
from forumplanner.partners.importing.people import ReadRow
from forumplanner.partners.importing.remarks import Remark
from forumplanner.partners.rules import LAST_DIGITS, Sight

KEPT_ALREADY = N_("%(name)s is kept already; nothing would change.")
SAME_PHONE_AS_KEPT = N_("%(name)s is kept with the same telephone number; the names are nearly the same.")
SAME_NAME_AS_KEPT = N_("%(name)s is kept already and may be the same person.")
OTHER_NUMBER = N_("%(name)s of the same group or place is kept with another telephone number.")
NEAR_NAME_NEARBY = N_("%(name)s of the same group or place is kept; the names are nearly the same.")
SAME_AS_ROW = N_("Row %(row)s is the same person.")
NEAR_ROW = N_("Row %(row)s has the same telephone number and nearly the same name.")
NEAR_ROW_NEARBY = N_("Row %(row)s of the same group or place has nearly the same name.")
NAMESAKE = N_("Another person of this name is kept, with another telephone number.")
SHARED_PHONE = N_("%(name)s is kept with the same telephone number.")
SHARED_WITH_ROW = N_("Row %(row)s has the same telephone number.")
ADDS = N_("Adds: %(fields)s.")
ADDED_TO_ROW = N_("What it says more is added to row %(row)s.")


class State(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UPDATE = "update"
    DUPLICATE = "duplicate"
    ERROR = "error"


@dataclass(slots=True)
class Match:
    """What becomes of a row: the facts to write, the person it is or may be, what changes, what is said."""

    row: ReadRow
    sheet: str | None
    state: State
    facts: PersonFacts | None = None
    partner_id: int | None = None
    changed: tuple[str, ...] = ()
    remarks: list[Remark] = field(default_factory=list)
    # Whether somebody has to say who it is; of the kept ones whom it may be; whether it would add something to them.
    asks: bool = False
    maybe_id: int | None = None
    adds: bool = False
    decided: Decided | None = None
    # The row before whose person it completes, by such a decision.
    into: "Match | None" = None

    @property
    def decision(self) -> Decision | None:
        """What was decided, where it is still asked."""
        return self.decided.about(self.maybe_id) if self.decided and self.asks else None

    def place_for(self, other: "Match") -> str:
        """Where the row stands, seen from another."""
        return str(self.row.number) if self.sheet == other.sheet else f"{self.row.number} ({self.sheet})"


def match_rows(
    session: Session,
    sight: Sight,
    sheets: Sequence[tuple[str | None, Sequence[ReadRow]]],
    belonging: Belonging,
    decisions: Decisions | None = None,
) -> list[Match]:
    """What becomes of each row of these sheets, in their order; a constant number of queries."""
    every = [row for _name, rows in sheets for row in rows]
    near = find_near(session, sight, every)
    kept = _Known(find_kept(session, sight, every, {number for numbers in near.values() for number in numbers}), near)
    earlier, decided = _Earlier(), decisions or {}
    return [
        _match(Match(row, name, State.NEW, remarks=list(row.remarks)), kept, earlier, belonging, decided)
        for name, rows in sheets
        for row in rows
    ]


def _match(found: Match, kept: "_Known", earlier: "_Earlier", belonging: Belonging, decisions: Decisions) -> Match:
    row = found.row
    if row.is_faulty:
        found.state = State.ERROR
        return found
    found.facts = facts_of_row(row, belonging, found.remarks)
    found.decided = decisions.get((found.sheet, row.number)) if decisions else None
    same = earlier.find(found)
    if same:
        _ask_about_row(found, *same)
        if found.state != State.NEW:
            return found
    earlier.add(found)
    kept.compare(found)
    return found


def _ask_about_row(match: Match, said: Remark, other: Match) -> None:
    """A row that may repeat an earlier one: left out unless somebody says who it is."""
    assert match.facts is not None
    assert other.facts is not None
    match.remarks.append(said)
    match.state, match.asks = State.DUPLICATE, True
    merged = merge_facts(other.facts, match.row, match.facts)
    match.adds = fact_texts(merged) != fact_texts(other.facts)
    if match.decision == Decision.OTHER:
        match.state = State.NEW
    elif match.decision == Decision.SAME and match.adds:
        if other.state == State.NEW:
            match.state, match.into, other.facts = State.UPDATE, other, merged
            match.remarks.append(Remark(ADDED_TO_ROW, {"row": other.place_for(match)}))
        elif other.partner_id is not None and (other.state == State.UPDATE or not other.asks):
            match.state, match.partner_id = State.UPDATE, other.partner_id


def _agree(one: PersonFacts, other: PersonFacts) -> bool:
    """Whether two people of one name live in one place or belong to one group, as far as both say so."""
    group = (one.organisation_text or "", other.organisation_text or "")
    if all(group):
        return thai.search_key(group[0]) == thai.search_key(group[1])
    if one.place and other.place:
        return is_within(one.place, other.place) or is_within(other.place, one.place)
    return False


def _differ(one: PersonFacts, other: PersonFacts) -> bool:
    """Whether two places are known and neither lies in the other."""
    return bool(one.place and other.place) and not (
        is_within(one.place, other.place) or is_within(other.place, one.place)  # type: ignore[arg-type]
    )


def _shares_number(one: PersonFacts, other: PersonFacts) -> bool:
    return not {phone.number for phone in one.phones}.isdisjoint(phone.number for phone in other.phones)


def _shares_end(one: PersonFacts, other: PersonFacts) -> bool:
    ends = {phone.number[-LAST_DIGITS:] for phone in one.phones}
    return not ends.isdisjoint(phone.number[-LAST_DIGITS:] for phone in other.phones)


def _changed(before: PersonFacts, after: PersonFacts) -> tuple[str, ...]:
    old, new = fact_texts(before), fact_texts(after)
    return tuple(name for name in new if new[name] != old[name])


class _Known:
    """The people who are kept, by name, number and address."""

    def __init__(self, people: Sequence[Kept], near: Mapping[int, Sequence[int]]) -> None:
        self._near = near
        self._by_id = {one.id: one for one in people}
        self._by_name: dict[str, list[Kept]] = {}
        self._by_number: dict[str, list[Kept]] = {}
        for one in people:
            self._by_name.setdefault(thai.name_key(one.facts.whole_name), []).append(one)
            for phone in one.facts.phones:
                self._by_number.setdefault(phone.number, []).append(one)

    def compare(self, match: Match) -> None:
        """Say of a row what becomes of it."""
        facts = match.facts
        assert facts is not None
        namesakes = self._by_name.get(thai.name_key(facts.whole_name), [])
        sure = [one for one in namesakes if self._is_same(facts, one.facts)]
        if len(sure) == 1 or (sure and not facts.phones):
            self._update(match, sure[0])
            return
        for one in sure or namesakes:
            said = self._doubt(facts, one.facts) if not sure else SAME_NAME_AS_KEPT
            if said == NAMESAKE:
                match.remarks.append(Remark(NAMESAKE))
                self._mention(match, one)
            elif said:
                self._doubtful(match, one, said)
                return
        for phone in facts.phones:
            for one in self._by_number.get(phone.number, []):
                if one in namesakes:
                    continue
                if may_be_one(one.facts.whole_name, facts.whole_name):
                    self._doubtful(match, one, SAME_PHONE_AS_KEPT)
                    return
                match.remarks.append(Remark(SHARED_PHONE, {"name": one.shown}))
                self._mention(match, one)
        for number in self._near.get(id(match.row), ()):
            if number in self._by_id and self._by_id[number] not in namesakes:
                self._doubtful(match, self._by_id[number], NEAR_NAME_NEARBY)
                return

    @staticmethod
    def _is_same(facts: PersonFacts, kept: PersonFacts) -> bool:
        if _shares_number(facts, kept) or (facts.email and facts.email == kept.email):
            return True
        return not (facts.phones and kept.phones) and _agree(facts, kept)

    @staticmethod
    def _doubt(facts: PersonFacts, kept: PersonFacts) -> str:
        if facts.phones and kept.phones:
            if _shares_end(facts, kept):
                return SAME_NAME_AS_KEPT
            return OTHER_NUMBER if _agree(facts, kept) else NAMESAKE
        return "" if _differ(facts, kept) else SAME_NAME_AS_KEPT

    @staticmethod
    def _mention(match: Match, one: Kept) -> None:
        """Keep of whom a row tells, since whoever looks at it is noted."""
        if not match.asks and match.maybe_id is None:
            match.maybe_id = one.id

    def _doubtful(self, match: Match, one: Kept, said: str) -> None:
        assert match.facts is not None
        match.state, match.asks, match.maybe_id = State.DUPLICATE, True, one.id
        match.remarks.append(Remark(said, {"name": one.shown}))
        match.adds = bool(_changed(one.facts, merge_facts(one.facts, match.row, match.facts)))
        if match.decision == Decision.OTHER:
            match.state = State.NEW
        elif match.decision == Decision.SAME:
            self._update(match, one)

    @staticmethod
    def _update(match: Match, one: Kept) -> None:
        assert match.facts is not None
        merged = merge_facts(one.facts, match.row, match.facts)
        match.changed = _changed(one.facts, merged)
        match.partner_id = one.id
        match.remarks += kept_otherwise(one.facts, match.facts)
        if match.changed:
            match.state, match.facts = State.UPDATE, merged
            match.remarks.append(Remark(ADDS, {"fields": list(match.changed)}))
        else:
            match.state = State.DUPLICATE
            match.remarks.append(Remark(KEPT_ALREADY, {"name": one.shown}))


class _Earlier:
    """The rows before, by name and number."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Match]] = {}
        self._by_number: dict[str, list[Match]] = {}
        self._all: list[Match] = []
        self._near = Neighbours()

    def add(self, match: Match) -> None:
        assert match.facts is not None
        self._by_name.setdefault(thai.name_key(match.facts.whole_name), []).append(match)
        for phone in match.facts.phones:
            self._by_number.setdefault(phone.number, []).append(match)
        self._near.add_row(len(self._all), match.row)
        self._all.append(match)

    def find(self, match: Match) -> tuple[Remark, Match] | None:
        """What is said of the earlier row that this one repeats, and that row."""
        facts = match.facts
        assert facts is not None
        for one in self._by_name.get(thai.name_key(facts.whole_name), []):
            other = one.facts
            assert other is not None
            if (
                _shares_number(facts, other)
                or (facts.email and facts.email == other.email)
                or _shares_end(facts, other)
            ):
                return Remark(SAME_AS_ROW, {"row": one.place_for(match)}), one
            if not (facts.phones and other.phones) and not _differ(facts, other):
                return Remark(SAME_AS_ROW, {"row": one.place_for(match)}), one
        for phone in facts.phones:
            for one in self._by_number.get(phone.number, []):
                assert one.facts is not None
                if may_be_one(one.facts.whole_name, facts.whole_name):
                    return Remark(NEAR_ROW, {"row": one.place_for(match)}), one
                match.remarks.append(Remark(SHARED_WITH_ROW, {"row": one.place_for(match)}))
        for number in self._near.find(match.row):
            one = self._all[number]
            return Remark(NEAR_ROW_NEARBY, {"row": one.place_for(match)}), one
        return None
