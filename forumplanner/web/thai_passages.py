"""Thai within English pages says that it is Thai: screen readers change their voice, browsers break lines by its rules.

Names, places, titles and what people wrote stand in English pages as they are. Nobody has to remember to mark them: the
finished page is gone through once, and each run of Thai that stands in no Thai element gets `lang="th"`.
"""

import re
from dataclasses import dataclass

from flask import Flask, Response

from forumplanner.web.locale import current_language
from forumplanner.web.markup import ATTRIBUTES, NO_TEXT

__all__ = ["init_thai_passages", "mark_thai"]

# A tag, whole; or a comment, which is no text.
_TAG = re.compile(rf"<(/?)([A-Za-z][\w-]*)({ATTRIBUTES})>|{NO_TEXT}", re.DOTALL)
_LANG = re.compile(r'\slang="([^"]*)"')
_HIDDEN = re.compile(r'\stype="hidden"')
_THAI_VALUE = re.compile(r'\svalue="[^"]*[\u0e01-\u0e5b]')
# From the first Thai letter to the last: between them digits, blanks and punctuation, no Latin letter and no entity;
# a full stop behind them shortens a word (จ., ก.พ.).
_RUN = re.compile(r"[\u0e01-\u0e5b](?:[^A-Za-z&<>]*[\u0e01-\u0e5b])?\.?")
_LATIN = re.compile("[A-Za-z]")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# Where no element can stand within the text; the language goes to the element, if it is all Thai.
_TEXT_ONLY = frozenset({"option", "textarea"})
_SILENT = frozenset({"script", "style", "title", "desc", "template"})
_DRAWN = frozenset({"text", "tspan"})


@dataclass(slots=True)
class _Open:
    """An element that is open: its name, its language, where its tag stands in the page that is written."""

    name: str
    lang: str
    at: int


def mark_thai(html: str) -> str:
    """The page with each run of Thai marked that is not within an element marked as Thai already."""
    written: list[str] = []
    stack = [_Open("", "en", 0)]
    end = 0
    for tag in _TAG.finditer(html):
        _write_text(html[end : tag.start()], written, stack[-1])
        end = tag.end()
        if tag[2]:
            _follow(tag, len(written), stack)
        written.append(_marked_input(tag) if tag[2] and tag[2].lower() == "input" else tag[0])
    _write_text(html[end:], written, stack[-1])
    return "".join(written)


def _follow(tag: re.Match[str], at: int, stack: list[_Open]) -> None:
    """Open or close an element; one that was never closed ends with the element it stands in."""
    name = tag[2].lower()
    if tag[1]:
        for depth in range(len(stack) - 1, 0, -1):
            if stack[depth].name == name:
                del stack[depth:]
                return
        return
    if name in _VOID or tag[3].endswith("/"):
        return
    found = _LANG.search(tag[3])
    stack.append(_Open(name, found[1] if found else stack[-1].lang, at))


def _marked_input(tag: re.Match[str]) -> str:
    thai = _THAI_VALUE.search(tag[3]) and not _HIDDEN.search(tag[3]) and not _LANG.search(tag[3])
    return f'<{tag[2]} lang="th"{tag[3]}>' if thai else tag[0]


def _write_text(text: str, written: list[str], within: _Open) -> None:
    if within.lang != "th" and within.name not in _SILENT and _RUN.search(text):
        if within.name in _TEXT_ONLY:
            if not _LATIN.search(text) and not _LANG.search(written[within.at]):
                written[within.at] = written[within.at].replace(f"<{within.name}", f'<{within.name} lang="th"', 1)
        else:
            element = "tspan" if within.name in _DRAWN else "span"
            marked = _RUN.sub(lambda run: f'<{element} lang="th">{run[0]}</{element}>', text)
            # Mixed text stays one piece where its element lays out its pieces side by side, as a button does.
            text = marked if _RUN.fullmatch(text.strip()) else f"<{element}>{marked}</{element}>"
    written.append(text)


def _mark(response: Response) -> Response:
    if response.mimetype == "text/html" and not response.is_streamed and current_language() != "th":
        response.set_data(mark_thai(response.get_data(as_text=True)))
    return response


def init_thai_passages(app: Flask) -> None:
    """Go through every English page."""
    app.after_request(_mark)
