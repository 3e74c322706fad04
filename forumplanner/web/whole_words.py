"""Names, states, dates and words of the field stay whole at a line's end.

Thai is written without blanks, and browsers break lines where a dictionary knows a word: ผู้|เข้า|ร่วม, ข้อ|สรุป, เจ๊|ะอาแว.
No style sheet can name words. Four kinds leave in spans that never break: each of `core.thai.terms.TERMS`; a date; a
person's name behind its title; and, where an element says no more than a few words, as a name, a state or a button
does, each of these. Longer words than fit beside anything on a phone stay as they are. The text itself is not touched:
joiners between the letters would be copied along, searched for in vain and read aloud oddly.
"""

import re

from flask import Flask, Response

from forumplanner.core.thai.calendar_words import MONTHS, SHORT_MONTHS
from forumplanner.core.thai.terms import TERMS
from forumplanner.web.access import is_bare
from forumplanner.web.markup import ATTRIBUTES, NO_TEXT

# What holds no elements is passed over whole, other tags one by one: only text between tags is looked at, and none that
# is drawn: a picture has no lines, and pictures stand within pictures.
_PIECES = re.compile(
    r"<(script|style|textarea|title|option)\b.*?</\1\s*>"
    rf"|{NO_TEXT}|<(/?)(?:(svg)\b)?{ATTRIBUTES}>|([^<]+)",
    re.DOTALL,
)

_LETTER = "[\u0e01-\u0e4e]"
# A term begins with no vowel of another syllable before it and ends with no mark of its last letter behind it.
_TERMS = rf"(?<![\u0e40-\u0e44])(?:{'|'.join(map(re.escape, TERMS))})(?![\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])"
# No part of an abbreviation (มี.ค.), which breaks nowhere. Letters and marks: drawn about fourteen, which in the
# largest text are as wide as a phone's column.
_LONGEST_WORD = 20
_WORD = rf"{_LETTER}{{2,{_LONGEST_WORD}}}(?![.]|{_LETTER})"
# In running text, whether or not a blank stands before the title; the surname breaks from it at their blank.
_NAME = rf"(?:นางสาว|นาย|นาง|น\.ส\.|ดร\.|พระครู|พระมหา){_WORD}"
# Two days of a long month are wider than some columns; a range that has blanks breaks at its hyphen.
_SHORT, _LONG = ("|".join(map(re.escape, months["th"])) for months in (SHORT_MONTHS, MONTHS))
_DATE = rf"(?<![\d-])\d{{1,2}}(?:(?:-\d{{1,2}})? (?:{_SHORT})| (?:{_LONG}))(?: ?\d{{4}})?(?!\d)"
_IN_TEXT = re.compile(rf"{_NAME}|{_DATE}|{_TERMS}")
_IN_LABEL = re.compile(rf"(?<![.])(?<!{_LETTER}){_WORD}|{_IN_TEXT.pattern}")
_LONGEST_LABEL = 60


def keep_words_whole(html: str) -> str:
    """A page with what stays whole in spans of class `term`, and the text around such a one in a span of class `terms`.

    Without that the parts of a text would stand apart where a box lays out its children, as a button does.
    """
    pictures = 0

    def piece(found: re.Match[str]) -> str:
        nonlocal pictures
        if found[3] and not found[0].endswith("/>"):
            pictures += -1 if found[2] else 1
        text: str | None = found[4]
        return found[0] if text is None or pictures or text.isascii() else _kept(text)

    return _PIECES.sub(piece, html)


def _kept(text: str) -> str:
    kinds = _IN_LABEL if len(text.strip()) <= _LONGEST_LABEL else _IN_TEXT
    marked = kinds.sub(r'<span class="term">\g<0></span>', text)
    is_one = marked == text or kinds.fullmatch(text.strip()) is not None
    return marked if is_one else f'<span class="terms">{marked}</span>'


def keep_page_whole(response: Response) -> Response:
    """Do so for a page on its way out."""
    if not is_bare() and response.mimetype == "text/html" and not response.is_streamed:
        response.set_data(keep_words_whole(response.get_data(as_text=True)))
    return response


def init_whole_words(app: Flask) -> None:
    """Attach it; called after compression is attached, so that it runs before."""
    app.after_request(keep_page_whole)
