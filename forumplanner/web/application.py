"""The application's class: Flask, with a short way for views that answer machines (`web.access.bare`).

A calendar is asked for thousands of times a day by programs that have no account, no cookie and no form. What stands
around pages cost such a request six times as much as the answer itself.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from flask import Flask, Request, Response, current_app, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from forumplanner.web import static_files
from forumplanner.web.access import is_bare_view

FILE_FIELDS = "file fields"
TOO_LARGE = "too large"


def let_take_file(app: Flask, endpoint: str, field: str, too_large: str) -> None:
    """Let a page's form carry a file in the field of this name; `too_large`: what is said of one that is not taken."""
    app.extensions.setdefault(FILE_FIELDS, {})[endpoint] = field
    app.extensions.setdefault(TOO_LARGE, {})[endpoint] = too_large


class WithoutFiles(Request):
    """A request whose form is what was typed: a file is nobody's, but for the field that a page declared for it.

    Form libraries would hand a file that bears a text field's name to that field, and no text field can read it.
    """

    @property
    def files(self) -> ImmutableMultiDict[str, FileStorage]:
        field = current_app.extensions.get(FILE_FIELDS, {}).get(self.endpoint)
        if field is None:
            return ImmutableMultiDict()
        sent = super().files.items(multi=True)
        return ImmutableMultiDict([(name, file) for name, file in sent if name == field])


class CookieSessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie; a request without any cookie needs nothing that signs."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        return super().open_session(app, request)


class Application(Flask):
    """Runs only the hooks declared `for_bare_too` around a bare view, and saves no session for it."""

    request_class = WithoutFiles
    session_interface = CookieSessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: none of ours is asynchronous, and asking each on every request takes its time."""
        return func

    def send_static_file(self, filename: str) -> Response:
        """A style sheet, script or font."""
        return static_files.send(self, filename)

    @cached_property
    def _bare_endpoints(self) -> frozenset[str]:
        return frozenset(name for name, view in self.view_functions.items() if is_bare_view(name, view))

    def _on_the_short_way(self) -> bool:
        return request.endpoint in self._bare_endpoints

    @cached_property
    def _before_bare(self) -> list[Callable[[], Any]]:
        return [hook for hook in self.before_request_funcs.get(None, []) if _is_for_bare_too(hook)]

    @cached_property
    def _after_bare(self) -> list[Callable[[Response], Any]]:
        return [hook for hook in reversed(self.after_request_funcs.get(None, [])) if _is_for_bare_too(hook)]

    def preprocess_request(self) -> ResponseReturnValue | None:
        """The hooks before a view; the first that answers stands for the view."""
        if not self._on_the_short_way():
            return super().preprocess_request()
        for hook in self._before_bare:
            answer: ResponseReturnValue | None = hook()
            if answer is not None:
                return answer
        return None

    def process_response(self, response: Response) -> Response:
        """The hooks after a view."""
        if not self._on_the_short_way():
            return super().process_response(response)
        for hook in self._after_bare:
            response = hook(response)
        return response

    def do_teardown_request(self, exc: BaseException | None = None) -> None:
        """What extensions tidy up after a request; nothing of theirs was set up for a bare view."""
        if not self._on_the_short_way():
            super().do_teardown_request(exc)


def _is_for_bare_too(hook: Any) -> bool:
    return getattr(hook, "for_bare_too", False)
