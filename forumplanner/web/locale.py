"""The reader's language: asked in the address, remembered in a cookie, Thai otherwise."""

from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit

from flask import Flask, Response, request
from flask_babel import Babel, get_locale

from forumplanner.config import translations_dir
from forumplanner.core.i18n import DEFAULT_LANGUAGE, LANGUAGES, Lang
from forumplanner.web.access import is_bare
from forumplanner.web.addresses import opened_path

COOKIE = "lang"
YEAR = 365 * 24 * 3600


def current_language() -> Lang:
    """The language of this request, `th` or `en`; Thai outside one."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else DEFAULT_LANGUAGE


def select_language() -> str:
    """Chooses for Flask-Babel."""
    for choice in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if choice in LANGUAGES:
            return choice
    return DEFAULT_LANGUAGE


def language_switch_url(lang: str, action: str | None = None) -> str:
    """This page's address in another language; after a refused form, that of the page the form stood on.

    With `action` the address a form is sent to, in another language.
    """
    if action is not None:
        parts = urlsplit(action)
        arguments = {**parse_qs(parts.query, keep_blank_values=True), "lang": [lang]}
        return urlunsplit(parts._replace(query=urlencode(arguments, doseq=True)))
    arguments = request.args.to_dict(flat=False)
    arguments["lang"] = [lang]
    return f"{quote(opened_path())}?{urlencode(arguments, doseq=True)}"


def remember_language(response: Response) -> Response:
    """Keep the language asked for in a page's address; feeds and papers set no cookies."""
    asked = request.args.get("lang")
    if asked in LANGUAGES and response.mimetype == "text/html" and not is_bare():
        response.set_cookie(COOKIE, asked, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    return response


def init_locale(app: Flask) -> None:
    """Set up Flask-Babel with our catalogues."""
    Babel(
        app,
        default_locale=DEFAULT_LANGUAGE,
        default_timezone="Asia/Bangkok",
        default_translation_directories=str(translations_dir()),
        locale_selector=select_language,
    )
    app.after_request(remember_language)
    app.jinja_env.globals.update(language_switch_url=language_switch_url, current_language=current_language)
