"""What looks and changes are about, in words: the people they showed, the meetings they stood under."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forumplanner.core import thai
from forumplanner.core.i18n import N_, Lang, in_language
from forumplanner.history.looks import Entry
from forumplanner.partners.models import Partner, Person
from forumplanner.partners.rules import Sight
from forumplanner.partners.search import PartnerFilter, list_partners
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import meeting_title

# The pages that show names with telephone numbers or other personal data, by endpoint. What is refused shows the page
# again. A test finds a page that is missing here.
PAGES = {
    "partners.partners": N_("The list of partners"),
    "partners.export_xlsx": N_("The list of partners, downloaded"),
    "partners.export_csv": N_("The list of partners, downloaded"),
    "partners.new_partner": N_("People with the same name as a new partner"),
    "partners.duplicates": N_("Possible duplicates"),
    "partners.edit": N_("The form with a partner's particulars"),
    "partners.preview": N_("A list from a spreadsheet"),
    "partners.decide": N_("Possible duplicates of a list from a spreadsheet"),
    "partners.left_out": N_("Rows left out of a list from a spreadsheet, downloaded"),
    "desks.merge": N_("Two partners, to be merged"),
    "desks.partner": N_("A partner's page"),
    "desks.data_paper": N_("All data of a partner, downloaded"),
    "desks.data_file": N_("All data of a partner, downloaded"),
    "desks.erase_partner": N_("What would be removed of a partner"),
    "invitations.invitations": N_("The list of invitations"),
    "invitations.invitation": N_("One invitation"),
    "invitations.record_answer": N_("One invitation"),
    "invitations.change_particulars": N_("One invitation"),
    "invitations.note_needs": N_("One invitation"),
    "invitations.needs": N_("Food and help needed"),
}
UNKNOWN_PAGE = N_("A page with personal data")
# Those of them that leave the system as a file: whoever opens one exports.
EXPORTS = frozenset(
    {
        "partners.export_xlsx",
        "partners.export_csv",
        "partners.left_out",
        "desks.data_paper",
        "desks.data_file",
    }
)
# What was changed that is about one partner; of the particulars the field is named.
CHANGED = {
    "partner": N_("Particulars"),
    "invitation": N_("An invitation"),
    "meeting": N_("A meeting's attendance list"),
    "attendance": N_("A meeting's attendance list"),
    "agenda_item": N_("Outcomes"),
    "outcome": N_("Outcomes"),
    "minutes": N_("Minutes"),
    "personal_feed": N_("A partner's own calendar"),
}
UNKNOWN_CHANGE = N_("Personal data")
MOST_FOUND = 10
# Numbers in one query: SQLite takes some thirty thousand.
AT_ONCE = 5000
EVERYBODY = Sight(everything=True)


@dataclass(frozen=True, slots=True)
class Names:
    """Names by number; whoever is gone has none."""

    partners: dict[int, str]
    meetings: dict[int, str]


def list_names(session: Session, partner_ids: Iterable[int], meeting_ids: Iterable[int], lang: Lang) -> Names:
    """Their names in this language: a query for every few thousand partners, and one for the meetings."""
    partners, people = Partner.__table__, Person.__table__
    named = select(partners.c.id, partners.c.name, partners.c.name_en, people.c.id.label("person"), people.c.honorific)
    named = named.select_from(partners.outerjoin(people, people.c.id == partners.c.id))
    named = named.where(partners.c.erased_at.is_(None))
    wanted = sorted(set(partner_ids))
    names = {
        row.id: thai.join_honorific(row.honorific or "", row.name)
        if row.person
        else in_language(lang, row.name, row.name_en)
        for begin in range(0, len(wanted), AT_ONCE)
        for row in session.execute(named.where(partners.c.id.in_(wanted[begin : begin + AT_ONCE])))
    }
    held = select(Meeting).where(Meeting.id.in_(set(meeting_ids)))
    held = held.options(joinedload(Meeting.region), joinedload(Meeting.round))
    titles = {
        meeting.id: f"{meeting_title(meeting, lang)} ({meeting.round.name(lang)})" for meeting in session.scalars(held)
    }
    return Names(names, titles)


def list_names_of(session: Session, entries: Sequence[Entry], lang: Lang) -> Names:
    """The names that these lines tell."""
    partner_ids = {number for entry in entries for number in entry.partner_ids}
    return list_names(session, partner_ids, (entry.thing_id for entry in entries if entry.thing == "meeting"), lang)


def find_people(session: Session, text: str) -> list[Partner]:
    """Whom somebody may mean by a name or a telephone number."""
    return list(list_partners(session, EVERYBODY, PartnerFilter(text=text)).partners)[:MOST_FOUND]
