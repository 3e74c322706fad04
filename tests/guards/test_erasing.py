"""Whoever is erased stands nowhere any more: not in any column of any table, not in the database's file, not beside it.

The name, the number, the address and the LINE name are planted in every column that can hold words, found by the models
themselves: a new column is planted and looked through without anybody's doing.
"""

import base64
import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from email import message_from_string
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import JSON, Column, LargeBinary, Table, func, insert, select, text, update
from sqlalchemy.orm import Session

from forumplanner.accounts.models import User
from forumplanner.core.db import Base, db, dialect_name
from forumplanner.core.erasing import holds_text, swept_columns
from forumplanner.core.traces import NAME_REMOVED
from forumplanner.desks.erasing import SAID, erase_person, list_erased
from forumplanner.desks.tidying import tidy_if_due
from forumplanner.history.services import record_change
from forumplanner.invitations.models import ChosenGuest, Food, Invitation, Needs, ReplyChannel
from forumplanner.minutes.models import Minutes, MinutesState
from forumplanner.outbox.models import OutboxMessage
from forumplanner.outbox.services import queue_message
from forumplanner.partners.duplicates.models import DistinctPair, PartnerMerge
from forumplanner.partners.importing.committing import write_import
from forumplanner.partners.importing.models import PartnerImport
from forumplanner.partners.importing.previews import Importer, begin_import
from forumplanner.partners.models import Partner, Person
from forumplanner.partners.particulars import PartnerNote
from forumplanner.partners.rules import Sight
from forumplanner.partners.services import refresh_keys
from forumplanner.retention.models import Hold
from forumplanner.rounds.models import AddedHoliday, Meeting
from forumplanner.web.once import SpentForm
from tests.guards.test_blanking import NAME, NUMBER, ORGANISER, plant

EMAIL, LINE = "pimpilas.j@example.org", "pimpilas_line"
WHOLE = f"ขอบคุณนาง{NAME} ใจงาม ({NUMBER[:3]}-{NUMBER[3:6]}-{NUMBER[6:]} {EMAIL} {LINE}) แล้ว"
# What is looked for: none of these words is anybody else's.
TRACES = (NAME, NUMBER, f"{NUMBER[:3]}-{NUMBER[3:6]}-{NUMBER[6:]}", EMAIL, LINE)
# What is kept in a form of its own is planted by services, below.
OF_THEIR_OWN = {"changes.old", "changes.new", "changes.edits", "outbox_messages.mime", "decisions.content"}
SHEET = f"ชื่อ\tโทรศัพท์\tหมายเหตุ\nนาง{NAME} ใจงาม\t{NUMBER}\tมา\nนายคนอื่น ใจเย็น\t0811113333\t-\n"
# What minutes print of their meeting.
PRINTED = {"attendances", "sittings", "agenda_items", "agenda_texts", "outcomes", "minutes"}


def tables() -> Iterator[tuple[Table, list[Column[Any]]]]:
    for table in Base.metadata.sorted_tables:
        columns = swept_columns(table, SAID.left)
        if columns:
            yield table, columns


def add_rows(session: Session, partner: Partner) -> None:
    """A row where the sample has none, the person's own and somebody else's."""
    other = session.scalars(select(Person).where(Person.id != partner.id).order_by(Person.id)).first()
    account = session.scalars(select(User).order_by(User.id)).first()
    assert other is not None
    assert account is not None
    meeting = session.scalars(select(Meeting).order_by(Meeting.id)).first()
    assert meeting is not None
    first, second = sorted((partner.id, other.id))
    session.add(DistinctPair(partner_id=first, other_id=second, actor="-"))
    for number, each in enumerate((partner, other)):
        # Merged into each of them: what it was before is kept for a day.
        session.add(PartnerMerge(partner_id=each.id, other_id=9_000 + number, actor="-", snapshot="-"))
        session.add(PartnerMerge(partner_id=each.id, other_id=900_000 + number, actor="-", snapshot="[]"))
        session.add(PartnerNote(partner_id=each.id, name="ผู้แนะนำ", text="-"))
        session.add(Hold(partner_id=each.id, until=date(2030, 1, 1), reason="-", noted_by="-"))
        session.add(ChosenGuest(meeting_id=meeting.id, account_id=account.id, partner_id=each.id))
        session.add(SpentForm(mark=str(number) * 64, spent_at=datetime.now(UTC), led_to="/", said="-"))
    for invitation in session.scalars(select(Invitation).where(Invitation.partner_id.in_([partner.id, other.id]))):
        invitation.comment = "-"
        session.add(
            Needs(
                invitation_id=invitation.id,
                food=Food.HALAL,
                consented_at=datetime.now(UTC),
                channel=ReplyChannel.LINK,
            )
        )
    session.add(AddedHoliday(on=datetime(2550, 1, 2, tzinfo=UTC).date(), name_th="-", name_en="-"))
    text_of_mail = f"{WHOLE}\n"
    queue_message(session, "to another", "letter", "else@example.org", WHOLE, text_of_mail, f"<p>{WHOLE}</p>")
    session.execute(
        insert(Base.metadata.tables["rate_windows"]).values(
            {column.name: _anything(column) for column in Base.metadata.tables["rate_windows"].columns}
        )
    )
    importer = Importer(account.id, Sight(everything=True))
    written = begin_import(session, importer, content=SHEET.encode(), name="", is_pasted=True, region=meeting.region)
    write_import(session, ORGANISER, importer, written)
    begin_import(session, importer, content=SHEET.encode(), name="", is_pasted=True, region=meeting.region)
    # Half of the name stands in one version, half in the next, as people save while they type.
    long, before = "ข้อความยาวของผู้อื่น " * 30, ""
    for words in (f"{long}ฝาก{NAME}", f"{long}ฝาก{NAME} ใจงาม ", f"{long}ฝาก{NAME} ใจงาม {NUMBER} แล้ว", f"{long} จบ"):
        record_change(session, ORGANISER, "partner", other.id, "note", before, words, partner_id=other.id)
        session.flush()
        before = words
    record_change(session, ORGANISER, "meeting", meeting.id, "venue_th", "", WHOLE)
    record_change(session, ORGANISER, "meeting", meeting.id, "venue_th", WHOLE, "-")
    session.flush()


