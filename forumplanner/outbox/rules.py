"""What may be sent, how long to wait before the next try, and when to give up."""

import re
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_

# Growing pauses after a temporary refusal; the last one repeats until the message is too old.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
GIVE_UP_AFTER = timedelta(hours=48)
# A one-time link runs out meanwhile: it has to arrive with most of its time left, as its mail promises.
GIVE_UP_SECRET_AFTER = timedelta(hours=24)
# A worker that took a message and did not report back within this time is taken for dead.
STALE_AFTER = timedelta(minutes=10)
LONGEST_SUBJECT = 500
LONGEST_KEY = 200

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def check_address(address: str, field: str = "email") -> str:
    """The address in its usual spelling; refuses what is none. Whether anybody reads it is not asked."""
    return _read_address(address, field).normalized


def check_recipient(address: str) -> str:
    """The address as it goes on the wire (an international domain in its ASCII form).

    Refuses what is no e-mail address, a line break or another control character anywhere (header injection), and
    letters before the @ that ordinary mail servers cannot carry.
    """
    if _CONTROL.search(address):
        raise Invalid(N_("An e-mail address cannot hold a line break. Please check it."), field="email")
    found = _read_address(address, "email", allow_smtputf8=False)
    return found.ascii_email or found.normalized


def _read_address(address: str, field: str, *, allow_smtputf8: bool = True) -> ValidatedEmail:
    try:
        return validate_email(address, check_deliverability=False, allow_smtputf8=allow_smtputf8)
    except EmailNotValidError as error:
        raise Invalid(
            N_("%(email)s is not an e-mail address. Please check it."), field=field, email=address[:100]
        ) from error


def check_subject(subject: str) -> str:
    """The subject, spaces trimmed; refuses line breaks and other control characters (header injection)."""
    wanted = subject.strip()
    if not wanted or _CONTROL.search(wanted):
        raise Invalid(N_("A subject is one line of text. Please correct it."), field="subject")
    if len(wanted) > LONGEST_SUBJECT:
        raise Invalid(N_("The subject is too long. Please shorten it."), field="subject")
    return wanted


def pause_after(attempts: int) -> timedelta:
    """How long to wait after that many tries (1 or more)."""
    return PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]


def give_up_after(*, holds_secret: bool) -> timedelta:
    """How long a message may wait before nobody expects it any more, or its link has nearly run out."""
    return GIVE_UP_SECRET_AFTER if holds_secret else GIVE_UP_AFTER


def is_too_old(created_at: datetime, now: datetime, *, holds_secret: bool) -> bool:
    """Whether a message has waited for too long."""
    return now - created_at >= give_up_after(holds_secret=holds_secret)
