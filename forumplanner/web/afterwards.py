"""Notes made after an answer has left: the one way in which opening a page or a calendar writes anything.

A note is small, may be lost, and never slows or breaks the answer: it waits half a second for a busy database at most.
"""

import logging
from collections.abc import Callable

from flask import Response
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from forumplanner.core.db import db, set_reading

log = logging.getLogger(__name__)

PATIENCE = 500
"""Milliseconds."""


def after_response(response: Response, note: Callable[[Session], None]) -> None:
    """Have `note` write in a transaction of its own once this answer has been sent."""
    engine = db.engine
    response.call_on_close(lambda: _write(engine, note))


def _write(engine: Engine, note: Callable[[Session], None]) -> None:
    try:
        set_reading(False)
        if engine.dialect.name == "sqlite":
            _write_impatiently(engine, note)
            return
        with Session(engine) as session:
            session.execute(text(f"SET LOCAL lock_timeout = {PATIENCE}"))
            note(session)
            session.commit()
    except Exception:
        log.warning("a note was lost", exc_info=True)


def _write_impatiently(engine: Engine, note: Callable[[Session], None]) -> None:
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        usual = raw.execute("PRAGMA busy_timeout").fetchone()[0]
        raw.execute(f"PRAGMA busy_timeout={PATIENCE}")
        try:
            with Session(connection) as session:
                note(session)
                session.commit()
        finally:
            connection.rollback()
            raw.execute(f"PRAGMA busy_timeout={usual}")
