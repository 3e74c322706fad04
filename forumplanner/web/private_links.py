"""Private links: an HMAC over a row and its version under the link key.

Nothing usable is stored, any channel can show the same link again, and raising the row's version revokes it. The text
is letters, digits and hyphens only, so that mail programs, LINE and QR codes carry it whole:
`<row id, base 36>-<version, base 36>-<mac, 100 bits>`.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

MAC_LETTERS = 20
_SHAPE = re.compile(r"([0-9a-z]{1,10})-([0-9a-z]{1,6})-([a-z2-7]{20})", re.ASCII)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The row and version a genuine link names; whether that version is still in force is for the caller to compare."""

    row_id: int
    version: int


def make_private_link(link_key: str, purpose: str, row_id: int, version: int) -> str:
    """The secret part of an address, the same each time for the same row and version."""
    return f"{_base36(row_id)}-{_base36(version)}-{_mac(link_key, purpose, row_id, version)}"


def read_private_link(link_key: str, purpose: str, text: str) -> LinkTarget | None:
    """What a link names, or None where it is not one of ours. Comparison takes constant time."""
    match = _SHAPE.fullmatch(text.strip().lower())
    if match is None:
        return None
    row_id, version = int(match[1], 36), int(match[2], 36)
    if not hmac.compare_digest(_mac(link_key, purpose, row_id, version), match[3]):
        return None
    return LinkTarget(row_id, version)


def make_form_token(link_key: str, link: str) -> str:
    """What the forms of a page opened by that link carry, so that no other site can send them.

    It needs neither session nor cookie and does not age: whoever can open the page has it, and nobody else. The same
    for every way of writing the link.
    """
    return hmac.new(link_key.encode(), f"form token:{link.strip().lower()}".encode(), hashlib.sha256).hexdigest()


def _mac(link_key: str, purpose: str, row_id: int, version: int) -> str:
    message = f"{purpose}:{row_id}:{version}".encode()
    digest = hmac.new(link_key.encode(), message, hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:MAC_LETTERS]


def _base36(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = _DIGITS[rest] + text
    return text or "0"
