"""The calendars themselves. Everything that begins with /feeds/ is answered without cookies, redirects or a session.

A calendar that has not changed costs one query, whatever its size (`feeds.looks`).
"""

from collections.abc import Hashable
from datetime import date, datetime
from functools import partial

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import BaseConverter

from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import Lang
from forumplanner.feeds import rules
from forumplanner.feeds.bodies import Bodies, Body, build_body
from forumplanner.feeds.documents import render_ended
from forumplanner.feeds.looks import PersonLook, look_at_calendar, look_at_link
from forumplanner.feeds.personal import note_fetch, when_replaced
from forumplanner.feeds.rules import Kind, LinkState, Scope
from forumplanner.feeds.views.addresses import blueprint
from forumplanner.feeds.views.serving import feed_response, plain_answer
from forumplanner.ical import body_etag
from forumplanner.partners.links import FEED_PURPOSE
from forumplanner.web.access import ANYONE, PRIVATE_LINK, bare, opens_to
from forumplanner.web.afterwards import after_response
from forumplanner.web.errors import show_http_error
from forumplanner.web.private_links import read_private_link
from forumplanner.web.today import settings

CACHE = "feed_cache"
# In both languages: programs do not say which their person reads.
NOTHING_HERE = "ไม่พบปฏิทินตามลิงก์นี้ กรุณาตรวจสอบลิงก์\nThere is no calendar at this address. Please check the link.\n"
READ_ONLY = "ปฏิทินนี้มีไว้อ่านเท่านั้น\nThis calendar can only be read.\n"


class AnythingConverter(BaseConverter):
    """Whatever is left of an address, slashes and all."""

    regex = ".*?"
    part_isolating = False
    weight = 1000


@blueprint.get("/feeds/all.ics", provide_automatic_options=False)
@bare
@opens_to(ANYONE)
def all_meetings() -> Response:
    """Every meeting of every region."""
    return answer_public(rules.ALL, "all")


@blueprint.get("/feeds/regions/<slug>.ics", provide_automatic_options=False)
@bare
@opens_to(ANYONE)
def region(slug: str) -> Response:
    """A region's forums and the national meetings, of all rounds."""
    return answer_public(Scope(Kind.REGION, slug=slug), slug)


@blueprint.get("/feeds/<code>.ics", provide_automatic_options=False)
@bare
@opens_to(ANYONE)
def round_(code: str) -> Response:
    """A round, whole."""
    return answer_public(Scope(Kind.ROUND, code=code), code)


@blueprint.get("/feeds/<code>/<slug>.ics", provide_automatic_options=False)
@bare
@opens_to(ANYONE)
def region_of_round(code: str, slug: str) -> Response:
    """A region's forum in a round, and the round's national meeting."""
    return answer_public(Scope(Kind.REGION_OF_ROUND, code=code, slug=slug), slug)


@blueprint.get("/feeds/m/<code>/<slug>.ics", provide_automatic_options=False)
@bare
@opens_to(ANYONE)
def meeting(code: str, slug: str) -> Response:
    """One meeting, to be taken once."""
    return answer_public(Scope(Kind.MEETING, code=code, slug=slug), slug)


@blueprint.get("/feeds/p/<link>/<name>.ics", provide_automatic_options=False)
@bare
@opens_to(PRIVATE_LINK)
def personal(link: str, name: str) -> Response:
    """A person's own meetings, with their own answers and nothing of anybody else's."""
    target = read_private_link(settings().link_key, FEED_PURPOSE, link)
    if target is None:
        return no_such_calendar()
    with db.engine.connect() as connection:
        target, look = look_at_link(connection, target)
    state = rules.link_state(target.version, look.link_version, look.revoked_at) if look else LinkState.UNKNOWN
    if look is None or state == LinkState.UNKNOWN:
        return no_such_calendar()
    if state != LinkState.IN_FORCE:
        return _answer_ended(target.row_id, target.version, look, name)
    now = clock.now()
    scope = Scope(Kind.PERSON, partner_id=target.row_id)
    # Invitations do not say when they were deleted, so this body came to be when it was first put together.
    body = find_body(scope, asked_language(), look.mark, now, calendar_day(look.sample_today))
    answer = _answer(body, name, private=True)
    if request.method == "GET" and rules.is_worth_noting(look.last_fetched_at, now):
        after_response(answer, partial(note_fetch, partner_id=target.row_id, at=now))
    return answer


