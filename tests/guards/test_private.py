"""What is told in confidence reaches no public page, no reader, no calendar and no paper.

Every text column of the models stands in one of the lists below, so a new one has to be thought about; a mark is
planted in each that is private, in every row, and all outputs are searched for it.
"""

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Column, Enum, String, Table, Text, select, update

from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.briefs.compiling import compile_brief
from forumplanner.briefs.documents import brief_html
from forumplanner.cli.invitations import describe
from forumplanner.core.db import Base, db
from forumplanner.minutes.compiling import compile_minutes
from forumplanner.minutes.documents import minutes_html
from forumplanner.outcomes.models import Outcome
from forumplanner.partners.models import PartnerKind
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import get_meeting
from tests.guards.test_access import address, browser, expected_of, parameters, rules

# Meant for everybody, or for readers once accepted.
PUBLIC = {
    "agenda_items": {"title_th", "title_en"},
    "agenda_texts": {"text"},
    "bodies": {"slug", "name_th", "name_en"},
    "added_holidays": {"name_th", "name_en"},
    "finance_kinds": {"name_th", "name_en"},
    "meetings": {"slug", "timezone", "title_th", "title_en", "venue_th", "venue_en", "venue_address", "map_url", "uid"}
    | {"province_code", "note_th", "note_en"},
    "observations": {"as_of", "source"},
    "outcomes": {"text"},
    "programme_entries": {"activity_th", "activity_en", "room"},
    "provinces": {"code", "name_th", "name_en"},
    "questions": {"text_th", "text_en"},
    "regions": {"slug", "name_th", "name_en"},
    "rounds": {"code", "name_th", "name_en"},
    "round_regions": {"province_codes"},
    "roles": {"name", "description"},
    "seats": {"post_th", "post_en"},
    # Agencies are named to all.
    "organisations": {"short_name"},
    "organisation_names": {"short_name", "full_name", "name_en"},
}
# Never shown as they are, or without which nothing works; a mark in them would break the program, not betray anybody.
WORKINGS = {
    "partners": {"sort_key", "search_text", "province_code", "place_code"},
    "users": {"email", "password", "fs_uniquifier", "tf_primary_method", "tf_totp_secret"},
    "changes": {"thing", "field", "edits"},
    "looks": {"thing", "page"},
    "marks": {"name", "value"},
    "outbox_messages": {"key", "message_id", "kind"},
    "rate_windows": {"key"},
    "spent_forms": {"mark"},
    "retention_periods": {"slug"},
    "retention_announcements": {"kind"},
    "retention_removals": {"kind"},
    "retention_looked_at": {"kind"},
    # JSON, which pages read; what a list says stands in `cells` too, where a mark is planted.
    "partner_imports": {"choices", "sheets"},
    "partner_import_rows": {"messages", "before"},
}
# On the lists of form 11 themselves; what a line hides is planted below.
ON_THE_LISTS = {"attendances": {"name", "post", "substitute_for", "reason"}}
# A person's own page shows what they told.
OWN = {"delegate_name", "delegate_phone", "comment", "reason"}


def texts(table: Table) -> Iterator[Column[object]]:
    for column in table.columns:
        if isinstance(column.type, String | Text) and not isinstance(column.type, Enum):
            yield column


def private_columns() -> list[Column[object]]:
    """All that is in none of the lists."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in texts(table)
        if column.name
        not in PUBLIC.get(table.name, set()) | WORKINGS.get(table.name, set()) | ON_THE_LISTS.get(table.name, set())
    ]


def plant() -> dict[str, str]:
    """Put a mark of its own into each private column of every row; returns the column's name by its mark."""
    session, marks = db.session(), {}
    for number, column in enumerate(private_columns(), start=1):
        mark = f"0987{number:06}" if column.table.name == "phones" and column.name == "number" else f"ZQ{number:03}X"
        values = update(column.table).values({column.name: mark})
        if column.table.name == "outcomes":
            # Agencies that own a commitment are named to all.
            people = select(Outcome.id).where(Outcome.owner_partner.has(kind=PartnerKind.PERSON))
            values = values.where(column.table.c.id.in_(people))
        if column.table.name == "partners":
            values = values.where(column.table.c.kind == PartnerKind.PERSON.value)
        session.execute(values)
        marks[mark] = f"{column.table.name}.{column.name}"
    hidden = {"reason": AttendanceList.ABSENT, "substitute_for": AttendanceList.CAME}
    for number, (name, shown_on) in enumerate(hidden.items(), start=900):
        line = update(Attendance).where(Attendance.list != shown_on)
        session.execute(line.values({name: f"ZQ{number}X"}))
        marks[f"ZQ{number}X"] = f"attendances.{name} of another list"
    session.commit()
    return marks


