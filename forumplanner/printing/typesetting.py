"""What good setting asks of text: things that stay together on a line, and Thai digits at the very end.

The functions take plain text or Markup and return Markup; they are the filters of print templates.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from forumplanner.core.thai import from_thai_digits, to_thai_digits
from forumplanner.core.thai.digits import ADDRESS
from forumplanner.printing.together import runs

NBSP = "\u00a0"
# A longer run that must not break could leave the page.
LONGEST_WHOLE = 48
LONGEST_PIECE = 40

# Repetition and abbreviation marks never begin a line.
_CLINGING = re.compile(r"(?<![ \u00a0])[ \u00a0]+(?=[ๆฯ])")
# An address in parts, each with the strokes behind it.
_STROKES = re.compile(r"[^/?&]+[/?&]*|[/?&]+")
_DIGITS_OR_KEPT = re.compile(
    r"<(?P<kept>style|script)\b.*?</(?P=kept)>"
    r"|<(?P<tag>\w+)\b[^>]*\bclass=\"[^\">]*\bas-is\b[^>]*>.*?</(?P=tag)>"
    rf"|<[^>]*>|&#?\w+;|{ADDRESS}|(?P<digits>[0-9๐-๙]+)",
    re.DOTALL,
)


def whole(value: object) -> Markup:
    """A name, date, time or amount from a field of its own: never broken, unless it is too long for a line; then it
    breaks at spaces alone."""
    text = _tidy(str(value))
    return _span(text) if len(text) <= LONGEST_WHOLE else at_spaces(text)


def at_spaces(value: object) -> Markup:
    """A name in a narrow column: it breaks at spaces, never inside a word."""
    words = _tidy(str(value)).split(" ")
    return Markup(" ").join(_span(word) if 0 < len(word) <= LONGEST_WHOLE else escape(word) for word in words)


def address(value: object) -> Markup:
    """A web or mail address. It keeps its digits, and breaks behind a stroke, never behind a hyphen: programs that
    read papers take a hyphen at a line's end for one that the line made."""
    pieces = [piece for part in _STROKES.findall(str(value)) for piece in _short_pieces(part)]
    return Markup().join(Markup('<span class="piece as-is">{}</span>').format(piece) for piece in pieces)


def _short_pieces(part: str) -> Iterator[str]:
    """An address's part in pieces that fit on a line, none of which ends in a hyphen."""
    while len(part) > LONGEST_PIECE:
        cut = LONGEST_PIECE
        while cut > 1 and "-" in part[cut - 1 : cut + 1]:
            cut -= 1
        yield part[:cut]
        part = part[cut:]
    if part:
        yield part


def unbreakable(value: object, names: Iterable[str] = ()) -> Markup:
    """Free text in which dates, times, amounts, names, places, telephone numbers and terms of the field are not broken,
    addresses break where nothing is lost, and no line begins with ๆ or ฯ.

    `names` are those the document knows; besides, what follows an honorific such as นาย is taken for a name.
    """
    text = _tidy(str(value))
    pieces, at = [], 0
    for found in _runs(tuple(names)).finditer(text):
        end = found.end()
        if found["address"]:
            # The full stop of a sentence is not the address's.
            end -= len(found[0]) - len(found[0].rstrip(".,;:!?)'"))
        run = text[found.start() : end]
        pieces += [escape(text[at : found.start()]), address(run) if found["address"] else whole(run)]
        at = end
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
    return Markup(with_digits(html, thai=True)) if wanted else html  # noqa: S704 - escaped above


def with_digits(html: str, *, thai: bool) -> str:
    """A whole page of HTML in the digits the document asks for, whichever were typed.

    Tags, addresses and what is marked `as-is` keep theirs.
    """
    fold = to_thai_digits if thai else from_thai_digits
    return _DIGITS_OR_KEPT.sub(lambda found: fold(found[0]) if found["digits"] else found[0], html)


@lru_cache(maxsize=8)
def _runs(names: tuple[str, ...]) -> re.Pattern[str]:
    return runs(tuple(_tidy(name) for name in names))


def _tidy(text: str) -> str:
    return _CLINGING.sub(NBSP, text)


def _span(text: str) -> Markup:
    return Markup('<span class="whole">{}</span>').format(text)
