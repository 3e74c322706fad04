"""Thai digits: folded on the way in, one switch per document on the way out."""

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI = str.maketrans(_ARABIC, _THAI)
_FROM_THAI = str.maketrans(_THAI, _ARABIC)


def to_thai_digits(text: str) -> str:
    """Write every 0-9 as ๐-๙; for finished text only, never for links, codes or stored values."""
    return text.translate(_TO_THAI)


def from_thai_digits(text: str) -> str:
    """Write every ๐-๙ as 0-9; all else stays."""
    return text.translate(_FROM_THAI)
