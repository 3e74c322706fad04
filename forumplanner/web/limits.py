"""Rate limits, counted in the database: counters in memory would be each process's own.

Counted is by what is asked for first: an account, a genuine link. Hundreds may share one address, so an address counts
where there is nothing else: unknown links, unknown accounts. Opening a page counts nothing before it is answered
(`note_attempt`); what is to count only failures uses `count_attempt` and `take_back`.

Counting needs a transaction of its own, which on SQLite would wait for the request's: so it must happen before the
request has changed anything, and the storage sees to that.
"""

import hashlib
import hmac
import ipaddress
import math

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_limiter import Limiter
from limits import RateLimitItem
from limits.storage import Storage
from sqlalchemy import Engine, Integer, Select, String, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.dml import ReturningInsert

from forumplanner.core import clock
from forumplanner.core.db import Base, db, read_only
from forumplanner.core.errors import TooMany
from forumplanner.core.i18n import N_
from forumplanner.web.afterwards import after_response
from forumplanner.web.errors import refused_form, translated
from forumplanner.web.jobs import jobs_of
from forumplanner.web.transactions import end_reading

SCHEME = "forumplanner"
WAIT = N_("Please wait %(wait)s, then try again. Nothing is lost.")
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
        count = self.counting(key, expiry, amount)
        _let_go()
        with self._engine.begin() as connection:
            return int(connection.execute(count).scalar_one())

    def counting(self, key: str, expiry: int, amount: int = 1) -> ReturningInsert[int]:
        """The statement that counts them and returns the total."""
        now = _now()
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        first = insert(RateWindow).values(key=_hashed(key), hits=amount, expires=now + expiry)
        over = RateWindow.expires <= now
        return first.on_conflict_do_update(
            index_elements=[RateWindow.key],
            set_={
                "hits": case((over, amount), else_=RateWindow.hits + amount),
                "expires": case((over, now + expiry), else_=RateWindow.expires),
            },
        ).returning(RateWindow.hits)

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
        _let_go()
        with self._engine.begin() as connection:
            return connection.execute(delete(RateWindow)).rowcount

    def clear(self, key: str) -> None:
        """Forget one window."""
        _let_go()
        with self._engine.begin() as connection:
            connection.execute(delete(RateWindow).where(RateWindow.key == _hashed(key)))

    def _scalar(self, query: Select[int]) -> int | None:
        end_reading()
        with read_only(), self._engine.connect() as connection:
            return connection.execute(query).scalar()


def _let_go() -> None:
    """End the request's own transaction before another connection is asked for.

    On SQLite it holds the one write lock, for which this thread would then wait; and where every thread kept one
    connection and waited for a second, none would be left. Only a transaction that has read and nothing else is ended;
    counting in the middle of changes is a mistake.
    """
    session = db.session()
    if session.in_transaction() and not end_reading(session) and session.get_bind().dialect.name == "sqlite":
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


def is_used_up(limit: RateLimitItem, *identity: str) -> bool:
    """Whether the next attempt would be one too many; counts nothing."""
    return not limiter.limiter.test(limit, *identity)


def check_not_used_up(limit: RateLimitItem, *identity: str, message: str | None = None) -> None:
    """Refuse with 429 where it is; counts nothing."""
    if is_used_up(limit, *identity):
        raise too_many(limiter.limiter.get_window_stats(limit, *identity).reset_time, message)


def note_attempt(response: Response, limit: RateLimitItem, *identity: str) -> None:
    """Count one attempt once the answer has been sent: for pages that are only opened."""
    count = DatabaseStorage().counting(limit.key_for(*identity), limit.get_expiry())

    def note(session: Session) -> None:
        session.execute(count)

    after_response(response, note)


def take_back(limit: RateLimitItem, *identity: str) -> None:
    """Undo the count of one attempt."""
    limiter.limiter.hit(limit, *identity, cost=-1)


def forget_attempts(limit: RateLimitItem, *identity: str) -> None:
    """Begin anew, after a success."""
    limiter.limiter.clear(limit, *identity)


def too_many(until: float, message: str | None = None) -> TooMany:
    """The refusal that says how long to wait; `until` in Unix seconds."""
    seconds = max(1, math.ceil(until - _seconds()))
    minutes = math.ceil(seconds / 60)
    wait = ngettext("%(num)d minute", "%(num)d minutes", minutes)
    return TooMany(message or WAIT, wait=wait, seconds=seconds)


def show_too_many(refusal: TooMany) -> ResponseReturnValue:
    """The 429 page: how long to wait, in words and for programs; what was typed, to be sent again afterwards."""
    page = refused_form(429, translated(refusal), _("Too many attempts"))
    return page, 429, {"Retry-After": str(refusal.params.get("seconds", 60))}


def init_limits(app: Flask) -> None:
    """Set up Flask-Limiter, whose strategy and windows we use; refusals say how long to wait."""
    limiter.init_app(app)
    jobs_of(app).add_periodic("forget limits", forget_expired)
    app.register_error_handler(TooMany, show_too_many)
