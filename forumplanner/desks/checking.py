"""What `forumplanner check` looks at."""

import smtplib
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from forumplanner.config import Settings
from forumplanner.web.database import health

SMTP_SECONDS = 10


def list_faults(settings: Settings) -> list[str]:
    """A sentence for each fault, in English; empty where all is well."""
    return [
        *_database_faults(),
        *_font_faults(),
        *_secret_faults(settings.data_dir / "secrets"),
        *(_mail_faults(settings.smtp_url) if settings.is_production else ()),
    ]


def _database_faults() -> Iterator[str]:
    found = health()
    if not found["database"]:
        yield "The database does not answer. Please check FORUMPLANNER_DATABASE_URL and the server."
    elif not found["schema"]:
        yield "The database is not up to date. Please run: forumplanner db upgrade"


def _font_faults() -> Iterator[str]:
    from forumplanner.printing import PrintError, check_fonts

    try:
        check_fonts()
    except (PrintError, OSError) as error:
        yield f"The fonts of paper cannot be used: {error}"


def _secret_faults(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        return
    for path in (folder, *sorted(folder.iterdir())):
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield f"Others may read {path}. Please run: chmod go-rwx {path}"


def _mail_faults(smtp_url: str | None) -> Iterator[str]:
    if not smtp_url:
        yield "FORUMPLANNER_SMTP_URL is not set: no mail leaves. Please name the mail server."
        return
    parts = urlsplit(smtp_url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        with kind(parts.hostname or "localhost", parts.port or 0, timeout=SMTP_SECONDS) as server:
            server.noop()
    except OSError as error:
        yield f"The mail server of FORUMPLANNER_SMTP_URL does not answer: {error}."