def _anything(column: Column[Any]) -> Any:
    kind = column.type.python_type
    return datetime.now(UTC) if kind is datetime else "a" if kind is str else kind(1)


def words_for(column: Column[Any]) -> list[str]:
    """What fits into a column: all, else the name, else the number."""
    length = getattr(column.type, "length", None) or 10_000
    return [words for words in (WHOLE, f"นาง{NAME} ใจงาม", NUMBER, EMAIL) if len(words) <= length][:1]


def plant_everywhere(session: Session) -> set[str]:
    """Put it into every column of every row; returns the columns."""
    session.flush()
    planted = set()
    for table, columns in tables():
        assert session.scalar(select(func.count()).select_from(table)), f"no row of {table.name} to plant anything in"
        for column in columns:
            name = f"{table.name}.{column.name}"
            if name in OF_THEIR_OWN:
                continue
            for words in words_for(column):
                value: Any = (
                    [{"name": words, "type": "text/plain", "size": 1}] if isinstance(column.type, JSON) else words
                )
                # A name of a note is its partner's only one.
                session.execute(update(table).values({column.name: value}))
                planted.add(name)
    for decision in session.execute(select(Base.metadata.tables["decisions"])).mappings().all():
        content = json.loads(json.dumps(decision["content"]))
        for outcome in content["outcomes"]:
            outcome |= {"owner": f"นาง{NAME} ใจงาม", "text": WHOLE}
        of_decisions = Base.metadata.tables["decisions"]
        session.execute(update(of_decisions).where(of_decisions.c.id == decision["id"]).values(content=content))
        planted.add("decisions.content")
    session.expire_all()
    return planted


def texts_of(column: Column[Any], value: Any) -> Iterator[str]:
    """A value as people could read it: JSON without codes, mail as it is read, files unpacked."""
    if isinstance(value, bytes):
        value = zlib.decompress(value).decode("utf-8", "replace")
    text_of = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    yield text_of
    if "\\u" in text_of:
        yield text_of.encode().decode("unicode_escape")
    if f"{column.table.name}.{column.name}" == "outbox_messages.mime":
        mail = message_from_string(text_of, policy=SMTP)
        yield f"{mail['Subject']} {mail['To']}"
        for part in mail.walk():
            if not part.is_multipart():
                yield str(part.get_content())  # type: ignore[attr-defined]
        yield from (
            base64.b64decode(re.sub(r"\s", "", found)).decode("utf-8", "replace")
            for found in re.findall(r"(?:^[A-Za-z0-9+/=]{4,}\r?\n)+", text_of, re.MULTILINE)
        )


def found_in(session: Session) -> dict[str, list[Any]]:
    """Where it stands, and in which rows (by their first column)."""
    found: dict[str, list[Any]] = {}
    for table in Base.metadata.sorted_tables:
        key = next(iter(table.primary_key.columns))
        for column in table.columns:
            for number, value in session.execute(select(key, column).where(column.is_not(None))):
                if any(trace in words for words in texts_of(column, value) for trace in TRACES):
                    found.setdefault(f"{table.name}.{column.name}", []).append(number)
    return found


def somebody(session: Session) -> Partner:
    partner = plant(session)
    assert isinstance(partner, Person)
    partner.honorific, partner.email, partner.line_name = "นาง", EMAIL, LINE
    refresh_keys(partner)
    add_rows(session, partner)
    return partner


def test_every_column_is_swept_or_left_for_a_reason() -> None:
    known = {f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns}
    assert set(SAID.left) - known == set()
    assert all(len(reason) > 5 for reason in SAID.left.values())
    binary = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    # No sweep reads what is packed: each such column has a way of its own.
    assert binary <= set(SAID.left), binary - set(SAID.left)
    assert any(holds_text(column) for column in Base.metadata.tables["meetings"].columns)


