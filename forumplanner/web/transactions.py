"""Transactions within a request: ending one that has only read, before something that takes its time.

On SQLite a request that may change something holds the one write lock from its first query on. Whatever is slow
(hashing a password) or needs a transaction of its own (counting attempts) comes before the first change, with the lock
let go.
"""

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from forumplanner.core.db import db

_CHANGED = "flushed_changes"


def end_reading(session: Session | None = None) -> bool:
    """End the transaction if it has read and nothing else; rows are read anew when they are next looked at.

    False where there are changes, which only their own request may end.
    """
    session = session or db.session()
    if session.new or session.dirty or session.deleted or session.info.get(_CHANGED):
        return False
    session.rollback()
    return True


def _note_changes(session: Session, context: UOWTransaction) -> None:
    session.info[_CHANGED] = True


def _note_statement(state: ORMExecuteState) -> None:
    if not state.is_select:
        state.session.info[_CHANGED] = True


def _forget_changes(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_CHANGED, None)


def init_transactions(_app: Flask) -> None:
    """Have sessions remember whether they changed anything."""
    if not event.contains(db.session, "after_flush", _note_changes):
        event.listen(db.session, "after_flush", _note_changes)
        event.listen(db.session, "do_orm_execute", _note_statement)
        event.listen(db.session, "after_commit", _forget_changes)
        event.listen(db.session, "after_rollback", _forget_changes)
