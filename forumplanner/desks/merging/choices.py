"""What two partners say differently, which of it is the likelier, and the facts that come of the choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.core import thai
from forumplanner.history.models import Change
from forumplanner.partners.facts import Facts, OrganisationFacts, PersonFacts, fact_texts
from forumplanner.partners.models import Partner
from forumplanner.partners.parts import FormerName, NamedNote
from forumplanner.partners.services import HISTORY

# One of two values: as the form of particulars orders them.
OF_PEOPLE = (
    *("honorific", "given_name", "surname", "person_class", "post", "organisation_text"),
    *("place", "email", "line_name", "sector"),
)
OF_ORGANISATIONS = ("name", "short_name", "name_en", "level", "finance_kind", "place", "email", "sector")
# Of these any may be left out.
UNITED = ("phones", "regions", "notes", "welfare")
KEPT, OTHER = "kept", "other"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which both say something else; `likelier` is KEPT or OTHER."""

    name: str
    kept: Any
    other: Any
    likelier: str


def fields_of(facts: Facts) -> tuple[str, ...]:
    """The fields of which one value is kept."""
    return OF_PEOPLE if isinstance(facts, PersonFacts) else OF_ORGANISATIONS


def differences(session: Session, kept: Partner, other: Partner, facts: tuple[Facts, Facts]) -> list[Difference]:
    """The fields in which both say something, and not the same; one query."""
    about = (kept.id, other.id)
    query = select(Change.thing_id, Change.field, func.max(Change.at))
    query = query.where(Change.thing == HISTORY, Change.thing_id.in_(about)).group_by(Change.thing_id, Change.field)
    changed = {(number, field): at for number, field, at in session.execute(query)}
    found = []
    for name in fields_of(facts[0]):
        one, two = getattr(facts[0], name), getattr(facts[1], name)
        if one in (None, "") or two in (None, "") or one == two:
            continue
        times = tuple(_when(changed, partner, name) for partner in (kept, other))
        found.append(Difference(name, one, two, _likelier(one, two, times)))
    return found


def _when(changed: Mapping[tuple[int, str], datetime], partner: Partner, name: str) -> datetime:
    at = changed.get((partner.id, "place_code" if name == "place" else name))
    return max(at, partner.created_at) if at else partner.created_at


def _likelier(one: Any, two: Any, times: Sequence[datetime]) -> str:
    """The fuller: a deeper place, a text that holds the other; else what was written later."""
    texts = [getattr(value, "code", None) or str(value) for value in (one, two)]
    keys = [thai.search_key(text) for text in texts]
    if keys[0] != keys[1] and keys[0] in keys[1]:
        return OTHER
    if keys[0] != keys[1] and keys[1] in keys[0]:
        return KEPT
    return OTHER if times[1] > times[0] else KEPT


def unite(kept: Facts, other: Facts, chosen: Mapping[str, str], left_out: Mapping[str, Sequence[int]]) -> Facts:
    """The facts of one partner out of two.

    `chosen`: by field, KEPT or OTHER; `left_out`: by field of UNITED, the places in `united` of what is not kept. Seats
    and networks are carried as rows.
    """
    values: dict[str, Any] = {}
    for name in fields_of(kept):
        one, two = getattr(kept, name), getattr(other, name)
        values[name] = two if one in (None, "") or (chosen.get(name) == OTHER and two not in (None, "")) else one
    for name in UNITED:
        if hasattr(kept, name):
            left = set(left_out.get(name, ()))
            values[name] = tuple(value for place, value in enumerate(united(kept, other, name)) if place not in left)
    lines = [line for facts in (kept, other) for line in (facts.note or "").split("\n")]
    values["note"] = "\n".join(dict.fromkeys(lines)).strip() or None
    if isinstance(kept, PersonFacts):
        assert isinstance(other, PersonFacts)
        values["languages"] = _languages(kept, other)
    else:
        assert isinstance(other, OrganisationFacts)
        values["former_names"] = _former_names(kept, other, values)
    return replace(kept, **values)


def united(kept: Facts, other: Facts, name: str) -> tuple[Any, ...]:
    """What both have of telephones, regions, named notes or welfare, each once."""
    both = (*getattr(kept, name), *getattr(other, name))
    if name == "phones":
        found: dict[tuple[str, str | None], Any] = {}
        for phone in both:
            key = (phone.number, phone.extension)
            if key not in found or (phone.note and not found[key].note):
                found[key] = phone
        return tuple(found.values())
    if name == "notes":
        texts: dict[str, list[str]] = {}
        for note in both:
            lines = texts.setdefault(note.name, [])
            lines += [] if note.text in lines else [note.text]
        return tuple(NamedNote(each, "\n".join(lines)) for each, lines in texts.items())
    if name == "regions":
        return tuple(sorted({region.id: region for region in both}.values(), key=lambda region: region.list_order))
    return tuple(dict.fromkeys(both))


def _languages(kept: PersonFacts, other: PersonFacts) -> str | None:
    parts = [part.strip() for facts in (kept, other) for part in (facts.languages or "").split(",")]
    return ", ".join(dict.fromkeys(part for part in parts if part))[:200] or None


def _former_names(
    kept: OrganisationFacts, other: OrganisationFacts, values: Mapping[str, Any]
) -> tuple[FormerName, ...]:
    """By the name that is not kept it is found too."""
    names = {name.full_name: name for facts in (other, kept) for name in facts.former_names}
    for facts in (other, kept):
        names.setdefault(facts.name, FormerName(facts.name, facts.short_name))
    names.pop(values["name"], None)
    return tuple(names.values())


def shown_of(kept: Facts, other: Facts) -> dict[str, str]:
    """What the page shows of both, for its stamp."""
    texts = (fact_texts(kept), fact_texts(other))
    return {f"{number}-{name}": text for number, each in enumerate(texts) for name, text in each.items()}
