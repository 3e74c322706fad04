"""Finished calendars, kept in each process until something they show changes.

What makes a kept body old is read from the database on each request, in one query: the calendar mark, which every
change of a meeting counts up, and the person's own rows. So every process sees a change at once.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.i18n import Lang
from forumplanner.feeds.documents import render
from forumplanner.feeds.rules import Scope
from forumplanner.feeds.services import read_content
from forumplanner.ical import body_etag

Key = tuple[Scope, Lang]
MOST_BYTES = 48_000_000


@dataclass(frozen=True, slots=True)
class Body:
    """A calendar as it is sent, and for how long it is right: while `mark` stands, from `since` to before `until`."""

    content: bytes
    etag: str
    last_modified: datetime
    mark: Hashable
    since: date
    until: date

    def is_right(self, mark: Hashable, today: date) -> bool:
        """Whether it still says what the database does."""
        return self.mark == mark and self.since <= today < self.until


class Bodies(dict[Key, Body]):
    """The kept bodies of one process, the oldest given up where they take too much room.

    `started_at`: when this process began. An earlier one may have had other words; no body is dated before.
    """

    def __init__(self, started_at: datetime) -> None:
        super().__init__()
        self.started_at = started_at

    def keep(self, key: Key, body: Body) -> None:
        """Keep a body in place of the one before it."""
        self.pop(key, None)
        room = MOST_BYTES - len(body.content)
        taken = sum(len(kept.content) for kept in list(self.values()))
        while taken > room and self:
            # Another thread may have given up the same one.
            oldest = self.pop(next(iter(list(self))), None)
            taken -= len(oldest.content) if oldest else 0
        self[key] = body


def build_body(
    session: Session, scope: Scope, lang: Lang, base_url: str, today: date, mark: Hashable, changed_at: datetime
) -> Body:
    """A calendar's body in one language. `mark` and `changed_at` are what was looked up of its state before.

    Raises NotFound for a region, round, public meeting or partner that there is not.
    """
    content, since, until = read_content(session, scope, today)
    body = render(content, lang, base_url)
    return Body(body, body_etag(body), max(changed_at, _dawn(since)), mark, since, until)


def _dawn(day: date) -> datetime:
    """The instant a day begins in Thailand; long ago for the first day there is."""
    return datetime.combine(max(day, date(1970, 1, 2)), time(), clock.BANGKOK)