@pytest.mark.usefixtures("sample")
def test_nobody_finds_in_any_table_who_was_erased(session: Session) -> None:
    partner = somebody(session)
    planted = plant_everywhere(session)
    before = set(found_in(session))
    assert planted <= before | {"partner_imports.content"}, planted - before
    assert OF_THEIR_OWN - before == set()
    invited = session.scalar(select(func.count()).select_from(Invitation))
    erase_person(session, partner.id, by=ORGANISER)
    session.flush()
    assert found_in(session) == {}
    # What counts still counts, and what was about others is there.
    assert session.scalar(select(func.count()).select_from(Invitation)) == invited
    assert NAME_REMOVED in (session.scalar(select(Meeting.venue_th)) or "")
    assert list_erased(session) == [partner.id]


@pytest.mark.usefixtures("sample")
def test_certified_minutes_keep_the_name_and_nothing_else_does(session: Session) -> None:
    partner = somebody(session)
    meeting = session.scalars(select(Meeting).where(Meeting.slug == "bangkok")).one()
    minutes = session.scalar(select(Minutes).where(Minutes.meeting_id == meeting.id))
    if minutes is None:
        minutes = Minutes(meeting_id=meeting.id, body_id=meeting.body_id, year=2007, number=77)
        session.add(minutes)
    minutes.state = MinutesState.APPROVED
    plant_everywhere(session)
    erase_person(session, partner.id, by=ORGANISER)
    left = found_in(session)
    assert PRINTED - {"agenda_texts"} <= {name.partition(".")[0] for name in left} <= PRINTED, left
    of_meeting = {
        number for number in left["attendances.name"]
        if session.scalar(text("SELECT meeting_id FROM attendances WHERE id = :id").bindparams(id=number)) == meeting.id
    }  # fmt: skip
    assert of_meeting == set(left["attendances.name"])
    assert left["minutes.recorder_name"] == [minutes.id]


@pytest.mark.usefixtures("sample", "real_commits")
def test_nothing_of_it_stands_in_the_database_file_or_beside_it(session: Session, app: Flask) -> None:
    if dialect_name(session) != "sqlite":
        pytest.skip("its files are the server's")
    partner = somebody(session)
    plant_everywhere(session)
    session.commit()
    folder: Path = app.config["SETTINGS"].data_dir
    papers = folder / "papers"
    papers.mkdir(exist_ok=True)
    (papers / "a.pdf").write_bytes(NAME.encode())
    assert raw_traces(app) != []
    erase_person(session, partner.id, by=ORGANISER)
    session.commit()
    session.close()
    db.session.remove()
    tidy_if_due(folder)
    assert raw_traces(app) == []
    # The index of three-letter pieces knows none of the name's own either.
    with closing(sqlite3.connect(app.config["SETTINGS"].database_url.removeprefix("sqlite:///"))) as file:
        file.execute("CREATE VIRTUAL TABLE temp.pieces USING fts5vocab(main, partner_trigrams, row)")
        assert file.execute("SELECT count(*) FROM temp.pieces WHERE term = 'พ์พ'").fetchone() == (0,)
        assert file.execute("SELECT count(*) FROM temp.pieces").fetchone()[0] > 100


def raw_traces(app: Flask) -> list[str]:
    """The files of the installation in whose bytes it stands, in any of the codings that could hold it."""
    settings = app.config["SETTINGS"]
    database = Path(settings.database_url.removeprefix("sqlite:///"))
    paths = {*settings.data_dir.rglob("*"), *database.parent.glob(f"{database.name}*")}
    words = [
        trace.encode(coding, "ignore")
        for trace in (*TRACES, NAME[:6], base64.b64encode(NAME.encode()).decode()[:20])
        for coding in ("utf-8", "utf-16-le", "cp874")
    ]
    words = [word for word in words if len(word) > 5]
    return [path.name for path in sorted(paths) if path.is_file() for word in words if word in path.read_bytes()]


@pytest.mark.usefixtures("sample")
def test_mail_to_somebody_else_still_leaves_without_the_name(session: Session) -> None:
    partner = somebody(session)
    erase_person(session, partner.id, by=ORGANISER)
    mime = session.scalar(select(OutboxMessage.mime).where(OutboxMessage.key == "to another"))
    mail = message_from_string(mime or "", policy=SMTP)
    assert NAME_REMOVED in mail["Subject"]
    assert mail["To"] == "else@example.org"
    assert all(NAME_REMOVED in part.get_content() for part in mail.walk() if not part.is_multipart())  # type: ignore[attr-defined]


@pytest.mark.usefixtures("sample")
def test_lists_on_their_way_in_lose_the_person_or_go(session: Session) -> None:
    partner = somebody(session)
    erase_person(session, partner.id, by=ORGANISER)
    kept = session.scalars(select(PartnerImport)).all()
    assert [each.imported_at is not None for each in kept] == [True]
    assert [zlib.decompress(each.content) for each in kept] == [b""]
