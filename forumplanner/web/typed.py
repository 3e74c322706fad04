"""What a refused form carried: the page that refuses it shows it again, so that nothing typed is lost."""

import re
from urllib.parse import urlsplit

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

# Never shown again nor carried along.
_SECRET = re.compile(r".*(password|token).*|(pass|recovery_|mf_recovery_)?code", re.IGNORECASE)
# What a page notes about itself: which state of things it showed, where to go next.
_OWN_MARKS = re.compile(r"(.*[_-])?(seen|version|next|read|sent_signed_out|form_key|draw_in)")
# Chosen from a list or carried by the page, not typed: numbers of rows, fingerprints, words like "accepted".
_NOT_TYPED = re.compile(r"[A-Za-z_-]*[0-9]{0,6}|[0-9a-f]{16,}|[\d-]{10}")
# More would be a page nobody can use.
_MOST = 60
_MOST_SHOWN = 5_000_000


def _form() -> MultiDict[str, str]:
    try:
        return request.form
    except RequestEntityTooLarge:
        # More than is taken, but no more than can be shown: a whole book fits.
        request.max_content_length = request.max_form_memory_size = _MOST_SHOWN
        return request.form


def _posted() -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    try:
        pairs = list(_form().items(multi=True))
    except HTTPException:  # far too large, or no form at all
        return []
    return [(name, value) for name, value in pairs if not _SECRET.fullmatch(name)]


def typed_texts() -> list[str]:
    """What this request's form holds that a person may have typed, without passwords and codes, each text once."""
    texts = (value.strip() for name, value in _posted() if not _OWN_MARKS.fullmatch(name))
    return list(dict.fromkeys(text for text in texts if not _NOT_TYPED.fullmatch(text)))[:_MOST]


def fields_to_send_again() -> list[tuple[str, str]]:
    """All fields of this request's form but its secrets; none unless one of our own pages sent it.

    The browser attests where a form came from (Sec-Fetch-Site, else Origin): a stranger's page must not put a button
    before our users that sends what the stranger wrote.
    """
    has_secrets = any(_SECRET.fullmatch(name) and name != "csrf_token" for name in request.form)
    return _posted() if _is_from_our_own_page() and not has_secrets else []


def _is_from_our_own_page() -> bool:
    came_from = request.headers.get("Sec-Fetch-Site")
    if came_from is None:
        return urlsplit(request.headers.get("Origin", "")).netloc == request.host
    return came_from == "same-origin"