@blueprint.route("/feeds/<anything:rest>", methods=["GET", "OPTIONS"], provide_automatic_options=False)
@bare
@opens_to(ANYONE)
def nothing(rest: str) -> Response:
    """Whatever else is asked for below /feeds/: programs ask what they may do, people mistype."""
    if request.method != "OPTIONS":
        return no_such_calendar()
    return _allowing(plain_answer(200, ""))


@blueprint.app_errorhandler(405)
def refuse_method(error: MethodNotAllowed) -> ResponseReturnValue:
    """Programs try to write with methods of every kind; no route takes them. Elsewhere people see the usual page."""
    if request.path.startswith("/feeds/"):
        return _allowing(plain_answer(405, READ_ONLY))
    return show_http_error(error)


def _allowing(answer: Response) -> Response:
    answer.headers["Allow"] = "GET, HEAD, OPTIONS"
    return answer


def answer_public(scope: Scope, name: str) -> Response:
    """A calendar that is the same for everybody."""
    look = look_at_calendar(db.engine)
    today = calendar_day(look.sample_today)
    try:
        body = find_body(scope, asked_language(), look.mark, look.changed_at, today)
    except NotFound:
        return no_such_calendar()
    return _answer(body, name)


def find_body(scope: Scope, lang: Lang, mark: Hashable, changed_at: datetime, today: date) -> Body:
    """The calendar as it is now: kept since it last changed, or put together; NotFound where there is none."""
    bodies: Bodies = current_app.extensions[CACHE]
    body = bodies.get((scope, lang))
    if body is None or not body.is_right(mark, today):
        dated = max(changed_at, bodies.started_at)
        body = build_body(db.session(), scope, lang, settings().base_url, today, mark, dated)
        bodies.keep((scope, lang), body)
    return body


def asked_language() -> Lang:
    """The language asked for in the address; cookies do not count."""
    return "en" if request.environ.get("QUERY_STRING") and request.args.get("lang") == "en" else "th"


def calendar_day(sample_today: date | None) -> date:
    """Move this request's today as pages do, without asking the database again, and return it."""
    if not settings().is_production:
        clock.move_today(settings().today or sample_today)
    return clock.today()


def no_such_calendar() -> Response:
    """The 404 of calendars: plain, for programs."""
    return plain_answer(404, NOTHING_HERE)


def _answer(body: Body, name: str, *, private: bool = False) -> Response:
    return feed_response(
        request,
        body.content,
        etag=body.etag,
        last_modified=body.last_modified,
        filename=f"{name}.ics",
        private=private,
        compress=settings().feed_gzip,
    )


def _answer_ended(partner_id: int, version: int, look: PersonLook, name: str) -> Response:
    """One event that explains, for 28 days; nothing afterwards."""
    ended_at = look.revoked_at if version == look.link_version else when_replaced(db.session(), partner_id, version)
    if ended_at is None or not rules.still_explains(ended_at, clock.now()):
        return no_such_calendar()
    uid = f"ended-{partner_id}-{version}@{settings().base_host}"
    content = render_ended(uid, ended_at, asked_language(), settings().base_url)
    return feed_response(
        request,
        content,
        etag=body_etag(content),
        last_modified=max(ended_at, current_app.extensions[CACHE].started_at),
        filename=f"{name}.ics",
        private=True,
        compress=settings().feed_gzip,
    )
