"""A database for measurements: the sample round, in a temporary folder, and as many meetings more as are wanted."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from forumplanner.agenda.services import add_usual_agenda
from forumplanner.config import read_settings
from forumplanner.core.db import db
from forumplanner.factory import create_app
from forumplanner.rounds.models import Body, Meeting, MeetingDay, MeetingKind, MeetingStatus, Round
from forumplanner.rounds.services import touch_calendar

# The day the sample takes for today is 6 March 2550; the round's own ten meetings lie around it.
FIRST_EXTRA = date(2007, 4, 2)


@contextmanager
def prepared_folder(database_url: str | None = None) -> Iterator[dict[str, str]]:
    """The environment of a data folder that holds the sample round, on SQLite unless told; deleted afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FORUMPLANNER_")}
        environment |= {"FORUMPLANNER_ENV": "test", "FORUMPLANNER_DATA_DIR": folder}
        if database_url:
            environment["FORUMPLANNER_DATABASE_URL"] = database_url
        program = Path(sys.executable).with_name("forumplanner")
        for words in (("db", "upgrade"), ("demo", "load")):
            subprocess.run([program, *words], env=environment, check=True, capture_output=True)
        yield environment


@contextmanager
def sample_app(database_url: str | None = None) -> Iterator[Flask]:
    """The application on such a database."""
    with prepared_folder(database_url) as environment:
        app = create_app(read_settings(environment))
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def fill_up(app: Flask, count: int) -> None:
    """Add working meetings with hours and the usual agenda, one a week, until there are `count` meetings."""
    with app.app_context():
        session = db.session()
        known = session.scalar(select(func.count()).select_from(Meeting)) or 0
        round_ = session.scalars(select(Round)).first()
        body = session.scalars(select(Body).where(Body.slug == "working")).one()
        assert round_ is not None
        for number in range(count - known):
            on = FIRST_EXTRA + timedelta(weeks=number)
            meeting = Meeting(
                round_id=round_.id,
                body_id=body.id,
                kind=MeetingKind.WORKING,
                slug=on.isoformat(),
                status=MeetingStatus.ANNOUNCED,
                starts_on=on,
                ends_on=on,
                uid=f"bench-{number}@example.org",
                venue_th="ห้องประชุมตัวอย่าง อ.หาดใหญ่ จ.สงขลา",
            )
            meeting.days = [MeetingDay(on=on, opens_at=time(9), closes_at=time(16, 30))]
            session.add(meeting)
            session.flush()
            add_usual_agenda(session, meeting, round_.questions)
            touch_calendar(session, meeting)
        session.commit()
