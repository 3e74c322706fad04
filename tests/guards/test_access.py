"""Who may open what: every endpoint is named here with its access, and opened as everybody.

A new endpoint fails until somebody has decided who may open it and written it down in `OPENS`.
"""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, select
from werkzeug.routing import Rule

from forumplanner.accounts.models import User
from forumplanner.agenda.models import AgendaItem, ProgrammeEntry
from forumplanner.attendance.models import Attendance
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.history.looks import record_look
from forumplanner.history.models import Look
from forumplanner.history.services import Actor
from forumplanner.invitations.models import Invitation
from forumplanner.invitations.services import reply_link
from forumplanner.partners.importing.models import PartnerImport
from forumplanner.partners.importing.previews import Importer, begin_import
from forumplanner.partners.links import FEED_PURPOSE
from forumplanner.partners.models import Person
from forumplanner.partners.rules import Sight
from forumplanner.places.models import Region
from forumplanner.rounds.models import Meeting
from forumplanner.web import afterwards
from forumplanner.web.access import Access, access_of
from forumplanner.web.forms import csrf
from forumplanner.web.private_links import make_private_link
from tests.pages import PageClient

ROLES = ("nobody", "reader", "coordinator", "organiser")

# Which roles an access admits; `closed` admits nobody and answers 404 to all.
ADMITS: dict[str, frozenset[str]] = {
    "anyone": frozenset(ROLES),
    "private link": frozenset(ROLES),
    "signed in": frozenset({"reader", "coordinator", "organiser"}),
    "readers": frozenset({"reader", "coordinator", "organiser"}),
    "coordinators": frozenset({"coordinator", "organiser"}),
    "organisers": frozenset({"organiser"}),
    "closed": frozenset(),
}

