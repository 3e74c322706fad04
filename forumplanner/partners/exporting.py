"""Partners as the rows of a spreadsheet: what coordinators can have back at any time.

The headings are read again by an import, which then changes nothing; what only this system keeps stands under headings
that an import leaves out (`importing.headers`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload

from forumplanner.core import thai
from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_, Lang
from forumplanner.partners import words
from forumplanner.partners.facts import numbers_of
from forumplanner.partners.models import Organisation, Partner, Person
from forumplanner.partners.particulars import Membership
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import PartnerFilter, found_condition
from forumplanner.partners.services import with_everything
from forumplanner.places.gazetteer import Level

MOST_EXPORTED = 20_000
Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Exported:
    """A heading and rows of texts, and whom they show."""

    rows: list[list[str]]
    partner_ids: list[int]


# What an import reads again.
READ_AGAIN = (
    N_("Title"),
    N_("Given name"),
    N_("Surname"),
    N_("Post"),
    N_("Group or organisation"),
    N_("Telephone"),
    N_("E-mail"),
    N_("LINE name"),
    N_("Subdistrict"),
    N_("District"),
    N_("Province"),
    N_("Region"),
    N_("Note"),
)
# What it leaves out.
KEPT_HERE = (
    N_("Sector (in the system)"),
    N_("Languages (in the system)"),
    N_("Level (in the system)"),
    N_("Kind of finance group (in the system)"),
    N_("Welfare offered (in the system)"),
    N_("Networks (in the system)"),
)


def export_partners(
    session: Session,
    sight: Sight,
    wanted: PartnerFilter,
    translate: Translate,
    lang: Lang,
    *,
    also: ColumnElement[bool] | None = None,
    most: int | None = MOST_EXPORTED,
) -> Exported:
    """The partners in sight that fit, in Thai order, with a row of headings first.

    Raises Conflict where there are more than `most`.
    """
    query = select(Partner).where(found_condition(session, sight, wanted, also))
    query = with_everything(query).options(
        selectinload(Partner.notes),
        selectinload(Organisation.offered_welfare),
        selectinload(Organisation.memberships).joinedload(Membership.network).load_only(Partner.name),
        selectinload(Organisation.finance_kind),
    )
    query = query.order_by(Partner.sort_key, Partner.id)
    found = list(session.scalars(query if most is None else query.limit(most + 1)))
    if most is not None and len(found) > most:
        raise Conflict(
            N_("More than %(most)s partners fit. Please narrow the list by filters, then download it."),
            most=thai.format_amount(most),
        )
    notes = _note_names(found)
    head = [translate(word) for word in (*READ_AGAIN, *KEPT_HERE)]
    rows = [head + notes, *(_row(partner, notes, translate, lang) for partner in found)]
    return Exported(rows, [partner.id for partner in found])


def _note_names(partners: Sequence[Partner]) -> list[str]:
    """The names of their notes, each a column, in the order in which they stand with people."""
    places: dict[str, int] = {}
    for partner in partners:
        for note in partner.notes:
            places[note.name] = min(note.position, places.get(note.name, note.position))
    return sorted(places, key=lambda name: (places[name], thai.sort_key(name), name))


def _row(partner: Partner, notes: Sequence[str], translate: Translate, lang: Lang) -> list[str]:
    if isinstance(partner, Person):
        name = [partner.honorific, partner.given_name, partner.surname, partner.post, partner.organisation_text]
        line, languages, of_organisation = partner.line_name, partner.languages, [""] * 4
    else:
        assert isinstance(partner, Organisation)
        seats = [seat.post(lang) for seat in partner.seats if not seat.is_retired]
        name = [None, None, None, ", ".join(seats), partner.name]
        line = languages = None
        of_organisation = [
            translate(words.LEVELS[partner.level]) if partner.level else "",
            partner.finance_kind.name(lang) if partner.finance_kind else "",
            ", ".join(translate(words.WELFARE[offered.kind]) for offered in partner.offered_welfare),
            ", ".join(membership.network.name for membership in partner.memberships),
        ]
    said = {note.name: note.text for note in partner.notes}
    reached = [thai.join_phones(numbers_of(partner), lang), partner.email, line]
    regions = ", ".join(region.called(lang) for region in partner.regions)
    kept = [*name, *reached, *_place(partner, lang), regions, partner.note]
    kept += [translate(words.SECTORS[partner.sector]), languages, *of_organisation]
    return [text or "" for text in kept] + [said.get(note, "") for note in notes]


def _place(partner: Partner, lang: Lang) -> list[str]:
    """Subdistrict, district and province by their bare names."""
    place = partner.place
    parts = dict.fromkeys((Level.SUBDISTRICT, Level.DISTRICT, Level.PROVINCE), "")
    parts.update({each.level: each.name(lang) for each in (place.line if place else ())})
    return list(parts.values())
