"""What tells of faith or health is declared as such where it is kept, stands apart, and is kept by consent alone.

A column is found by its name and by its declaration: one that is called after such a thing and is not declared fails,
and so does a declared one in a table that does not say when its person consented.
"""

import re

from forumplanner.core.db import Base

# The list of sensitive columns: a new one has to be thought about.
SENSITIVE = {"needs.food", "needs.food_note", "needs.help_needed"}
# Pieces of names of columns that would hold such data.
TELLING = re.compile(
    r"food|meal|diet|halal|vegetarian|allerg|health|illness|disease|disab|wheelchair|medic|blood|religi|faith|belief"
    r"|relig|sect\b|church|mosque|ethnic|race\b|genetic|biometric|union_member|politic|sexual|crim|help_needed"
)


def columns() -> dict[str, dict[str, object]]:
    return {
        f"{table.name}.{column.name}": dict(column.info)
        for table in Base.metadata.sorted_tables
        for column in table.columns
    }


def test_every_column_that_holds_such_data_is_on_the_list() -> None:
    named = {name for name in columns() if TELLING.search(name.partition(".")[2])}
    declared = {name for name, info in columns().items() if info.get("sensitive")}
    assert named | declared == SENSITIVE
    assert declared == SENSITIVE


def test_such_data_stands_in_a_table_that_says_when_its_person_consented() -> None:
    for table in {name.partition(".")[0] for name in SENSITIVE}:
        consented = Base.metadata.tables[table].columns["consented_at"]
        assert not consented.nullable
        assert not consented.default
        # Without its person's invitation there is none of it.
        assert all(key.ondelete for key in Base.metadata.tables[table].foreign_keys)
