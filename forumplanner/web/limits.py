"""Rate limits, counted in the database: counters in memory would be each process's own."""

import hashlib
import time

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.storage import Storage
from sqlalchemy import Engine, Integer, Select, String, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from forumplanner.core.db import Base, db


class RateWindow(Base):
    """Hits in one window of one limit. Times are Unix seconds; keys are hashed: no address is stored."""

    __tablename__ = "rate_windows"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    hits: Mapped[int] = mapped_column(Integer)
    expires: Mapped[int] = mapped_column(Integer, index=True)


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


class DatabaseStorage(Storage):  # type: ignore[misc]
    """Fixed windows in the application's database, in transactions of their own."""

    STORAGE_SCHEME = ["forumplanner"]

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        return (OSError,)

    @property
    def _engine(self) -> Engine:
        return db.engine

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more hits and return the window's total; an expired window starts anew."""
        now = int(time.time())
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        count = insert(RateWindow).values(key=_hashed(key), hits=amount, expires=now + expiry)
        count = count.on_conflict_do_update(
            index_elements=[RateWindow.key], set_={"hits": RateWindow.hits + amount}
        ).returning(RateWindow.hits)
        with self._engine.begin() as connection:
            connection.execute(delete(RateWindow).where(RateWindow.expires <= now))
            return int(connection.execute(count).scalar_one())

    def get(self, key: str) -> int:
        """The hits of the running window, or 0."""
        query = select(RateWindow.hits).where(RateWindow.key == _hashed(key), RateWindow.expires > int(time.time()))
        return self._scalar(query) or 0

    def get_expiry(self, key: str) -> float:
        """When the running window ends, in Unix seconds."""
        return float(self._scalar(select(RateWindow.expires).where(RateWindow.key == _hashed(key))) or time.time())

    def check(self) -> bool:
        """Whether the database answers."""
        return self._scalar(select(1)) == 1

    def reset(self) -> int | None:
        """Forget every window."""
        with self._engine.begin() as connection:
            return connection.execute(delete(RateWindow)).rowcount

    def clear(self, key: str) -> None:
        """Forget one window."""
        with self._engine.begin() as connection:
            connection.execute(delete(RateWindow).where(RateWindow.key == _hashed(key)))

    def _scalar(self, query: Select[tuple[int]]) -> int | None:
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()


limiter = Limiter(key_func=get_remote_address, storage_uri="forumplanner://", strategy="fixed-window")


def init_limits(app: Flask) -> None:
    """Set up Flask-Limiter; each view names its own limit with `@limiter.limit(...)`."""
    limiter.init_app(app)