def found_in(text: str, marks: dict[str, str]) -> set[str]:
    """The private columns whose marks stand in a text, telephone numbers however they are written."""
    digits = re.sub(r"(?<=\d)[- ](?=\d)", "", text)
    return {name for mark, name in marks.items() if mark in text or mark in digits}


def crawl(app: Flask, client: FlaskClient, role: str) -> Iterator[tuple[str, str]]:
    """Address and text of every page, calendar and text file that this visitor may open without a private link."""
    values = parameters(app)
    with app.app_context():
        meetings = [(meeting.round.code, meeting.slug) for meeting in db.session.scalars(select(Meeting))]
        db.session.rollback()
    for rule in rules(app, "GET"):
        if "link" in rule.arguments or rule.endpoint == "static" or expected_of(rule.endpoint, role) != 200:
            continue
        places = meetings if {"code", "slug"} <= rule.arguments else [("2550-1", "south")]
        for code, slug in places:
            path = address(app, rule, values | {"code": code, "slug": slug, "meeting": slug})
            answer = client.get(path)
            if not answer.mimetype.startswith("application/pdf"):
                yield path, answer.get_data(as_text=True)
            answer.close()


def test_every_listed_column_exists() -> None:
    known = {table.name: {column.name for column in texts(table)} for table in Base.metadata.sorted_tables}
    listed = [*PUBLIC.items(), *WORKINGS.items(), *ON_THE_LISTS.items()]
    assert [(table, columns - known.get(table, set())) for table, columns in listed if columns - known[table]] == []
    assert {"invitations.comment", "replies.comment", "partners.note", "phones.number", "submissions.remark"} <= {
        f"{column.table.name}.{column.name}" for column in private_columns()
    }


@pytest.mark.parametrize("role", ["nobody", "reader"])
def test_nothing_private_stands_on_what_the_public_and_readers_open(sample: Flask, role: str) -> None:
    client = browser(sample, role)
    with sample.app_context():
        marks = plant()
    pages = list(crawl(sample, client, role))
    assert len(pages) > 15
    # Their own name stands at the head of each page of somebody signed in; whom to ask is told to all of them.
    allowed = {"users.name", "meetings.contact_name", "meetings.contact_phone", "meetings.contact_email"}
    told = {path: found_in(text, marks) - (allowed if role == "reader" else set()) for path, text in pages}
    assert {path: found for path, found in told.items() if found} == {}


def test_nothing_private_is_printed(sample: Flask) -> None:
    with sample.app_context():
        marks = plant()
        session = db.session()
        paper = {
            "minutes": minutes_html(compile_minutes(session, get_meeting(session, "2550-1", "south"))),
            "brief": brief_html(
                compile_brief(session, "2550-1", today=date(2007, 3, 6), sees_people=lambda _region: True)
            ),
        }
        allowed = {
            "minutes": {"minutes.recorder_name", "minutes.checker_name", "sittings.chair", "outcomes.owner"},
            # The organisers' brief names people who took something on.
            "brief": {"outcomes.owner"},
        }
        told = {name: found_in(text, marks) - allowed.get(name, set()) for name, text in paper.items()}
        assert told == {"minutes": set(), "brief": set()}


def test_the_printed_attendance_tells_nothing_but_its_lists(sample: Flask) -> None:
    client = browser(sample, "organiser")
    with sample.app_context():
        marks = plant()
    text = client.get("/rounds/2550-1/south/attendance").get_data(as_text=True)
    assert found_in(text, marks) <= {"users.name", "sittings.chair"}


def test_the_command_tells_names_and_links_alone(sample: Flask) -> None:
    with sample.app_context():
        marks = plant()
        rows = describe(get_meeting(db.session(), "2550-1", "south"), sample.config["SETTINGS"])
        names = {"people.honorific", "partners.name", "partners.name_en"}
        assert found_in(json.dumps(rows, ensure_ascii=False), marks) <= names


def test_ones_own_page_and_calendar_tell_only_what_one_told(sample: Flask) -> None:
    client, values = browser(sample, "nobody"), parameters(sample)
    with sample.app_context():
        marks = plant()
    allowed = {f"{table}.{name}" for table in ("invitations", "replies") for name in OWN}
    allowed |= {"people.honorific", "partners.name", "partners.name_en"}
    allowed |= {"meetings.contact_name", "meetings.contact_phone", "meetings.contact_email"}
    opened = 0
    for rule in rules(sample, "GET"):
        if "link" in rule.arguments and expected_of(rule.endpoint, "nobody") == 200:
            text = client.get(address(sample, rule, values)).get_data(as_text=True)
            assert found_in(text, marks) <= allowed, rule.rule
            opened += 1
    assert opened >= 3