OPENS: dict[str, str] = {
    "accounts.account": "signed in",
    "accounts.accounts": "organisers",
    "accounts.forget_second_step": "organisers",
    "accounts.hand_over": "organisers",
    "accounts.managed": "organisers",
    "accounts.name_oneself": "signed in",
    "accounts.new_account": "organisers",
    "accounts.switch": "organisers",
    "agenda.add_entry": "coordinators",
    "agenda.delete_entry": "coordinators",
    "agenda.entry": "coordinators",
    "agenda.programme": "anyone",
    "attendance.add_line": "coordinators",
    "attendance.attendance": "coordinators",
    "attendance.fill": "coordinators",
    "attendance.follow": "coordinators",
    "attendance.line": "coordinators",
    "attendance.move_line": "coordinators",
    "attendance.place": "coordinators",
    "attendance.record_sitting": "coordinators",
    "attendance.remove_line": "coordinators",
    "attendance.rest": "coordinators",
    "attendance.who": "coordinators",
    "briefs.brief": "readers",
    "briefs.paper": "readers",
    "desks.all_dates": "organisers",
    "desks.announce": "organisers",
    "desks.announce_all": "organisers",
    "desks.board": "anyone",
    "desks.cancel": "organisers",
    "desks.dates": "organisers",
    "desks.data_file": "coordinators",
    "desks.data_paper": "coordinators",
    "desks.erase_partner": "coordinators",
    "desks.favicon": "anyone",
    "desks.healthz": "anyone",
    "desks.home": "anyone",
    "desks.look": "organisers",
    "desks.looks": "organisers",
    "desks.meeting": "anyone",
    "desks.merge": "coordinators",
    "desks.new_meeting": "organisers",
    "desks.invite_partner": "coordinators",
    "desks.partner": "coordinators",
    "desks.processing": "organisers",
    "desks.processing_paper": "organisers",
    "desks.questions": "organisers",
    "desks.remove": "organisers",
    "desks.remove_round": "organisers",
    "desks.revive": "organisers",
    "desks.settings": "organisers",
    "desks.undo_merge": "coordinators",
    "upkeep.start": "organisers",
    "feeds.all_meetings": "anyone",
    "feeds.meeting": "anyone",
    "feeds.my_calendar": "private link",
    "feeds.nothing": "anyone",
    "feeds.personal": "private link",
    "feeds.region": "anyone",
    "feeds.region_of_round": "anyone",
    "feeds.renew": "private link",
    "feeds.round_": "anyone",
    "feeds.stop": "private link",
    "feeds.subscribe": "anyone",
    "invitations.add": "coordinators",
    "invitations.change_particulars": "coordinators",
    "invitations.check": "coordinators",
    "invitations.choose": "coordinators",
    "invitations.invitation": "coordinators",
    "invitations.invitations": "coordinators",
    "invitations.forget_needs": "coordinators",
    "invitations.mark_reached": "coordinators",
    "invitations.needs": "coordinators",
    "invitations.note_needs": "coordinators",
    "invitations.record_answer": "coordinators",
    "invitations.renew_link": "coordinators",
    "invitations.restore": "coordinators",
    "invitations.revoke": "coordinators",
    "invitations.settle": "coordinators",
    "minutes.minutes": "coordinators",
    "minutes.paper": "coordinators",
    "minutes.save_signers": "coordinators",
    "minutes.start": "coordinators",
    "agenda.add_item": "coordinators",
    "agenda.add_usual": "coordinators",
    "agenda.agenda": "coordinators",
    "agenda.agenda_item": "coordinators",
    "outcomes.decide_outcomes": "organisers",
    "agenda.delete_item": "coordinators",
    "outcomes.item": "readers",
    "agenda.move_item": "coordinators",
    "outcomes.outcomes": "readers",
    "outcomes.record_item": "coordinators",
    "outcomes.submission": "coordinators",
    "outcomes.submit_outcomes": "coordinators",
    "outcomes.versions": "coordinators",
    "partners.alike": "coordinators",
    "partners.begin_import": "coordinators",
    "partners.duplicates": "coordinators",
    "partners.edit": "coordinators",
    "partners.export_csv": "coordinators",
    "partners.export_xlsx": "coordinators",
    "partners.find": "coordinators",
    "partners.found": "coordinators",
    "partners.decide": "coordinators",
    "partners.import_columns": "coordinators",
    "partners.import_sheets": "coordinators",
    "partners.left_out": "coordinators",
    "partners.maybe_same": "coordinators",
    "partners.new": "coordinators",
    "partners.new_partner": "coordinators",
    "partners.not_same": "coordinators",
    "partners.partners": "coordinators",
    "partners.preview": "coordinators",
    "partners.remove_import": "coordinators",
    "partners.take_back": "coordinators",
    "partners.told_apart": "coordinators",
    "partners.write_import": "coordinators",
    "register.figures": "readers",
    "retention.coming": "organisers",
    "retention.keep": "organisers",
    "retention.periods": "organisers",
    "retention.release": "organisers",
    "retention.removed": "organisers",
    "reply.answer": "private link",
    "reply.comment": "private link",
    "reply.delegate": "private link",
    "reply.done": "private link",
    "reply.forget_needs": "private link",
    "reply.needs": "private link",
    "reply.reason": "private link",
    "reply.reply": "private link",
    "places.find": "signed in",
    "places.sources": "anyone",
    "rounds.bring_provinces": "organisers",
    "rounds.details": "coordinators",
    "rounds.edit_round": "organisers",
    "rounds.holidays": "organisers",
    "rounds.index": "anyone",
    "rounds.new_region": "organisers",
    "rounds.new_round": "organisers",
    "rounds.province": "organisers",
    "rounds.provinces": "organisers",
    "rounds.region": "organisers",
    "rounds.regions": "organisers",
    "rounds.remove_holiday": "organisers",
    "rounds.retire_region": "organisers",
    "rounds.revive_region": "organisers",
    "rounds.taking_part": "organisers",
    "rounds.withdraw_holiday": "organisers",
    "security.change_password": "signed in",
    "security.forgot_password": "anyone",
    "security.login": "anyone",
    # Signing out needs nobody to be signed in.
    "security.logout": "anyone",
    # Each looks for itself how far a sign-in has come.
    "security.mf_recovery": "anyone",
    "security.mf_recovery_codes": "signed in",
    "security.reset_password": "anyone",
    "security.tf_select": "closed",
    "security.two_factor_rescue": "closed",
    "security.two_factor_setup": "anyone",
    "security.two_factor_setup_validate": "closed",
    "security.two_factor_token_validation": "anyone",
    "security.verify": "signed in",
    "static": "anyone",
}

