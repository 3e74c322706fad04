"""What `forumplanner check` looks at."""

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from forumplanner.config import DEFAULT_MAIL_FROM, Settings
from forumplanner.core.db import db
from forumplanner.core.mail_settings import read_smtp_url
from forumplanner.feeds.documents import list_unrenderable, page_address
from forumplanner.outbox.services import count_held
from forumplanner.outbox.transport import ServerUnavailable, SmtpTransport
from forumplanner.web.database import fault_of_database, health, sqlite_file
from forumplanner.web.jobs import make_huey

SMTP_SECONDS = 10


def list_faults(settings: Settings) -> list[str]:
    """A sentence for each fault beside the database, in English; empty where all is well. Needs no application."""
    return [
        *_font_faults(),
        *_open_to_others(_private_files(settings)),
        *(_mail_faults(settings) if settings.is_production else ()),
    ]


def list_database_faults(settings: Settings) -> list[str]:
    """The same for a database that is there, and the queue; inside an application context."""
    return [*_database_faults(settings), *_queue_faults(settings.queue_url), *_calendar_faults(), *_held_mail()]


def _database_faults(settings: Settings) -> Iterator[str]:
    fault = fault_of_database(settings)
    if fault:
        yield fault


def _queue_faults(url: str) -> Iterator[str]:
    try:
        make_huey(url).pending_count()
    except Exception as error:  # each kind of queue has exceptions of its own
        yield f"The queue of FORUMPLANNER_QUEUE_URL cannot be opened: {' '.join(str(error).split())}"


def _calendar_faults() -> Iterator[str]:
    if not all(health().values()):
        return
    for found in list_unrenderable(db.session()):
        yield f"{page_address('', found.meeting)}: {found.refusal}"


def _held_mail() -> Iterator[str]:
    held = count_held(db.session()) if all(health().values()) else 0
    if held:
        yield (
            f"A restore brought back messages that had not left: {held}. Please decide: forumplanner outbox release"
            " sends them, forumplanner outbox discard does not."
        )


def _font_faults() -> Iterator[str]:
    from forumplanner.printing import PrintError, check_fonts

    try:
        check_fonts()
    except (PrintError, OSError) as error:
        yield f"The fonts of paper cannot be used: {error}"


def _private_files(settings: Settings) -> Iterator[Path]:
    folder = settings.data_dir / "secrets"
    if folder.is_dir():
        yield folder
        yield from sorted(folder.iterdir())
    yield from filter(None, map(sqlite_file, (settings.database_url, settings.queue_url)))


def _open_to_others(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield f"Others may read {path}. Please run: chmod go-rwx {path}"


def _mail_faults(settings: Settings) -> Iterator[str]:
    if settings.mail_from == DEFAULT_MAIL_FROM:
        yield f"FORUMPLANNER_MAIL_FROM is still {DEFAULT_MAIL_FROM}. Please name a mailbox that somebody reads."
    if not settings.smtp_url:
        yield "FORUMPLANNER_SMTP_URL is not set: no mail leaves. Please name the mail server."
        return
    try:
        with SmtpTransport(read_smtp_url(settings.smtp_url), timeout=SMTP_SECONDS) as transport:
            transport.try_out()
    except ValueError as error:
        yield str(error)
    except ServerUnavailable as error:
        yield f"The mail server of FORUMPLANNER_SMTP_URL takes no mail from here: {error}"
