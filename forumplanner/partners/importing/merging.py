"""A row's facts, and what is kept with what a row adds: nothing is ever erased or replaced."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from forumplanner.core import thai
from forumplanner.core.i18n import N_
from forumplanner.partners.facts import PersonFacts
from forumplanner.partners.importing import remarks
from forumplanner.partners.importing.people import ReadRow
from forumplanner.partners.importing.remarks import Remark
from forumplanner.partners.models import PersonClass
from forumplanner.partners.parts import NamedNote
from forumplanner.places.gazetteer import Place
from forumplanner.places.models import Region
from forumplanner.places.rules import bare_region_name

LONGEST_NOTE = 2000
LONGEST_NAME_OF_NOTE = 100
MOST_PHONES = 10
OTHERWISE_KEPT = N_("%(field)s is kept as “%(kept)s”; “%(typed)s” of the sheet is not taken.")
NO_REGION = N_("Nothing says to which region this person belongs.")


@dataclass(frozen=True, slots=True)
class Belonging:
    """To which regions rows may belong: all of them by name, the one chosen for rows that name none, those allowed."""

    regions: Sequence[Region]
    chosen: Region | None = None
    allowed: frozenset[int] | None = None

    def of(self, row: ReadRow, said: list[Remark]) -> tuple[Region, ...]:
        """The row's region: as it says, else as chosen, else that of its province."""
        named = self._named(row, said)
        by_place = None
        if row.place and not self.chosen:
            code = row.place.province_code
            by_place = next((r for r in self.regions if any(p.code == code for p in r.provinces)), None)
        found = named or self.chosen or by_place
        if self.allowed is not None and (found is None or found.id not in self.allowed):
            own = [region for region in self.regions if region.id in self.allowed]
            if found is not None and own:
                said.append(Remark(remarks.NOT_OWN_REGION, {"typed": row.region or found.name_th}))
            found = own[0] if own else None
        if found is None:
            said.append(Remark(NO_REGION))
        return (found,) if found else ()

    def _named(self, row: ReadRow, said: list[Remark]) -> Region | None:
        if not row.region:
            return None
        key = thai.search_key(bare_region_name(row.region))
        for region in self.regions:
            if key in {thai.search_key(name) for name in (region.name_th, region.name_en, region.slug)}:
                return region
        row.notes.append(("ภาค", row.region))
        said.append(Remark(remarks.UNKNOWN_REGION, {"typed": row.region[:60]}))
        return None


def facts_of_row(row: ReadRow, belonging: Belonging, said: list[Remark]) -> PersonFacts:
    """The facts of a row."""
    regions = belonging.of(row, said)
    monk = thai.is_monks_honorific(row.honorific)
    return PersonFacts(
        honorific=row.honorific or None,
        given_name=row.given_name,
        surname=row.surname or None,
        person_class=PersonClass.MONK if monk else PersonClass.LAY,
        phones=row.phones[:MOST_PHONES],
        email=row.email,
        line_name=row.line_name or None,
        post=row.post or None,
        organisation_text=row.organisation_text or None,
        place=row.place,
        regions=regions,
        note=note_of(row, ""),
        notes=notes_of(row, ()),
    )


def note_of(row: ReadRow, kept: str) -> str | None:
    """The note with what the row's remarks say besides; what is there already stays once."""
    lines = [line for line in kept.split("\n") if line]
    lines += [line for line in dict.fromkeys(row.remark.split("\n")) if line and line not in lines]
    return "\n".join(lines)[:LONGEST_NOTE] or None


def notes_of(row: ReadRow, kept: Sequence[NamedNote]) -> tuple[NamedNote, ...]:
    """The named notes with those of the row, each under its column's heading; what is there already stays once."""
    texts = {note.name: note.text for note in kept}
    for heading, text in row.notes:
        name = heading[:LONGEST_NAME_OF_NOTE].strip()
        there = texts.get(name, "")
        if text not in there.split("\n") and text != there:
            texts[name] = f"{there}\n{text}"[:LONGEST_NOTE] if there else text[:LONGEST_NOTE]
    return tuple(NamedNote(name, text) for name, text in texts.items())


def is_within(inner: Place, outer: Place) -> bool:
    """Whether a place is another one or lies in it."""
    return inner.code.startswith(outer.code)


_WORDS_OF = ("honorific", "surname", "post", "organisation_text", "line_name", "email")


def merge_facts(kept: PersonFacts, row: ReadRow, facts: PersonFacts) -> PersonFacts:
    """What is kept with what a row adds: nothing is erased or replaced, a place may become deeper."""
    known = {phone.number for phone in kept.phones}
    deeper = facts.place if kept.place is None or (facts.place and is_within(facts.place, kept.place)) else kept.place
    regions = {region.id: region for region in (*kept.regions, *(() if kept.regions else facts.regions))}
    return replace(
        kept,
        **{name: getattr(kept, name) or getattr(facts, name) for name in _WORDS_OF},
        phones=(*kept.phones, *(phone for phone in facts.phones if phone.number not in known))[:MOST_PHONES],
        place=deeper,
        regions=tuple(sorted(regions.values(), key=lambda region: region.list_order)),
        note=note_of(row, kept.note or ""),
        notes=notes_of(row, kept.notes),
    )


def kept_otherwise(kept: PersonFacts, facts: PersonFacts) -> list[Remark]:
    """What the sheet says otherwise than what is kept, which stays."""
    found = []
    for name in _WORDS_OF:
        old, new = getattr(kept, name), getattr(facts, name)
        if old and new and thai.search_key(old) != thai.search_key(new):
            found.append(Remark(OTHERWISE_KEPT, {"field": name, "kept": old, "typed": new}))
    return found
