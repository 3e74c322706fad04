"""Log lines: one JSON object a line on standard error, with private links masked. Knows no Flask: the parent of `serve`
writes them before the application is loaded."""

import json
import logging
import re
import sys

# The secret part of an address: reply links, personal feeds, password links, also where the address is mistyped.
_PRIVATE = re.compile(r"(/\s*(?:reply|feeds/+p|reset|confirm|welcome)\s*/[/\s\"']*)[^/\s\"'?]+", re.IGNORECASE)
# A private link wherever it stands, in whatever letters it would still open (`web.private_links`).
_LINK = re.compile(r"[0-9a-z]{1,10}-[0-9a-z]{1,6}-[a-z2-7]{20}", re.IGNORECASE)
_TOKEN = re.compile(r"((?:token|code|password|_csrf_token)=)[^&\s\"']+")


def mask_private(text: str) -> str:
    """The text with the secret part of private links replaced."""
    return _LINK.sub("…", _TOKEN.sub(r"\1…", _PRIVATE.sub(r"\1…", text)))


class JsonLines(logging.Formatter):
    """One line a record: time, level, logger, message, and whatever was given as `extra={"data": {...}}`."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": mask_private(record.getMessage()),
        }
        data: dict[str, object] = getattr(record, "data", {})
        entry.update({name: mask_private(value) if isinstance(value, str) else value for name, value in data.items()})
        if record.exc_info:
            entry["exception"] = mask_private(self.formatException(record.exc_info))
        # Once more for what stands deeper inside the data.
        return _LINK.sub("…", json.dumps(entry, ensure_ascii=False, default=str))


def set_up_logging() -> None:
    """Send all logs to standard error as JSON lines; results alone go to standard output."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for quiet in ("fontTools", "weasyprint", "alembic", "huey"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
