"""Minutes as a PDF, from the rows of the sample's forum in the South to the last byte, against bare WeasyPrint on the
finished HTML with the same style sheets."""

import time
from collections.abc import Iterator
from typing import Any

import weasyprint

from bench.figures import Figure, time_in_turn
from bench.sample import sample_app
from forumplanner.core.db import db
from forumplanner.minutes.compiling import compile_minutes
from forumplanner.minutes.documents import minutes_html, minutes_pdf
from forumplanner.printing.press import STYLES
from forumplanner.rounds.services import get_meeting

MILLISECONDS = 1000
SHEETS = ("base.css", "minutes.css")


def measure() -> Iterator[Figure]:
    """`minutes_pdf`: two pages, in a process that has printed before."""
    with sample_app() as app, app.app_context():

        def ours() -> bytes:
            session = db.session()
            document = compile_minutes(session, get_meeting(session, "2550-1", "south"))
            session.rollback()
            return minutes_pdf(document)

        session = db.session()
        html = minutes_html(compile_minutes(session, get_meeting(session, "2550-1", "south")))

        def baseline() -> Any:
            page = weasyprint.HTML(string=html, base_url=f"{STYLES.as_uri()}/")
            return page.write_pdf(stylesheets=[(STYLES / name).as_uri() for name in SHEETS])

        us, them = time_in_turn(ours, baseline, time.process_time)
        yield Figure("minutes_pdf", us * MILLISECONDS, them * MILLISECONDS, "ms", "processor time per document")
