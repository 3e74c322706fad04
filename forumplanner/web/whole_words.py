"""Words of the field stay whole at a line's end.

Thai is written without blanks, and browsers break lines where a dictionary knows a word: ผู้|เข้า|ร่วม, ข้อ|สรุป, รับ|ทราบ.
No style sheet can name words, so each of `core.thai.terms.TERMS` leaves in a span that does not break. The text itself
stays as it is: joiners between the letters would be copied along, searched for in vain and read aloud oddly.
"""

import re

from flask import Flask, Response

from forumplanner.core.thai.terms import TERMS
from forumplanner.web.access import is_bare

# What holds no elements is passed over whole, other tags one by one: only text between tags is looked at.
_PIECES = re.compile(r"<(script|style|textarea|title|option|svg)\b.*?</\1\s*>|<[^>]*>|([^<]+)", re.DOTALL)

# A term begins with no vowel of another syllable before it and ends with no mark of its last letter behind it.
_TERM = re.compile(rf"(?<![\u0e40-\u0e44])(?:{'|'.join(map(re.escape, TERMS))})(?![\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])")


def keep_terms_whole(html: str) -> str:
    """A page with its terms in spans of class `term`."""
    return _PIECES.sub(_piece, html)


def _piece(found: re.Match[str]) -> str:
    text: str | None = found[2]
    if text is None or text.isascii():
        return found[0]
    return _TERM.sub(r'<span class="term">\g<0></span>', text)


def keep_page_whole(response: Response) -> Response:
    """Do so for a page on its way out."""
    if not is_bare() and response.mimetype == "text/html" and not response.is_streamed:
        response.set_data(keep_terms_whole(response.get_data(as_text=True)))
    return response


def init_whole_words(app: Flask) -> None:
    """Attach it; called after compression is attached, so that it runs before."""
    app.after_request(keep_page_whole)
