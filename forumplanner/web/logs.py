"""A log line a request."""

import logging
import time

from flask import Flask, Response, g, request

from forumplanner.web.access import for_bare_too
from forumplanner.web.log_lines import mask_private

_requests = logging.getLogger("forumplanner.request")


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
