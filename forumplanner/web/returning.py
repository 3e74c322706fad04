"""The page somebody came from and goes back to, carried in the address as `then`."""

import unicodedata
from urllib.parse import urlencode, urlsplit

from flask import request

LONGEST = 4000


def local_address(text: str) -> str | None:
    """The address where it is one of ours, a path with or without a question; None for anything else."""
    if len(text) > LONGEST or "\\" in text or any(unicodedata.category(char)[0] in "CZ" for char in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    ours = not parts.scheme and not parts.netloc and text.startswith("/") and not text.startswith("//")
    return text if ours else None


def way_back() -> str | None:
    """Where this request's address says to go afterwards."""
    return local_address(request.args.get("then", ""))


def with_more(address: str, **asked: object) -> str:
    """The same address asking for something more."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
