"""An index of the three-letter pieces of `Partner.search_text`: finds a part of a word among 137,000 organisations.

It is derived, so it is no part of the schema that migrations keep: `ensure_index` makes it where it is missing, after
every migration, and `build_anew` whenever somebody doubts it. The database keeps it true by itself.

- SQLite: a table of FTS5 with the trigram tokenizer over the column itself, kept by triggers. A rebuild of `partners`
  by a migration drops its triggers, so they are looked for each time.
- PostgreSQL: a GIN index on an array of pieces. Not pg_trgm: it leaves out what its locale knows for no letter (all
  Thai under C), and it is an extension that a server may lack and a database's owner may not add.
"""

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    func,
    inspect,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy.orm import Session

from forumplanner.partners.models import Partner

LETTERS = 3
"""Shorter words stand in no piece of their own."""

RARE = 1000
"""Up to so many found, the index names them all; a commoner word fills a page sooner by reading on in the list."""

_SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS partner_trigrams USING fts5(
        search_text, content='partners', content_rowid='id', tokenize='trigram case_sensitive 1')""",
    """CREATE TRIGGER IF NOT EXISTS partner_trigrams_added AFTER INSERT ON partners BEGIN
        INSERT INTO partner_trigrams (rowid, search_text) VALUES (new.id, new.search_text);
    END""",
    """CREATE TRIGGER IF NOT EXISTS partner_trigrams_removed AFTER DELETE ON partners BEGIN
        INSERT INTO partner_trigrams (partner_trigrams, rowid, search_text) VALUES ('delete', old.id, old.search_text);
    END""",
    """CREATE TRIGGER IF NOT EXISTS partner_trigrams_changed AFTER UPDATE OF search_text ON partners
        WHEN old.search_text <> new.search_text BEGIN
        INSERT INTO partner_trigrams (partner_trigrams, rowid, search_text) VALUES ('delete', old.id, old.search_text);
        INSERT INTO partner_trigrams (rowid, search_text) VALUES (new.id, new.search_text);
    END""",
)
_PARTS = """SELECT count(*) FROM sqlite_master
    WHERE name = 'partner_trigrams' OR name LIKE 'partner#_trigrams#_%' ESCAPE '#' AND type = 'trigger'"""
FORGET_REMOVED = "INSERT INTO partner_trigrams (partner_trigrams) VALUES ('optimize')"
"""On SQLite: let the index hold nothing any more of texts that were changed or removed."""

_POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION partner_trigrams(text) RETURNS text[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT coalesce(array_agg(DISTINCT substr($1, i, 3)), '{}') FROM generate_series(1, length($1) - 2) AS i
    $$""",
    "CREATE INDEX IF NOT EXISTS ix_partners_trigrams ON partners USING gin (partner_trigrams(search_text))",
)


def ensure_index(connection: Connection) -> None:
    """Make the index, or what is missing of it; call it in the transaction of a migration, after it."""
    is_sqlite = connection.dialect.name == "sqlite"
    if not inspect(connection).has_table(Partner.__tablename__):
        connection.exec_driver_sql(
            "DROP TABLE IF EXISTS partner_trigrams" if is_sqlite else "DROP FUNCTION IF EXISTS partner_trigrams(text)"
        )
        return
    is_whole = is_sqlite and connection.exec_driver_sql(_PARTS).scalar_one() == len(_SQLITE)
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        connection.exec_driver_sql(statement)
    if is_sqlite and not is_whole:
        build_anew(connection)


def build_anew(connection: Connection) -> None:
    """Read every partner into the index again."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO partner_trigrams (partner_trigrams) VALUES ('rebuild')")
    else:
        connection.exec_driver_sql("REINDEX INDEX ix_partners_trigrams")


def find_rare(session: Session, words: list[str]) -> list[int] | None:
    """The numbers of all partners whose search text holds every one of these words of three letters and more.

    None where there are more than RARE, or no word is long enough.
    """
    held = holding(session, words)
    if held is None:
        return None
    # SQLite's table is asked itself: it stops at the limit, where a condition on partners would read all it names.
    query = _rows_of(words) if _is_sqlite(session) else select(Partner.id).where(held)
    found = session.scalars(query.limit(RARE + 1)).all()
    return None if len(found) > RARE else list(found)


def holding(session: Session, words: list[str]) -> ColumnElement[bool] | None:
    """The same as a condition on `Partner`, however many they are; None where no word is long enough."""
    long = _long(words)
    if not long:
        return None
    if _is_sqlite(session):
        return Partner.id.in_(_rows_of(words))
    pieces = sorted({word[at : at + LETTERS] for word in long for at in range(len(word) - LETTERS + 1)})
    held = func.partner_trigrams(Partner.search_text).op("@>")(literal(pieces))
    return and_(held, *(Partner.search_text.contains(word, autoescape=True) for word in long))


def _rows_of(words: list[str]) -> Select[int]:
    """The rows of SQLite's table that hold all of these words."""
    # Two marks of quotation stand for one; within them nothing has a meaning of its own.
    phrases = " AND ".join('"' + word.replace('"', '""') + '"' for word in _long(words))
    query: Select[int] = select(literal_column("rowid", Integer)).select_from(text("partner_trigrams"))
    return query.where(text("partner_trigrams MATCH :phrases").bindparams(phrases=phrases))


def _long(words: list[str]) -> list[str]:
    return [word for word in words if len(word) >= LETTERS]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
