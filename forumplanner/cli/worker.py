"""The queue's consumer: `python -m forumplanner.cli.worker`. `forumplanner serve` starts it beside the web process."""

import logging
import sys

from forumplanner.config import SettingsError
from forumplanner.web.log_lines import set_up_logging

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
        run()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from error


def run() -> None:
    """Build the application and consume its queue."""
    from forumplanner.factory import create_app
    from forumplanner.outbox.queue import NOT_SENDING, queue_of

    app = create_app()
    try:
        queue_of(app).huey.pending_count()
    except Exception as error:  # each kind of queue has exceptions of its own
        log.error("the queue of FORUMPLANNER_QUEUE_URL cannot be opened, mail waits: %s", " ".join(str(error).split()))
        raise SystemExit(1) from error
    if app.config["SETTINGS"].smtp_url is None:
        log.warning(NOT_SENDING)
    consumer = queue_of(app).huey.create_consumer(
        workers=WORKERS,
        worker_type="thread",
        max_delay=MAX_DELAY,
        graceful_signal="TERM",
        shutdown_timeout=SHUTDOWN_SECONDS,
    )
    consumer.run()


if __name__ == "__main__":
    main()
