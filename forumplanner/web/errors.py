"""Turns refusals and faults into pages in the reader's language."""

import logging

from flask import Flask, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from forumplanner.core.db import is_away, set_reading
from forumplanner.core.errors import Conflict, NotFound, Refused, Removed, Stale
from forumplanner.core.i18n import N_
from forumplanner.web.access import PRIVATE_LINK, SignedOut, access_of, is_bare
from forumplanner.web.application import TOO_LARGE
from forumplanner.web.database import forget_session
from forumplanner.web.typed import fields_to_send_again, typed_texts

log = logging.getLogger(__name__)

# What happened, and what to do. Each error page says both.
MESSAGES: dict[int, tuple[str, str]] = {
    400: (N_("This could not be read"), N_("Please go back, check what was typed, and send it again.")),
    403: (N_("This page is not open to you"), N_("Please ask an organiser if you need it.")),
    404: (N_("There is nothing at this address"), N_("Please check the link, or begin at the first page.")),
    405: (N_("This page cannot do that"), N_("Please go back and use the buttons of the page.")),
    409: (N_("This cannot be done just now"), N_("Nothing was changed.")),
    410: (N_("This link is no longer in force"), N_("Please ask whoever invited you for a new one.")),
    413: (
        N_("What you sent is too large"),
        N_("Nothing was changed. Please go back, shorten the text and send it again."),
    ),
    422: (N_("This could not be done"), N_("Please go back, correct it, and send it again.")),
    429: (N_("Too many attempts"), N_("Please wait a few minutes, then try again.")),
    503: (
        N_("The site cannot answer just now"),
        N_("What was saved before is safe. Please try again in a minute."),
    ),
    500: (N_("Something went wrong"), N_("What was saved before is safe. Please try again in a while.")),
}

AWAY_SECONDS = 30
# In both languages: programs do not say which their person reads.
AWAY = "ฐานข้อมูลยังไม่ตอบ กรุณาลองใหม่ในอีกสักครู่\nThe database does not answer just now. Please try again in a minute.\n"

STALE = (N_("Somebody else changed this meanwhile"), N_("Nothing was lost. Please go back, reload and look again."))
REMOVED = (
    N_("This was removed meanwhile"),
    N_("Nothing else was changed. If you wrote anything, it is shown below."),
)


def translated(refusal: Refused) -> str:
    """The refusal's sentence in the reader's language."""
    sentence: str = _(refusal.message, **refusal.params)
    return sentence


def _page(
    status: int, detail: str | None = None, said: tuple[str, str] | None = None, **context: object
) -> tuple[str, int]:
    """An error page; what a refused form held is shown on it, to be copied."""
    heading, advice = (_(sentence) if sentence else "" for sentence in said or MESSAGES.get(status, MESSAGES[500]))
    context = {"heading": heading, "advice": advice, "typed": typed_texts(), "detail": detail, **context}
    # Whatever was half done is undone before the page is drawn; drawing it changes nothing.
    forget_session()
    set_reading(True)
    if status < 500 and _is_page_of_the_product():
        try:
            return render_template("errors/error.html", status=status, masthead=True, **context), status
        except Exception as error:
            if not is_away(error):
                raise
            forget_session()
    # Nobody is signed in on a page that asks the database nothing.
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    return render_template("errors/error.html", status=status, masthead=False, **context), status


def _is_page_of_the_product() -> bool:
    """Whether the address belongs to those who work here: neither a machine's nor a participant's private link."""
    return not is_bare() and access_of(current_app, request.endpoint or "") is not PRIVATE_LINK


def show_refusal(refusal: Refused) -> ResponseReturnValue:
    """A refusal outside a form."""
    if isinstance(refusal, Stale):
        return _page(refusal.status, translated(refusal), STALE, conflict=refusal)
    heading, advice = MESSAGES[refusal.status]
    if refusal.message == heading:
        return _page(refusal.status)
    # A sentence of its own about what is not there says where to look, too.
    return _page(refusal.status, translated(refusal), (heading, "" if isinstance(refusal, NotFound) else advice))