# What an admitted person gets instead of 200 on the sample round.
INSTEAD: dict[str, dict[str, int]] = {
    # What the South's forum, held and settled, no longer takes.
    "desks.announce": {"organiser": 409},
    "desks.announce_all": {"organiser": 409},
    "desks.cancel": {"organiser": 409},
    "desks.remove": {"organiser": 409},
    "desks.remove_round": {"organiser": 409},
    "desks.revive": {"organiser": 409},
    "desks.favicon": dict.fromkeys(ROLES, 301),
    "feeds.nothing": dict.fromkeys(ROLES, 404),
    # It leads on, to one person or to the list.
    "partners.find": {"coordinator": 302, "organiser": 302},
    # The day is over.
    "reply.delegate": dict.fromkeys(ROLES, 302),
    # Whoever is signed in already is sent on; whoever is not half signed in begins at the beginning.
    "security.login": dict.fromkeys(ROLES[1:], 302),
    "security.mf_recovery": dict.fromkeys(ROLES, 302),
    "security.reset_password": dict.fromkeys(ROLES, 302),
    "security.two_factor_setup": {"nobody": 302},
    "security.two_factor_token_validation": dict.fromkeys(ROLES, 302),
}

# Pages of coordinators that show no region's own work.
READ_BY_ALL_COORDINATORS = {
    "partners.begin_import",
    "partners.export_csv",
    "partners.export_xlsx",
    "partners.partners",
    "partners.find",
    "partners.alike",
    "partners.duplicates",
    "partners.found",
    "partners.new",
    "partners.new_partner",
    "partners.told_apart",
}
# POSTs of a region's coordinator that are not about a region.
OF_NO_REGION = {"partners.edit", "partners.new_partner", "partners.begin_import"}


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """The rules of that method, one an endpoint."""
    seen = set()
    for rule in sorted(app.url_map.iter_rules(), key=lambda found: (found.endpoint, found.rule)):
        if method in (rule.methods or ()) and rule.endpoint not in seen:
            seen.add(rule.endpoint)
            yield rule


