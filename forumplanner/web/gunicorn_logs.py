"""gunicorn's own messages, as the lines of all our logs; requests are logged by the application."""

from typing import Any

from gunicorn.glogging import Logger as GunicornLogger

from forumplanner.web.log_lines import set_up_logging


class Logger(GunicornLogger):
    """Hands errors to the root logger and drops the access log, which would show private links."""

    def setup(self, cfg: Any) -> None:
        set_up_logging()
        self.error_log.propagate = True
        self.error_log.handlers = []

    def access(self, *arguments: Any, **named: Any) -> None:
        """Nothing: see `web.logs`."""
