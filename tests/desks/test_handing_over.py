"""All that is kept of one person is handed over: by what features declare, so that a new column is among it."""

import json
from enum import Enum as AnyEnum

import pytest
from flask import Flask
from sqlalchemy import Enum, select
from sqlalchemy.orm import Session

from forumplanner.core.db import Base, db
from forumplanner.desks.handing_over import (
    CALLED,
    FORMAT,
    LEFT,
    OF_NO_PARTNER,
    as_json,
    gather,
    handed_over,
)
from forumplanner.desks.held import HELD, declared_columns
from forumplanner.desks.views.data_words import label_of, words_of
from forumplanner.history.looks import record_look
from forumplanner.history.models import LookPartner
from forumplanner.history.services import Actor
from forumplanner.partners.models import Partner, Person
from tests.counting import counted
from tests.guards.test_blanking import NAME, NUMBER
from tests.guards.test_erasing import EMAIL, LINE, somebody
from tests.pages import PageClient


def test_every_declared_column_is_handed_over_or_left_for_a_reason() -> None:
    declared = set(declared_columns())
    told = {f"{table}.{name}" for held in HELD for table in held.columns for name in handed_over(table)}
    of_nobody = {name for name in declared if name.partition(".")[0] in OF_NO_PARTNER}
    assert declared - told - of_nobody == set(LEFT)
    assert set(OF_NO_PARTNER) <= {name.partition(".")[0] for name in declared}
    assert all(len(reason) > 5 for reason in (*LEFT.values(), *OF_NO_PARTNER.values()))


def test_every_column_and_every_choice_has_a_word() -> None:
    looked_at = 0
    for held in HELD:
        for table in set(held.columns) - set(OF_NO_PARTNER):
            for name in handed_over(table):
                assert label_of(table, CALLED.get(name, name))
                kind = Base.metadata.tables[table].columns[name].type
                if isinstance(kind, Enum) and kind.enum_class and issubclass(kind.enum_class, AnyEnum):
                    looked_at += 1
                    assert {each.value for each in kind.enum_class} <= set(words_of(table, name)), f"{table}.{name}"
    assert looked_at > 5


@pytest.mark.usefixtures("sample")
def test_a_persons_data_are_all_there_and_nobody_elses(session: Session) -> None:
    partner = somebody(session)
    record_look(session, Actor(1, "ผู้ดู"), "partner", partner.id, at=partner.created_at, page="desks.partner")
    session.flush()
    document = as_json(gather(session, partner))
    assert (document["format"], document["partner_id"]) == (FORMAT, partner.id)
    filled = {table for table, rows in document["data"].items() if rows}
    assert filled >= {
        "partners", "people", "phones", "partner_notes", "partner_regions", "invitations", "needs", "attendances",
        "outcomes", "changes", "looks", "outbox_messages", "chosen_guests", "partner_import_rows", "sittings",
    }  # fmt: skip
    text = json.dumps(document, ensure_ascii=False)
    assert all(trace in text for trace in (NAME, NUMBER, EMAIL, LINE, "halal", "organiser"))
    others = session.scalars(select(Person).where(Person.id != partner.id)).all()
    assert [other.name for other in others if other.surname and other.name in text] == []
    assert "ผู้ดู" not in text


def test_both_files_are_made_noted_and_safely_named(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    with sample.app_context():
        person = db.session.scalars(select(Person).order_by(Person.id)).first()
        assert person is not None
        number, person.surname = person.id, '../"ใจดี\\'
        db.session.commit()
    client.http.get(f"/partners/{number}/data.json").close()
    with counted(sample) as statements:
        answer = client.http.get(f"/partners/{number}/data.json")
    assert answer.json is not None
    assert answer.json["data"]["people"][0]["surname"] == '../"ใจดี\\'
    assert "/" not in answer.headers["Content-Disposition"].partition("filename")[2].replace("%2F", "/")
    answer.close()
    assert len(statements) <= 35
    paper = client.http.get(f"/partners/{number}/data.pdf")
    assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-")
    paper.close()
    with sample.app_context():
        looked = db.session.scalars(select(LookPartner).where(LookPartner.partner_id == number)).all()
        assert len(looked) == 2


def test_neither_a_stranger_nor_another_region_gets_them_nor_an_organisation_has_them(
    sample: Flask, client: PageClient
) -> None:
    with sample.app_context():
        people = db.session.scalars(select(Person).order_by(Person.id)).all()
        elsewhere = next(each.id for each in people if {region.slug for region in each.regions} == {"north"})
        agency = db.session.scalars(select(Partner.id).where(Partner.kind == "organisation")).first()
    client.sign_in_as("coordinator")
    assert client.http.get(f"/partners/{elsewhere}/data.json").status_code == 403
    assert client.http.get(f"/partners/{elsewhere}/erase").status_code == 403
    client.sign_in_as("organiser")
    assert client.http.get(f"/partners/{agency}/data.pdf").status_code == 409
