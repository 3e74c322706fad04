"""How a paper is answered over HTTP: by its tag where the reader has it, from its kept bytes, printed now, or later."""

from collections.abc import Callable
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.printing.papers import Busy, find_or_print, paper_key
from forumplanner.web.downloads import download
from forumplanner.web.today import settings

AGAIN_SECONDS = 5


def paper_response(
    document: object, make: Callable[[Any], bytes], *, name: str, plain_name: str
) -> ResponseReturnValue:
    """The PDF that `make` draws of a document, a frozen value; no transaction may be open.

    304 where the reader has it; a page that asks for it again by itself where others are being printed.
    """
    key = paper_key(document, make)
    if request.if_none_match.contains(key):
        answer = Response(status=304)
    else:
        try:
            paper = find_or_print(settings().data_dir / "papers", key, lambda: make(document))
        except Busy:
            return _please_wait()
        answer = download(paper, "application/pdf", name=name, plain_name=plain_name)
    answer.set_etag(key)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _please_wait() -> ResponseReturnValue:
    page = render_template(
        "errors/error.html",
        status=503,
        masthead=False,
        heading=_("Your document is being prepared"),
        detail=_("Several documents are being prepared at the moment. Please wait: yours will open by itself."),
        advice=_("Once you have it, please go back."),
        way=(request.path.removesuffix(".pdf"), _("Back")),
    )
    return page, 503, {"Retry-After": str(AGAIN_SECONDS), "Refresh": str(AGAIN_SECONDS)}
