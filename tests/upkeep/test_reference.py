"""Every database of real data begins with the same: regions, bodies, roles, agencies, kinds of groups, figures."""

from collections.abc import Callable
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from forumplanner.accounts.access.passwords import hash_password, normal_password
from forumplanner.core.db import Base, db
from forumplanner.partners.models import Organisation
from forumplanner.places.models import Province, Region
from forumplanner.places.services import get_region, list_regions
from forumplanner.register.models import FinanceKind
from forumplanner.rounds.regions import RegionNames, add_region
from forumplanner.upkeep.emptying import begin_for_real
from forumplanner.upkeep.reference import ensure_reference
from tests.databases import command, make_settings
from tests.regions import SYSTEM

# Tables whose rows are nobody's yet when somebody begins.
REFERENCE = (
    "roles", "regions", "provinces", "bodies", "partners", "organisations", "organisation_names", "seats",
    "finance_kinds", "observations",
)  # fmt: skip
# Accounts and the outbox follow from who began and how; attempts and marks are of the machine; what is left is empty.
OWN = {"users", "account_roles", "outbox_messages", "changes", "rate_windows", "marks"}
# Numbers, instants and counters of a row differ with its way here.
ASIDE = {"id", "version", "created_at", "changed_at", "read_at"}

PASSWORD = "ข้าวเหนียวมะม่วง 2550"


def content(url: str) -> dict[str, list[tuple[str, ...]]]:
    """The rows of every table by their values; references to other rows by what those are called."""
    engine = create_engine(url)
    found: dict[str, list[tuple[str, ...]]] = {}
    with engine.connect() as connection:
        names: dict[tuple[str, Any], str] = {}
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(select(table)).mappings().all()
            told = []
            for row in rows:
                said = []
                for column in table.columns:
                    value = row[column]
                    parents = [key.column.table.name for key in column.foreign_keys]
                    if parents:
                        said.append(f"{column.name}={names.get((parents[0], value), value)}")
                    elif column.name not in ASIDE:
                        said.append(f"{column.name}={value}")
                told.append(tuple(said))
                if len(table.primary_key.columns) == 1:
                    (key,) = table.primary_key.columns
                    names[table.name, row[key]] = "|".join(said)
            found[table.name] = sorted(told)
    engine.dispose()
    return found


def run(folder: Path, *arguments: str, **variables: str) -> str:
    """Run a command on the folder's own database."""
    done = command(folder, url_of(folder), *arguments, **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout


def url_of(folder: Path) -> str:
    return f"sqlite:///{folder / 'forumplanner.sqlite3'}"


def by_prepare(folder: Path) -> None:
    run(folder, "prepare", FORUMPLANNER_DEMO="0")


def twice(folder: Path) -> None:
    for _ in range(2):
        run(folder, "prepare", FORUMPLANNER_DEMO="0")


def in_production(folder: Path) -> None:
    run(
        folder,
        "prepare",
        FORUMPLANNER_ENV="production",
        FORUMPLANNER_SECRET_KEY=token_urlsafe(48),
        FORUMPLANNER_LINK_KEY=token_urlsafe(48),
        FORUMPLANNER_BASE_URL="https://forum.example.org",
        FORUMPLANNER_SMTP_URL="smtp://localhost:25",
        FORUMPLANNER_MAIL_FROM="forum@example.org",
    )


def by_the_first_account(folder: Path) -> None:
    run(folder, "db", "upgrade")
    run(folder, "user", "create", "first@example.org", "--role", "organiser")


def by_leaving_the_sample(folder: Path) -> None:
    from forumplanner.factory import create_app

    run(folder, "prepare")
    app = create_app(make_settings(folder, url_of(folder)))
    with app.test_request_context():
        session = db.session()
        # What was tried out on the sample goes.
        add_region(session, RegionNames("ทดลอง", "Trial"), SYSTEM)
        get_region(session, "south").name_th = "ใต้สุด"
        session.get_one(Province, "60").region = get_region(session, "west")
        session.scalars(select(Organisation)).first().note = "ทดลอง"  # type: ignore[union-attr]
        session.commit()
        hashed = hash_password(normal_password("first@example.org", PASSWORD))
        begin_for_real(session, email="first@example.org", name="สมพร", password_hash=hashed)
        session.commit()
        db.session.remove()
        db.engine.dispose()


def by_restoring(folder: Path) -> None:
    other = folder / "other"
    other.mkdir()
    run(other, "prepare", FORUMPLANNER_DEMO="0")
    run(other, "backup", str(folder / "kept.zip"))
    run(folder, "restore", str(folder / "kept.zip"))


def by_restoring_one_that_lacks_it(folder: Path) -> None:
    other = folder / "other"
    other.mkdir()
    run(other, "db", "upgrade")
    run(other, "backup", str(folder / "kept.zip"))
    run(folder, "restore", str(folder / "kept.zip"))


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, ...]]]:
    folder = tmp_path_factory.mktemp("usual")
    by_prepare(folder)
    return content(url_of(folder))


@pytest.mark.parametrize(
    "begin",
    [
        twice,
        in_production,
        by_the_first_account,
        by_leaving_the_sample,
        by_restoring,
        by_restoring_one_that_lacks_it,
    ],
)
def test_every_start_has_the_same(
    usual: dict[str, list[tuple[str, ...]]], tmp_path: Path, begin: Callable[[Path], None]
) -> None:
    begin(tmp_path)
    found = content(url_of(tmp_path))
    for name in REFERENCE:
        assert usual[name], name
        assert found[name] == usual[name], name
    assert {name for name, rows in found.items() if rows} <= {*REFERENCE, *OWN}


def test_what_somebody_typed_before_stays_and_is_not_doubled(session: Session) -> None:
    session.add(Organisation(name="พอช. ของเรา", short_name="พอช.", sort_key="", search_text=""))
    session.flush()
    assert ensure_reference(session)
    assert not ensure_reference(session)
    found = session.scalars(select(Organisation).where(Organisation.short_name == "พอช.")).all()
    assert [item.name for item in found] == ["พอช. ของเรา"]
    assert len(session.scalars(select(Organisation)).all()) == 9
    assert session.scalars(select(FinanceKind)).first() is not None


def test_what_an_office_changed_stays(app: Flask) -> None:
    with app.app_context():
        session = db.session()
        ensure_reference(session)
        get_region(session, "south").name_th = "ใต้ของเรา"
        session.commit()
        ensure_reference(session)
        assert [region.name_th for region in list_regions(session)][-1] == "ใต้ของเรา"
        assert session.scalars(select(Region)).all()