def parameters(app: Flask) -> dict[str, Any]:
    """A value for each argument an address may have, by its name, all of the South's forum of 2550."""
    settings = app.config["SETTINGS"]
    with app.app_context():
        session = db.session()
        meeting = session.scalars(select(Meeting).where(Meeting.slug == "south")).one()

        def first(model: Any) -> int:
            return int(
                session.scalars(select(model.id).where(model.meeting_id == meeting.id).order_by(model.id)).first()
            )

        invitation = session.get_one(Invitation, first(Invitation))
        partner_id = invitation.partner_id
        others = select(Invitation.partner_id).join(Person, Person.id == Invitation.partner_id)
        others = others.where(Invitation.meeting_id == meeting.id, Person.id != partner_id)
        another = session.scalars(others.order_by(Invitation.id)).first()
        look = session.scalars(select(Look).where(Look.page == "sample")).first()
        if look is None:
            session.connection().info["preparing"] = True
            record_look(session, Actor(1, "sample"), "partner", partner_id, at=clock.now(), page="sample")
            look = session.scalars(select(Look).where(Look.page == "sample")).one()
            del session.connection().info["preparing"]
            session.commit()
        kept = session.scalars(select(PartnerImport)).first()
        if kept is None:
            session.connection().info["preparing"] = True
            # What organisers read is theirs alone.
            accounts = sorted(session.scalars(select(User)), key=lambda user: (user.is_organiser, user.id))
            kept = begin_import(
                session,
                Importer(accounts[0].id, Sight(region_ids=frozenset({meeting.region_id or 0}))),
                content="ชื่อ-สกุล\tโทร\nนายตัวอย่าง รายชื่อ\t081-000-0777\n-\t081-000-0778\n".encode(),
                name="",
                is_pasted=True,
                region=meeting.region,
            )
            del session.connection().info["preparing"]
            session.commit()
        found = {
            "code": "2550-1",
            "import_id": kept.id,
            "slug": "south",
            "meeting": "south",
            "region": "south",
            "partner_id": partner_id,
            "other_partner_id": another,
            "invitation_id": invitation.id,
            "item_id": first(AgendaItem),
            "entry_id": first(ProgrammeEntry),
            "attendance_id": first(Attendance),
            "holiday_id": 1,
            "look_id": look.id,
            "province_code": "84",
            "user_id": session.scalars(select(User.id).order_by(User.id)).first(),
            "day": "2007-04-06",
            "kind": "person",
            "name": "my-meetings",
            "filename": "icon.svg",
            "rest": "nothing/here",
            "token": "made-up",
            "reply.link": reply_link(settings, invitation),
            "feeds.link": make_private_link(settings.link_key, FEED_PURPOSE, partner_id, 1),
        }
        session.rollback()
    return found


def address(app: Flask, rule: Rule, values: dict[str, Any]) -> str:
    """A real address of that rule; a new argument fails until it has a value in `parameters`."""
    wanted = {}
    for name in rule.arguments:
        key = f"{rule.endpoint.partition('.')[0]}.{name}"
        wanted[name] = values.get(key, values.get(name))
        assert wanted[name] is not None, f"{rule.rule}: no sample value for <{name}>"
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, wanted)


def browser(app: Flask, role: str) -> FlaskClient:
    """Somebody of that role, who has just typed their password."""
    client = PageClient(app)
    client.http.set_cookie("lang", "en")
    if role != "nobody":
        client.sign_in_as(role)
        with client.http.session_transaction() as session:
            session["fs_paa"] = time.time()
    return client.http


def csrf_token(client: FlaskClient) -> str:
    """A token that this browser's forms would carry."""
    page = client.get("/account", follow_redirects=True).get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page[:500]
    return found[1]


