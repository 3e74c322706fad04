"""Digits: folded on the way in, one switch per document on the way out, and never inside an address."""

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI = str.maketrans(_ARABIC, _THAI)
_FROM_THAI = str.maketrans(_THAI, _ARABIC)

# A web or mail address in running text, with or without its scheme; Thai letters beside it are no part of it. Every
# repeat has a bound: half a megabyte of dots or letters must not take longer than other text.
ADDRESS = (
    r"(?:(?:https?|ftp|webcals?)://|www\.)[^\s<>\"'“”]{1,2000}"
    r"|(?<![\w.+%@-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
    r"|(?<![A-Za-z0-9.@-])[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}"
    r"\.(?:th|com|org|net|info|edu|gov|io|me|asia)(?![A-Za-z0-9])(?:/[^\s<>\"'“”]{0,2000})?"
)


def to_thai_digits(text: str) -> str:
    """Write every 0-9 as ๐-๙; for finished text only, never for links, codes or stored values."""
    return text.translate(_TO_THAI)


def from_thai_digits(text: str) -> str:
    """Write every ๐-๙ as 0-9; all else stays."""
    return text.translate(_FROM_THAI)
