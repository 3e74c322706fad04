"""Rate limits, counted in the database: counters in memory would be each process's own.

Views name their own limit with `@limiter.limit("30 per hour")`; what is to count only failures uses `count_attempt`
and `take_back`. Counting needs a transaction of its own, which on SQLite would wait for the request's: so it must
happen before the request has changed anything, and the storage sees to that.
"""

import hashlib
import hmac
import ipaddress
import math

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_limiter import Limiter, RateLimitExceeded
from limits import RateLimitItem
from limits.storage import Storage
from sqlalchemy import Engine, Integer, Select, String, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from forumplanner.core import clock
from forumplanner.core.db import Base, db, read_only
from forumplanner.core.errors import TooMany
from forumplanner.core.i18n import N_
from forumplanner.web.jobs import jobs_of
from forumplanner.web.transactions import end_reading

SCHEME = "forumplanner"
# Most windows forgotten in one go.
BATCH = 1000


class RateWindow(Base):
    """Hits in one window of one limit. `expires` is Unix seconds; keys are keyed hashes: they tell no address."""

    __tablename__ = "rate_windows"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    hits: Mapped[int] = mapped_column(Integer)
    expires: Mapped[int] = mapped_column(Integer, index=True)


def _hashed(key: str) -> str:
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, b"rate window:" + key.encode(), hashlib.sha256).hexdigest()


def _seconds() -> float:
    return clock.now().timestamp()


def _now() -> int:
    return int(_seconds())


class DatabaseStorage(Storage):
    """Fixed windows in the application's database, in transactions of their own."""

    STORAGE_SCHEME = [SCHEME]

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return (SQLAlchemyError,)

    @property
    def _engine(self) -> Engine:
        return db.engine

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more hits and return the window's total; a window that has run out starts anew."""
        now = _now()
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        first = insert(RateWindow).values(key=_hashed(key), hits=amount, expires=now + expiry)
        over = RateWindow.expires <= now
        count = first.on_conflict_do_update(
            index_elements=[RateWindow.key],
            set_={
                "hits": case((over, amount), else_=RateWindow.hits + amount),
                "expires": case((over, now + expiry), else_=RateWindow.expires),
            },
        ).returning(RateWindow.hits)
        _let_go_of_write_lock()
        with self._engine.begin() as connection:
            return int(connection.execute(count).scalar_one())

    def get(self, key: str) -> int:
        """The hits of the running window, or 0."""
        query = select(RateWindow.hits).where(RateWindow.key == _hashed(key), RateWindow.expires > _now())
        return self._scalar(query) or 0

    def get_expiry(self, key: str) -> float:
        """When the running window ends, in Unix seconds; now, if there is none."""
        query = select(RateWindow.expires).where(RateWindow.key == _hashed(key), RateWindow.expires > _now())
        return float(self._scalar(query) or _seconds())

    def check(self) -> bool:
        """Whether the database answers."""
        return self._scalar(select(1)) == 1

    def reset(self) -> int | None:
        """Forget every window."""
        _let_go_of_write_lock()
        with self._engine.begin() as connection:
            return connection.execute(delete(RateWindow)).rowcount

    def clear(self, key: str) -> None:
        """Forget one window."""
        _let_go_of_write_lock()
        with self._engine.begin() as connection:
            connection.execute(delete(RateWindow).where(RateWindow.key == _hashed(key)))

    def _scalar(self, query: Select[int]) -> int | None:
        with read_only(), self._engine.connect() as connection:
            return connection.execute(query).scalar()


def _let_go_of_write_lock() -> None:
    """End the request's own transaction, which on SQLite holds the one write lock this thread would then wait for.

    Only a transaction that has read and nothing else is ended; counting in the middle of changes is a mistake.
    """
    session = db.session()
    if not session.in_transaction() or session.get_bind().dialect.name != "sqlite":
        return
    if not end_reading(session):
        raise RuntimeError("attempts are counted before the request changes anything")


def forget_expired() -> None:
    """Delete windows that have run out; the worker does so every minute."""
    old = select(RateWindow.key).where(RateWindow.expires <= _now()).limit(BATCH).with_for_update(skip_locked=True)
    with db.engine.begin() as connection:
        connection.execute(delete(RateWindow).where(RateWindow.key.in_(old)))


def client_address() -> str:
    """The visitor's address, as the proxy in front told it (`factory`); of an IPv6 address the network, since one
    person commands 2**64 of them."""
    peer = request.remote_addr or ""
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return peer
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return peer


limiter = Limiter(key_func=client_address, storage_uri=f"{SCHEME}://", strategy="fixed-window")


def count_attempt(limit: RateLimitItem, *identity: str) -> None:
    """Count one attempt; refuses with 429 once the limit is used up, saying how long to wait.

    Counted before it is known whether the attempt succeeds, so that many at once cannot slip through; `take_back` the
    count of one that did.
    """
    strategy = limiter.limiter
    if not strategy.hit(limit, *identity):
        raise too_many(strategy.get_window_stats(limit, *identity).reset_time)


def take_back(limit: RateLimitItem, *identity: str) -> None:
    """Undo the count of one attempt."""
    limiter.limiter.hit(limit, *identity, cost=-1)


def forget_attempts(limit: RateLimitItem, *identity: str) -> None:
    """Begin anew, after a success."""
    limiter.limiter.clear(limit, *identity)


def too_many(until: float) -> TooMany:
    """The refusal that says how long to wait; `until` in Unix seconds."""
    seconds = max(1, math.ceil(until - _seconds()))
    minutes = math.ceil(seconds / 60)
    wait = ngettext("%(num)d minute", "%(num)d minutes", minutes)
    return TooMany(N_("Please wait %(wait)s, then try again. Nothing is lost."), wait=wait, seconds=seconds)


def show_too_many(refusal: TooMany) -> ResponseReturnValue:
    """The 429 page: how long to wait, in words and for programs."""
    db.session.rollback()
    detail = _(refusal.message, **refusal.params)
    page = render_template("errors/error.html", heading=_("Too many attempts"), detail=detail)
    return page, 429, {"Retry-After": str(refusal.params.get("seconds", 60))}


def show_limit_reached(error: RateLimitExceeded) -> ResponseReturnValue:
    """The same for a view's own limit."""
    breached = limiter.current_limit
    return show_too_many(too_many(breached.reset_at if breached else _seconds() + 60))


def init_limits(app: Flask) -> None:
    """Set up Flask-Limiter; its refusals, and our own, say how long to wait."""
    limiter.init_app(app)
    jobs_of(app).add_periodic("forget limits", forget_expired)
    app.register_error_handler(TooMany, show_too_many)
    app.register_error_handler(RateLimitExceeded, show_limit_reached)
