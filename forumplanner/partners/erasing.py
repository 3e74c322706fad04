"""How the list of partners forgets a person: their row becomes a mere number, and lists lose what named them."""

import zlib

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.erasing import Erasing, Leaving
from forumplanner.core.traces import NAME_REMOVED
from forumplanner.partners.duplicates.models import PartnerMerge
from forumplanner.partners.importing.models import PartnerImport, PartnerImportRow
from forumplanner.partners.importing.previews import CELL_END
from forumplanner.partners.models import Partner, Person, PersonalFeed, PersonClass, Sector
from forumplanner.partners.services import refresh_keys, with_everything
from forumplanner.sheets import Book, read_file, read_pasted

_ANOTHERS = "another partner's own particulars: a namesake's row is theirs"
_ACCOUNT = "the name of an account that acted; accounts are not partners"
_OF_ALL = "an organisation's own name, which is public"
_ACCOUNT = "the name of an account that acted; accounts are not partners"
_DERIVED = "derived from the other columns, and made anew"


def _forget(session: Session, leaving: Leaving) -> None:
    person = session.get_one(Partner, leaving.partner_id, with_for_update=True)
    assert isinstance(person, Person)
    leaving.count("phones", len(person.phones))
    leaving.count("notes", len(person.notes) + bool(person.note))
    for name in (
        "honorific", "surname", "post", "organisation", "organisation_text", "line_name", "languages", "name_en",
        "email", "note", "place_code",
    ):  # fmt: skip
        setattr(person, name, None)
    person.given_name, person.person_class, person.sector = NAME_REMOVED, PersonClass.LAY, Sector.COMMUNITY
    for parts in (person.phones, person.notes, person.regions):
        parts.clear()
    person.erased_at = clock.now()
    refresh_keys(person)
    # No calendar of theirs is shown any more, whichever address is asked.
    feed = session.get(PersonalFeed, person.id)
    if feed is None:
        feed = PersonalFeed(partner_id=person.id, link_version=1)
        session.add(feed)
    feed.link_version, feed.revoked_at, feed.last_fetched_at = feed.link_version + 1, clock.now(), None
    # What undoing a merging would bring back.
    merges = or_(PartnerMerge.partner_id == person.id, PartnerMerge.other_id == person.id)
    session.execute(update(PartnerMerge).where(merges).values(snapshot=None))
    _forget_rows(session, leaving)
    session.flush()


def _forget_rows(session: Session, leaving: Leaving) -> None:
    """Rows of lists that are theirs, and the files in which they stand. A list that is not written yet goes with its
    file: it could not be read again."""
    taken_for = PartnerImportRow.maybe_id == leaving.partner_id
    session.execute(update(PartnerImportRow).where(taken_for).values(maybe_id=None))
    for kept in session.scalars(select(PartnerImport).order_by(PartnerImport.id)).all():
        query = select(PartnerImportRow).where(PartnerImportRow.import_id == kept.id)
        rows = session.scalars(query.order_by(PartnerImportRow.position)).all()
        theirs = [row for row in rows if row.partner_id == leaving.partner_id or leaving.traces.found_in(row.cells)]
        if not theirs and not _holds(kept, leaving):
            continue
        leaving.count("lists", 1)
        if kept.imported_at is None:
            session.delete(kept)
            continue
        kept.content = zlib.compress(b"")
        for row in theirs:
            row.cells, row.messages, row.before, row.partner_id, row.written_version = "", "[]", None, None, None
    session.flush()


def _holds(kept: PartnerImport, leaving: Leaving) -> bool:
    """Whether a list's file names them anywhere; one that cannot be read is taken for one that does."""
    content = zlib.decompress(kept.content)
    if not content:
        return False
    try:
        book: Book = read_pasted(content.decode("utf-8")) if kept.is_pasted else read_file(content, kept.file_name)
    except Exception:  # whatever a file that was read once fails with now
        return True
    lines = (CELL_END.join(map(str, row.cells)) for sheet in book.sheets for row in sheet.rows)
    return any(leaving.traces.found_in(line) for line in lines)


def _refresh_others(session: Session, leaving: Leaving) -> None:
    """Whoever's particulars lost the name is no longer found by it."""
    theirs = ("partners", "people", "phones", "seats")
    ids = {each.partner_id for each in leaving.cleaned if each.table in theirs and each.partner_id is not None}
    session.expire_all()
    for first in range(0, len(ids), 500):
        some = Partner.id.in_(sorted(ids)[first : first + 500])
        for partner in session.scalars(with_everything(select(Partner)).where(some).order_by(Partner.id)):
            refresh_keys(partner)
    session.flush()


def _shared_columns() -> dict[str, str]:
    people = ("honorific", "given_name", "surname", "line_name")
    partners = ("name", "name_en", "email")
    return {
        **{f"people.{name}": _ANOTHERS for name in people},
        **{f"partners.{name}": _ANOTHERS for name in partners},
        "phones.number": _ANOTHERS,
        "partners.sort_key": _DERIVED,
        "partners.search_text": _DERIVED,
        "partners.place_code": "the code of a place",
        "partners.province_code": "the code of a place",
    }


ERASING = Erasing(
    whose={
        "partners": lambda table: table.c.id,
        "people": lambda table: table.c.id,
        "phones": lambda table: table.c.partner_id,
        "partner_notes": lambda table: table.c.partner_id,
        "seats": lambda table: table.c.organisation_id,
        "partner_import_rows": lambda table: table.c.partner_id,
    },
    left={
        **_shared_columns(),
        "organisations.short_name": _OF_ALL,
        **{f"organisation_names.{name}": _OF_ALL for name in ("short_name", "full_name", "name_en")},
        **{f"{table}.actor": _ACCOUNT for table in ("distinct_partners", "partner_merges")},
        **{f"{table}.actor": _ACCOUNT for table in ("distinct_partners", "partner_merges")},
        "partner_imports.content": "a file, removed where it names them",
    },
    own=_forget,
    after=_refresh_others,
)
