"""The queue's consumer. `forumplanner serve` starts it beside the web process; `python -m forumplanner.cli.worker` is
one more, on another machine."""

import logging
import sys
from typing import TYPE_CHECKING

from forumplanner.config import SettingsError
from forumplanner.web.log_lines import set_up_logging

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger(__name__)

WORKERS = 2
# Longest pause between looks at an SQLite queue, in seconds.
MAX_DELAY = 0.5
# What is under way may take this long to end after SIGTERM, in seconds.
SHUTDOWN_SECONDS = 10


def main() -> None:
    """Run until SIGTERM, then let what is under way end."""
    set_up_logging()
    try:
        from forumplanner.factory import create_app

        raise SystemExit(run(create_app()))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from error


def run(app: "Flask") -> int:
    """Consume the application's queue until SIGTERM; returns the exit code."""
    from forumplanner.outbox.jobs import NOT_SENDING
    from forumplanner.web.jobs import jobs_of

    try:
        jobs_of(app).huey.pending_count()
    except Exception as error:  # each kind of queue has exceptions of its own
        log.error("the queue of FORUMPLANNER_QUEUE_URL cannot be opened, mail waits: %s", " ".join(str(error).split()))
        return 1
    if app.config["SETTINGS"].smtp_url is None:
        log.warning(NOT_SENDING)
    consumer = jobs_of(app).huey.create_consumer(
        workers=WORKERS,
        worker_type="thread",
        max_delay=MAX_DELAY,
        graceful_signal="TERM",
        shutdown_timeout=SHUTDOWN_SECONDS,
    )
    consumer.run()
    return 0


if __name__ == "__main__":
    main()
