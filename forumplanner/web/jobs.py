"""What the worker does beside the pages: tasks that somebody wakes, and jobs that come round every minute.

Features register both when the application starts; the queue knows none of them. It only wakes, the rows of our own
database are the truth: a wake-up that is lost costs time and nothing else. Any task may run at any time, in any worker.
"""

import logging
from collections.abc import Callable
from pathlib import Path

from flask import Flask, current_app, has_app_context
from huey import Huey, PostgresHuey, SqliteHuey, crontab

from forumplanner.web.database import sqlite_file

log = logging.getLogger(__name__)

NAME = "forumplanner"
EXTENSION = "jobs"

Job = Callable[[], object]


class Jobs:
    """The application's queue, and what is to be done by name."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.tasks: dict[str, Job] = {}
        self.periodic: dict[str, Job] = {}
        self._huey: Huey | None = None
        self._wakes: dict[str, Job] = {}

    def add_task(self, name: str, task: Job) -> None:
        """Register what `wake` of this name does, inside an application context."""
        self.tasks[name] = task

    def add_periodic(self, name: str, job: Job) -> None:
        """Register what is done every minute, inside an application context; one that fails stops no other."""
        self.periodic[name] = job

    @property
    def huey(self) -> Huey:
        """Made at first use: a command that queues nothing opens no queue."""
        if self._huey is None:
            huey = make_huey(self.app.config["SETTINGS"].queue_url)
            self._wakes = {name: huey.task(name=name)(self._within(task)) for name, task in self.tasks.items()}
            for name, job in self.periodic.items():
                huey.periodic_task(crontab(minute="*"), name=name)(self._within(job))
            self._huey = huey
        return self._huey

    def _within(self, job: Job) -> Job:
        def run() -> None:
            with self.app.app_context():
                job()

        return run

    def wake(self, name: str) -> None:
        """Ask a worker to do this task, now. Must not stand inside an open transaction on the queue's own database."""
        try:
            if self.huey is not None:
                self._wakes[name]()
        except Exception:
            # What is to be done stands in our own tables, and a periodic job finds it.
            log.warning("the queue cannot be reached; the next sweep will find what waits", exc_info=True)


def init_jobs(app: Flask) -> None:
    """Give the application its queue."""
    app.extensions[EXTENSION] = Jobs(app)


def jobs_of(app: Flask) -> Jobs:
    """The queue of that application."""
    found: Jobs = app.extensions[EXTENSION]
    return found


def wake(name: str) -> None:
    """Wake a worker of the application at hand; nothing outside of one."""
    if has_app_context() and EXTENSION in current_app.extensions:
        jobs_of(current_app).wake(name)


def make_huey(url: str) -> Huey:
    """The queue at FORUMPLANNER_QUEUE_URL: an SQLite file of its own, or PostgreSQL. Keeps no results."""
    kind, _separator, rest = url.partition("://")
    if kind != "sqlite":
        return PostgresHuey(NAME, dsn=f"postgresql://{rest}", results=False)
    path = sqlite_file(url) or Path()
    path.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(NAME, filename=str(path), timeout=30, results=False)
