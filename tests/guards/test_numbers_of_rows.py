"""No row gets the number of one that is gone: history, addresses and anchors would tell of it what is another's."""

import ast
import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text
from werkzeug.routing.converters import IntegerConverter

from forumplanner.core.db import Base, db
from forumplanner.history.services import SYSTEM, list_changes, record_change
from forumplanner.outcomes.models import Outcome, OutcomeKind
from forumplanner.rounds.models import AddedHoliday
from tests.guards.test_house import ROOT, tracked

# What rows are called where they are named by their number, and the table they stand in. A new name fails below: it is
# added here, with its table.
TABLES = {
    "agenda_item": "agenda_items",
    "attendance": "attendances",
    "entry": "programme_entries",
    "holiday": "added_holidays",
    "import": "partner_imports",
    "invitation": "invitations",
    "item": "agenda_items",
    "line": "attendances",
    "meeting": "meetings",
    "minutes": "minutes",
    "outcome": "outcomes",
    "partner": "partners",
    "other_partner": "partners",
    # A list of many: no row of its own.
    "partners": "partners",
    "look": "looks",
    "personal_feed": "partners",
    "region": "regions",
    "retention": "retention_periods",
    "round": "rounds",
    "submission": "submissions",
    "user": "users",
}
NAMING = {"record_change": 2, "record_name": 2, "record_look": 2, "noting_look": 1}
ANCHOR = re.compile(r"id=\"([a-z-]+)-\{\{[^}]*\b(?:id|known_id)\b[^}]*\}\}")


def constants() -> dict[str, str]:
    """The texts that modules keep under a name in capitals, by `feature.NAME`."""
    found: dict[str, str] = {}
    for path in tracked("forumplanner/*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Constant)
                and isinstance(node.value.value, str)
            ):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        found[f"{path.relative_to(ROOT / 'forumplanner').parts[0]}.{target.id}"] = node.value.value
    return found


def named_in_history() -> Iterator[str]:
    """What is given as the thing wherever history is written."""
    known = constants()
    for path in tracked("forumplanner/*.py"):
        feature = path.relative_to(ROOT / "forumplanner").parts[0]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        origins = imported_from(tree)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called not in NAMING or feature == "history" or path.name == "access.py":
                continue
            thing = node.args[NAMING[called]]
            if isinstance(thing, ast.Constant):
                yield str(thing.value)
            else:
                name = thing.attr if isinstance(thing, ast.Attribute) else thing.id  # type: ignore[attr-defined]
                module = thing.value.id if isinstance(thing, ast.Attribute) else name  # type: ignore[attr-defined]
                yield known[f"{origins.get(module, feature)}.{name}"]


def imported_from(tree: ast.Module) -> dict[str, str]:
    """The names a module takes from features, with the feature each comes from."""
    return {
        alias.asname or alias.name: node.module.split(".")[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("forumplanner.") and node.module
        for alias in node.names
    }


def named_in_addresses(app: Flask) -> Iterator[str]:
    """The arguments of routes that are numbers."""
    for rule in app.url_map.iter_rules():
        for argument, converter in rule._converters.items():
            if isinstance(converter, IntegerConverter):
                yield argument.removesuffix("_id")


def named_in_anchors() -> Iterator[str]:
    """The places within a page that a row's number names."""
    for path in tracked("templates/*.html"):
        yield from ANCHOR.findall(path.read_text(encoding="utf-8"))


def test_every_table_with_numbers_of_its_own_counts_on() -> None:
    again = {
        table.name
        for table in Base.metadata.tables.values()
        if table.autoincrement_column is not None and not table.dialect_options["sqlite"]["autoincrement"]
    }
    assert again == set()


def test_whatever_is_named_by_a_number_stands_in_a_table_that_counts_on(app: Flask) -> None:
    history, addresses, anchors = set(named_in_history()), set(named_in_addresses(app)), set(named_in_anchors())
    assert {"outcome", "user", "personal_feed", "invitation"} <= history
    assert {"holiday", "entry", "partner"} <= addresses
    assert {"outcome", "line", "item"} <= anchors
    unknown = (history | addresses | anchors) - TABLES.keys()
    assert unknown == set(), "named by a number, but nobody says in which table"
    for name in TABLES.values():
        assert Base.metadata.tables[name].dialect_options["sqlite"]["autoincrement"], name


@pytest.mark.both_databases
def test_a_new_outcome_has_no_history_of_a_deleted_one(sample: Flask) -> None:
    with sample.app_context():
        last = db.session.scalars(select(Outcome).order_by(Outcome.id.desc())).first()
        assert last is not None
        gone, item_id = last.id, last.agenda_item_id
        record_change(db.session(), SYSTEM, "outcome", gone, "text", "เดิม", "ใหม่")
        db.session.delete(last)
        db.session.flush()
        made = Outcome(agenda_item_id=item_id, kind=OutcomeKind.PROGRESS, position=90, text="ข้อสรุปใหม่")
        db.session.add(made)
        db.session.flush()
        assert made.id > gone
        assert list_changes(db.session(), "outcome", made.id) == []


@pytest.mark.both_databases
def test_an_older_database_counts_on_behind_what_its_history_names(app: Flask) -> None:
    named = {"holiday": "added_holidays", "user": "users", "outcome": "outcomes", "submission": "submissions"}
    with app.app_context():
        db.session.remove()
        downgrade(revision="0006")
        with db.engine.begin() as connection:
            for thing in named:
                row = {"at": "2026-01-01 00:00:00+00:00", "thing": thing}
                words = "INSERT INTO changes (at, actor, thing, thing_id, field) VALUES (:at, '', :thing, 500, 'text')"
                connection.execute(text(words), row)
            values = "('2026-01-01', 700, '', 'partner', 800)"
            connection.execute(text(f'INSERT INTO looks ("on", actor_id, actor, thing, thing_id) VALUES {values}'))
        upgrade()
        holiday = {"on": "2026-01-01", "name_th": "วันหยุด", "name_en": ""}
        words = 'INSERT INTO added_holidays ("on", name_th, name_en) VALUES (:on, :name_th, :name_en) RETURNING id'
        with db.engine.begin() as connection:
            assert connection.execute(text(words), holiday).scalar() == 501
        assert next_number("users") == 701
        assert next_number("partners") == 801
        assert next_number("submissions") == 501


def next_number(table: str) -> int:
    """The number the next row of that table would get."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            query, more = text("SELECT nextval(pg_get_serial_sequence(:name, 'id'))"), 0
        else:
            query, more = text("SELECT seq FROM sqlite_sequence WHERE name = :name"), 1
        return int(connection.execute(query, {"name": table}).scalar_one()) + more


def test_a_migration_that_makes_a_table_anew_lets_it_count_on(app: Flask) -> None:
    with app.app_context():
        for day in (1, 2):
            db.session.add(AddedHoliday(on=date(2026, 5, day), name_th=f"วันที่ {day}", name_en=""))
        db.session.flush()
        last = db.session.scalars(select(AddedHoliday).order_by(AddedHoliday.id.desc())).first()
        assert last is not None
        number = last.id
        db.session.delete(last)
        db.session.commit()
        db.session.remove()
        downgrade(revision="0006")
        upgrade()
        assert next_number("added_holidays") == number + 1
