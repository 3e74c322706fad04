"""A calendar of 60 meetings, asked for again: in one process, without a server, against a bare Flask route that returns
the same bytes. Ours looks into the database on every request; the bare route does nothing but answer."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask, Response
from werkzeug.test import create_environ

from bench.figures import Figure, time_in_turn
from bench.sample import fill_up, sample_app

PATH = "/feeds/all.ics"
MEETINGS = 60
MICROSECONDS = 1_000_000


def measure() -> Iterator[Figure]:
    """`feed_304`: the reader has it already. `feed_warm_60`: the body is sent."""
    with sample_app() as app:
        fill_up(app, MEETINGS)
        first = app.test_client().get(PATH)
        assert first.data.count(b"BEGIN:VEVENT") == MEETINGS
        baseline = caller(bare_app(first.data), 200)
        for name, ours in (
            ("feed_304", caller(app, 304, HTTP_IF_NONE_MATCH=first.headers["ETag"])),
            ("feed_warm_60", caller(app, 200)),
        ):
            us, them = time_in_turn(ours, baseline, time.process_time)
            yield Figure(name, us * MICROSECONDS, them * MICROSECONDS, "us", "processor time per request")


def bare_app(body: bytes) -> Flask:
    """One route, no extension, no hook."""
    bare = Flask("bare")

    @bare.get(PATH)
    def calendar() -> Response:
        return Response(body, content_type="text/calendar; charset=utf-8")

    return bare


def caller(app: Flask, status: int, **headers: str) -> Callable[[], None]:
    """One request as a WSGI server would make it; it fails where the answer has another status."""
    template = create_environ(PATH, "http://localhost", headers=None)
    template.update(headers)
    begins = f"{status} "

    def start(line: str, *_: Any) -> Callable[[bytes], object]:
        assert line.startswith(begins), line
        return lambda data: None

    def call() -> None:
        answer = app.wsgi_app(dict(template), start)
        for _ in answer:
            pass
        answer.close()  # type: ignore[attr-defined]

    return call