@pytest.fixture
def writes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Statements that changed something and were committed; counting attempts and notes after the response are none."""
    committed: list[str] = []
    monkeypatch.setattr(afterwards, "_write", lambda *_: None)

    def remember(connection: Connection, cursor: object, statement: str, *_: object) -> None:
        if connection.info.get("preparing"):
            return
        if re.match(r"\s*(INSERT|UPDATE|DELETE)\b", statement) and "rate_windows" not in statement:
            connection.info.setdefault("writes", []).append(statement)

    def commit(connection: Connection) -> None:
        committed.extend(connection.info.pop("writes", []))

    def rollback(connection: Connection) -> None:
        connection.info.pop("writes", None)

    with app.app_context():
        engine = db.engine
    listeners = (("before_cursor_execute", remember), ("commit", commit), ("rollback", rollback))
    for name, listener in listeners:
        event.listen(engine, name, listener)
    yield committed
    for name, listener in listeners:
        event.remove(engine, name, listener)


def test_every_endpoint_is_listed_with_its_access(app: Flask) -> None:
    declared: dict[str, str] = {}
    for rule in app.url_map.iter_rules():
        access: Access | None = access_of(app, rule.endpoint)
        declared[rule.endpoint] = access.name if access else "undeclared"
    assert declared == OPENS


@pytest.mark.parametrize("role", ROLES)
def test_every_page_opens_to_whom_it_should_and_changes_nothing(
    app: Flask, sample: Flask, writes: list[str], role: str
) -> None:
    client, values = browser(app, role), parameters(app)
    wrong = []
    for rule in rules(app, "GET"):
        path = address(app, rule, values)
        answer = client.get(path)
        answer.close()
        expected = expected_of(rule.endpoint, role)
        found = answer.status_code
        if found == 302 and answer.headers["Location"].startswith("/login?next="):
            found = 401
        if found != expected:
            wrong.append((rule.endpoint, path, f"expected {expected}, found {found}"))
    assert wrong == [], "\n".join(map(str, wrong))
    assert writes == []


def expected_of(endpoint: str, role: str) -> int:
    """The status; 401 stands for being sent to the sign-in page."""
    access = OPENS.get(endpoint, "anyone")
    if access == "closed":
        return 404
    if role in ADMITS[access]:
        return INSTEAD.get(endpoint, {}).get(role, 200)
    return 401 if role == "nobody" else 403


@pytest.mark.parametrize("role", ["nobody", "reader"])
def test_no_form_is_taken_from_whom_it_is_not_for(app: Flask, sample: Flask, writes: list[str], role: str) -> None:
    client, values = browser(app, role), parameters(app)
    data = {"csrf_token": csrf_token(client)}
    expected = {"nobody": (302, "/login"), "reader": (403, "")}[role]
    wrong = []
    for rule in rules(app, "POST"):
        access = OPENS.get(rule.endpoint, "anyone")
        if role in ADMITS[access] or access == "closed":
            continue
        answer = client.post(address(app, rule, values), data=data)
        found = (answer.status_code, answer.headers.get("Location", "").partition("?")[0])
        if found != expected:
            wrong.append((rule.endpoint, found))
    assert wrong == [], "\n".join(map(str, wrong))
    assert writes == []


def move_coordinator_north(app: Flask) -> None:
    """The sample's coordinator of the South becomes one of the North."""
    with app.app_context():
        user = db.session.scalars(select(User).where(User.email == "south@example.org")).one()
        user.regions = [db.session.scalars(select(Region).where(Region.slug == "north")).one()]
        db.session.commit()


def test_a_coordinator_opens_no_form_of_another_region(app: Flask, sample: Flask) -> None:
    move_coordinator_north(app)
    client, values = browser(app, "coordinator"), parameters(app)
    found = {
        rule.endpoint: client.get(address(app, rule, values)).status_code
        for rule in rules(app, "GET")
        if OPENS.get(rule.endpoint) == "coordinators" and rule.endpoint not in READ_BY_ALL_COORDINATORS
    }
    assert found == dict.fromkeys(found, 403)
    assert len(found) > 10


def test_a_coordinator_changes_nothing_of_another_region(app: Flask, sample: Flask, writes: list[str]) -> None:
    move_coordinator_north(app)
    writes.clear()
    client, values = browser(app, "coordinator"), parameters(app)
    data = {"csrf_token": csrf_token(client)}
    found = {
        rule.endpoint: client.post(address(app, rule, values), data=data).status_code
        for rule in rules(app, "POST")
        if OPENS.get(rule.endpoint) == "coordinators" and rule.endpoint not in OF_NO_REGION
    }
    assert found == dict.fromkeys(found, 403)
    assert writes == []


def test_a_form_without_its_token_is_never_taken(app: Flask, sample: Flask, writes: list[str]) -> None:
    client, values = browser(app, "organiser"), parameters(app)
    found = {rule.endpoint: client.post(address(app, rule, values)).status_code for rule in rules(app, "POST")}
    assert found == dict.fromkeys(found, 400)
    assert writes == []


def test_only_forms_on_private_links_do_without_the_sessions_token(app: Flask) -> None:
    """Telephones that keep no cookies send these; they carry the link's own token."""
    waived = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if f"{view.__module__}.{view.__name__}" in csrf._exempt_views
    }
    assert waived == {
        "feeds.renew",
        "feeds.stop",
        "reply.answer",
        "reply.comment",
        "reply.delegate",
        "reply.reason",
    } | {"reply.needs", "reply.forget_needs"}