def show_removed(refusal: Removed, href: str, words: str) -> ResponseReturnValue:
    """What a page was about is no longer there; `href` leads to where it stood."""
    way = (href, words)
    if request.method != "POST":
        return _page(refusal.status, translated(refusal), (MESSAGES[404][0], ""), way=way)
    return _page(Conflict.status, translated(refusal), REMOVED, way=way)


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    """404, 413, 429 and their like."""
    if error.response is not None or (error.code or 500) < 400:
        return error
    original = getattr(error, "original_exception", None)
    if original is not None and is_away(original):
        return show_away(original)
    of_file = current_app.extensions.get(TOO_LARGE, {}).get(request.endpoint)
    if error.code == RequestEntityTooLarge.code and of_file:
        return _page(error.code, said=(MESSAGES[error.code][0], of_file), way=(request.path, _("Back")))
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return (*_page(error.code or 500), headers)


def show_csrf_error(error: CSRFError) -> ResponseReturnValue:
    """A form that stood open for too long, whose session is gone, or that came from elsewhere."""
    access = access_of(current_app, request.endpoint or "")
    if access is not None and access.admits is not None and not current_user.is_authenticated and typed_texts():
        return show_signed_out(SignedOut())
    if "sent_signed_out" in request.form and current_user.is_authenticated:
        # A sign-in renews the token, so the page that was sent after it carried the old one.
        return _lost_form(
            400, N_("You are signed in again. What you wrote is still on this page; it is not saved yet.")
        )
    return _lost_form(400, N_("The page had been open for too long, or cookies are switched off."))


def show_signed_out(refusal: SignedOut) -> ResponseReturnValue:
    """A form sent after its session had ended: sign in beside it, then send it again."""
    return _lost_form(refusal.status, refusal.message, signed_out=True)


def refused_form(status: int, detail: str, heading: str, *, signed_out: bool = False) -> str:
    """The page of a form that is not taken now and may be sent again: it carries all of it, with a button."""
    fields = fields_to_send_again()
    again = {"send_again": fields, "action": request.full_path.rstrip("?"), "signed_out": signed_out} if fields else {}
    page, _status = _page(status, detail, (heading, ""), heading=heading, **again)
    return page


def _lost_form(status: int, detail: str, signed_out: bool = False) -> tuple[str, int]:
    if not fields_to_send_again():
        return _page(status, _(detail))
    heading = _("Please sign in again") if signed_out else _("Please send it once more")
    return refused_form(status, _(detail), heading, signed_out=signed_out), status


def show_lost_race(error: Exception) -> ResponseReturnValue:
    """Of two who change the same at one moment the database takes one; the other may send it once more.

    What is sent again meets what the first has done, and is answered by the rules that speak of it.
    """
    log.warning("lost a race, or broke a rule of the database", exc_info=error)
    return _lost_form(
        Conflict.status, N_("Somebody else was saving the same at that very moment, so yours is not saved yet.")
    )


def show_fault(error: Exception) -> ResponseReturnValue:
    """Anything unforeseen: logged whole, shown in words."""
    if is_away(error):
        return show_away(error)
    log.exception("fault", exc_info=error, extra={"data": {"endpoint": request.endpoint}})
    return _page(500)


def show_away(error: Exception) -> ResponseReturnValue:
    """The database cannot be asked now: what was typed stands on the page and can be sent again; programs are told when
    to come back."""
    log.error("the database does not answer", exc_info=error, extra={"data": {"endpoint": request.endpoint}})
    headers = {"Retry-After": str(AWAY_SECONDS)}
    if is_bare():
        forget_session()
        return Response(AWAY, 503, {**headers, "Cache-Control": "no-store"}, content_type="text/plain; charset=utf-8")
    heading, advice = (_(sentence) for sentence in MESSAGES[503])
    if request.method != "POST":
        page, _status = _page(503, advice, (heading, ""), way=(request.full_path.rstrip("?"), _("Try again")))
        return page, 503, headers
    return refused_form(503, advice, heading), 503, headers


def init_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Refused, show_refusal)
    app.register_error_handler(SignedOut, show_signed_out)
    app.register_error_handler(CSRFError, show_csrf_error)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(IntegrityError, show_lost_race)
    app.register_error_handler(StaleDataError, show_lost_race)
    app.register_error_handler(Exception, show_fault)
