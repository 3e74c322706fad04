"""The record of processing cannot fall behind: every column that holds personal data is declared beside its model."""

from collections import Counter

from forumplanner.core.db import Base
from forumplanner.desks.held import HELD, declared_columns
from tests.guards.test_private import ON_THE_LISTS, private_columns

# Columns that no page shows to everybody and that are nobody's data.
NOBODYS = {"provinces.sort_key"}
# Tables whose rows people are known by.
PEOPLE = {"partners", "people", "users", "invitations"}
# What points at one only as part of itself, or at an organisation.
NOT_OF_PEOPLE = {"people.id", "organisations.id", "people.organisation_id", "partners.province_code"}


def test_every_private_column_is_declared() -> None:
    private = {f"{column.table.name}.{column.name}" for column in private_columns()}
    listed = {f"{table}.{name}" for table, names in ON_THE_LISTS.items() for name in names}
    assert (private | listed) - NOBODYS - set(declared_columns()) == set()


def test_every_table_that_points_at_people_is_declared() -> None:
    declared = {name.partition(".")[0] for name in declared_columns()}
    pointing = {
        table.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name in ("actor_id", "partner_id", "account_id")
        or any(key.target_fullname.partition(".")[0] in PEOPLE for key in column.foreign_keys)
        if f"{table.name}.{column.name}" not in NOT_OF_PEOPLE
    }
    assert pointing - declared == set()
    assert {"looks", "changes", "invitations", "phones"} <= pointing


def test_what_is_declared_exists_and_stands_once() -> None:
    known = {f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns}
    counts = Counter(declared_columns())
    assert set(counts) - known == set()
    assert [name for name, count in counts.items() if count > 1] == []


def test_what_needs_consent_is_what_is_declared_as_sensitive() -> None:
    sensitive = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info.get("sensitive")
    }
    by_consent = {
        f"{table}.{name}"
        for held in HELD
        if held.needs_consent
        for table, names in held.columns.items()
        for name in names
    }
    assert sensitive
    assert sensitive <= by_consent
    others = {name for held in HELD if not held.needs_consent for table in held.columns for name in [table]}
    assert others & {name.partition(".")[0] for name in sensitive} == set()
