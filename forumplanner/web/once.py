"""One act is one thing: a drawn form that arrives twice does its work once.

Each drawn form carries a key of its own. The first that commits with it writes the key's mark into the database, in the
transaction that makes the rows; a unique constraint lets nobody else do so. The repeat (a button pressed again, a
browser that sends again, two requests at the same moment) is led to where the first was led and told the same.

A form changed and sent again under its old key is another act: what somebody typed is never taken for a repetition.
"""

import hashlib
import json
import logging
import secrets
import time
from datetime import datetime, timedelta

from flask import Flask, Response, current_app, flash, g, has_request_context, make_response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import Row, String, Text, delete, event, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from forumplanner.core import clock
from forumplanner.core.db import Base, UTCDateTime, db
from forumplanner.core.periods import FORMS
from forumplanner.web.access import PRIVATE_LINK, access_of, is_bare
from forumplanner.web.addresses import opened_path
from forumplanner.web.jobs import jobs_of

log = logging.getLogger(__name__)

FIELD = "form_key"
# Buttons that say where to go afterwards, and what pages carry for themselves.
_NOT_TYPED = ("csrf_token", "sent_signed_out", "act", FIELD)
_LONGEST = 64
# A browser may send a form again that it finds in a tab of days ago.
KEPT = timedelta(days=FORMS.number or 0)
BATCH = 1000
# For so long after its commit the first may still be about to say where it was led; a twin waits for that.
PATIENCE = timedelta(seconds=20)
_FLASHES = "_flashes"
# What a blueprint has put on the answer that is replaced.
_OF_PAGES = {"Referrer-Policy", "X-Robots-Tag", "Cache-Control"}


class SpentForm(Base):
    """A form that did its work. `mark` hashes its key and contents; `led_to`, `said`: None until answered."""

    __tablename__ = "spent_forms"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    spent_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    led_to: Mapped[str | None] = mapped_column(Text)
    said: Mapped[str | None] = mapped_column(Text)


def form_key() -> str:
    """A key for one drawn form."""
    return secrets.token_hex(16)


def declare_repeatable(app: Flask, *endpoints: str) -> None:
    """Declare that forms sent there may do their work again: those that change the visitor's session, as signing in."""
    app.extensions.setdefault("repeatable", set()).update(endpoints)


def is_repeatable(app: Flask, endpoint: str) -> bool:
    """Whether an endpoint was declared so."""
    return endpoint in app.extensions.get("repeatable", ())


def _mark_of_request() -> str | None:
    """The mark of the form that was sent; None where it carries no key, or needs none."""
    key = request.form.get(FIELD, "") if request.method == "POST" and not is_bare() else ""
    if not key or len(key) > _LONGEST or request.endpoint is None or is_repeatable(current_app, request.endpoint):
        return None
    by_link = access_of(current_app, request.endpoint) is PRIVATE_LINK
    who = "" if by_link or not current_user.is_authenticated else current_user.get_id()
    typed = [pair for pair in request.form.items(multi=True) if pair[0] not in _NOT_TYPED]
    parts = json.dumps([key, request.path, who, sorted(typed)])
    return hashlib.sha256(parts.encode(errors="surrogatepass")).hexdigest()


def _answer_repeat() -> ResponseReturnValue | None:
    """Before the view: a form that did its work is answered as it was the first time."""
    mark = _mark_of_request()
    if mark is None:
        return None
    g.form_mark, g.form_spent = mark, False
    g.said_before, g.session_before = list(session.get(_FLASHES, [])), _session_values()
    return _answer_of(mark)


def _session_values() -> dict[str, object]:
    return {name: value for name, value in session.items() if name != _FLASHES}


def _answer_of(mark: str) -> Response | None:
    """Where the first was led, saying the same; None where there was no first."""
    found = _find(mark)
    while found is not None and found.led_to is None and clock.now() - found.spent_at < PATIENCE:
        db.session.rollback()  # neither lock nor connection is kept while it waits
        time.sleep(0.02)
        found = _find(mark)
    if found is None:
        return None
    if session.get(_FLASHES, []) != g.said_before:
        session[_FLASHES] = g.said_before
    for category, words in json.loads(found.said or "[]"):
        flash(words, category)
    return make_response(redirect(found.led_to or opened_path(), 303))


def _find(mark: str) -> Row[datetime, str | None, str | None] | None:
    query = select(SpentForm.spent_at, SpentForm.led_to, SpentForm.said).where(SpentForm.mark == mark)
    return db.session().execute(query).first()


def _spend(orm_session: Session) -> None:
    """With the first commit of a request: write its form's mark, in the same transaction."""
    if not has_request_context() or orm_session.in_nested_transaction() or g.get("form_spent", True):
        return
    orm_session.execute(insert(SpentForm).values(mark=g.form_mark, spent_at=clock.now()))
    g.form_spent = True


def _note_answer(response: Response) -> Response:
    """After the view: note where it led and what it said; the loser of two is answered as the winner was."""
    try:
        return _noted(response)
    except SQLAlchemyError:  # the answer stands, whatever becomes of the note
        log.warning("where a form led could not be noted", exc_info=True)
        return response


def _noted(response: Response) -> Response:
    mark = g.get("form_mark")
    if mark is None or (g.form_spent and _note(mark, response)) or response.status_code < 400:
        return response
    db.session.rollback()
    again = _answer_of(mark)
    if again is None:
        return response
    for name in _OF_PAGES & set(response.headers.keys()):
        again.headers[name] = response.headers[name]
    return again


def _note(mark: str, response: Response) -> bool:
    """Whether the mark is really there: a commit that failed afterwards spent nothing."""
    # A session that became somebody's is not to be handed out again with the words.
    said = session.get(_FLASHES, [])[len(g.said_before) :] if _session_values() == g.session_before else []
    values = {"led_to": response.headers.get("Location") or opened_path(), "said": json.dumps(said)}
    # Whatever the view read since its commit is done with; on SQLite it would hold the lock this needs.
    db.session.rollback()
    with db.engine.begin() as connection:
        return connection.execute(update(SpentForm).where(SpentForm.mark == mark).values(**values)).rowcount == 1


def forget_spent_forms() -> None:
    """Delete the marks of forms sent long ago; the worker does so every minute."""
    old = select(SpentForm.mark).where(SpentForm.spent_at <= clock.now() - KEPT).limit(BATCH)
    with db.engine.begin() as connection:
        connection.execute(delete(SpentForm).where(SpentForm.mark.in_(old.with_for_update(skip_locked=True))))


def init_once(app: Flask) -> None:
    """Watch over every form that is sent; after `init_access`, so that nobody learns where another was led."""
    jobs_of(app).add_periodic("forget spent forms", forget_spent_forms)
    app.jinja_env.globals["form_key"] = form_key
    app.before_request(_answer_repeat)
    app.after_request(_note_answer)
    if not event.contains(db.session, "before_commit", _spend):
        event.listen(db.session, "before_commit", _spend)
