"""Structured logs on standard error, one JSON object a line, with private links masked."""

import json
import logging
import re
import sys
import time

from flask import Flask, Response, g, request

from forumplanner.web.access import for_bare_too

# The secret part of an address: reply links, personal feeds, password links.
_PRIVATE = re.compile(r"(/(?:reply|feeds/p|reset|confirm|welcome)/)[^/\s\"'?]+")
_requests = logging.getLogger("forumplanner.request")
_TOKEN = re.compile(r"((?:token|code|password|_csrf_token)=)[^&\s\"']+")


def mask_private(text: str) -> str:
    """The text with the secret part of private links replaced."""
    return _TOKEN.sub(r"\1…", _PRIVATE.sub(r"\1…", text))


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
        return json.dumps(entry, ensure_ascii=False)


def set_up_logging(level: int = logging.INFO) -> None:
    """Send all logs to standard error as JSON lines; results alone go to standard output."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for quiet in ("fontTools", "weasyprint", "alembic", "huey"):
        logging.getLogger(quiet).setLevel(logging.WARNING)


@for_bare_too
def _start_timer() -> None:
    g.started = time.perf_counter()


@for_bare_too
def _log_request(response: Response) -> Response:
    if request.endpoint != "static" and _requests.isEnabledFor(logging.INFO):
        milliseconds = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
        data = {
            "method": request.method,
            "path": mask_private(request.path),
            "status": response.status_code,
            "ms": round(milliseconds, 1),
        }
        _requests.info("request", extra={"data": data})
    return response


def init_logs(app: Flask) -> None:
    """Log each request once, without its query."""
    app.before_request(_start_timer)
    app.after_request(_log_request)
