"""What good setting asks of text: things that stay together on a line, and Thai digits at the very end.

The functions take plain text or Markup and return Markup; they are the filters of print templates.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from forumplanner.core.thai import to_thai_digits
from forumplanner.printing.together import runs

NBSP = "\u00a0"
# A longer run that must not break could leave the page.
LONGEST_WHOLE = 48

# Repetition and abbreviation marks never begin a line.
_CLINGING = re.compile(r"(?<![ \u00a0])[ \u00a0]+(?=[ๆฯ])")
_DIGITS_OR_KEPT = re.compile(
    r"<(?P<kept>style|script)\b.*?</(?P=kept)>"
    r"|<(?P<tag>\w+)\b[^>]*\bclass=\"[^\">]*\bas-is\b[^>]*>.*?</(?P=tag)>"
    r"|<[^>]*>|&#?\w+;|(?P<digits>[0-9]+)",
    re.DOTALL,
)


def whole(value: object) -> Markup:
    """A name, date, time or amount from a field of its own: never broken, unless it is too long for a line."""
    text = _tidy(str(value))
    return _span(text) if len(text) <= LONGEST_WHOLE else escape(text)


def unbreakable(value: object, names: Iterable[str] = ()) -> Markup:
    """Free text in which dates, times, amounts, names and places are not broken, and no line begins with ๆ or ฯ.

    `names` are those the document knows; besides, what follows an honorific such as นาย is taken for a name.
    """
    text = _tidy(str(value))
    pieces, at = [], 0
    for found in _runs(tuple(names)).finditer(text):
        piece = _span(found[0]) if len(found[0]) <= LONGEST_WHOLE else escape(found[0])
        pieces += [escape(text[at : found.start()]), piece]
        at = found.end()
    return Markup().join([*pieces, escape(text[at:])])


def paragraphs(value: str) -> list[str]:
    """The text's lines that hold something, in order."""
    return [line.strip() for line in value.splitlines() if line.strip()]


def as_is(value: object) -> Markup:
    """An address, code or telephone number that keeps its digits in a document with Thai ones."""
    return Markup('<span class="as-is">{}</span>').format(value)


def thai_digits_if(value: object, wanted: bool) -> Markup:
    """Text with Thai digits if they are wanted; in Markup, tags and what is marked `as-is` keep theirs."""
    html = escape(value)
    return Markup(with_thai_digits(html)) if wanted else html  # noqa: S704 - escaped above


def with_thai_digits(html: str) -> str:
    """`thai_digits_if` for a whole page of HTML."""
    return _DIGITS_OR_KEPT.sub(lambda found: to_thai_digits(found[0]) if found["digits"] else found[0], html)


@lru_cache(maxsize=8)
def _runs(names: tuple[str, ...]) -> re.Pattern[str]:
    return runs(tuple(_tidy(name) for name in names))


def _tidy(text: str) -> str:
    return _CLINGING.sub(NBSP, text)


def _span(text: str) -> Markup:
    return Markup('<span class="whole">{}</span>').format(text)
