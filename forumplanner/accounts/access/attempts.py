"""How often somebody may fail at a password or a code, counted for all processes together.

By account first: hundreds may share one address, an office or a mobile network. An address counts for itself only where
there is no account to count by. What is answered never tells whether there is one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask, Response, g
from limits import RateLimitItem, parse

from forumplanner.accounts.access.browsers import known_browser
from forumplanner.accounts.rules import same_address
from forumplanner.core.db import db
from forumplanner.core.i18n import N_
from forumplanner.web.limits import (
    check_not_used_up,
    client_address,
    count_attempt,
    forget_attempts,
    is_used_up,
    take_back,
)

# Failures at one account from one address, or from one browser in which its owner has signed in before.
SIGN_IN = parse("10 per 10 minutes")
# Failures at one account from wherever else: slows down whoever guesses from many addresses, and never counts against
# the owner's own browser. A new password, asked for by mail, makes any browser the owner's.
SIGN_IN_ACCOUNT = parse("50 per 10 minutes")
# Tries of one address at accounts that there are not.
UNKNOWN_ACCOUNT = parse("50 per 10 minutes")
# Wrong codes or passwords of somebody who is half or wholly signed in: by account, wherever they come from.
SECRETS = parse("10 per 10 minutes")
# Mails asked for, from one address and from everywhere together. Who shares the address does not matter.
RESET = parse("5 per hour")
RESET_ACCOUNT = parse("15 per hour")

OTHERS_TRY = N_(
    "Many wrong passwords were tried for this account. Please wait %(wait)s, then try again; or choose a new password"
    " by e-mail: that works at once."
)

Counted = tuple[RateLimitItem, tuple[str, ...]]


@dataclass
class Attempt:
    """One try; set `succeeded`, and whether there is such an account, inside the block."""

    succeeded: bool = False
    is_known: bool = True


@contextmanager
def sign_in_attempt(email: str) -> Iterator[Attempt]:
    """Count a sign-in; refuses with 429 after too many failures. A success begins the account's count anew."""
    account, unknown = same_address(email), ("unknown account", client_address())
    browser = known_browser(email)
    own = (SIGN_IN, ("sign-in", account, f"browser {browser}" if browser else client_address()))
    if not browser:
        check_not_used_up(SIGN_IN_ACCOUNT, "sign-in", account, message=OTHERS_TRY)
    suspect = is_used_up(UNKNOWN_ACCOUNT, *unknown)
    wider = [] if browser else [(SIGN_IN_ACCOUNT, ("sign-in", account))]
    with _counted(own, *wider) as attempt:
        yield attempt
    if not attempt.is_known:
        count_attempt(UNKNOWN_ACCOUNT, *unknown)
    elif suspect and not attempt.succeeded:
        # Otherwise the answer would tell which of the accounts tried there are.
        check_not_used_up(UNKNOWN_ACCOUNT, *unknown)


@contextmanager
def secret_attempt(user_id: int) -> Iterator[Attempt]:
    """Count a second-step code or a password typed again."""
    with _counted((SECRETS, ("secret", str(user_id)))) as attempt:
        yield attempt


def count_reset_request(email: str) -> None:
    """Count a request for a reset mail, whether or not there is such an account."""
    count_attempt(RESET, "reset", same_address(email), client_address())
    count_attempt(RESET_ACCOUNT, "reset", same_address(email))


@contextmanager
def _counted(own: Counted, *wider: Counted) -> Iterator[Attempt]:
    for limit, identity in (own, *wider):
        count_attempt(limit, *identity)
    attempt = Attempt()
    yield attempt
    if attempt.succeeded:
        # Not now: the request is about to change things, and counting takes a transaction of its own.
        g.setdefault("succeeded_attempts", []).append((own, wider))


def _forgive(response: Response) -> Response:
    """After the response, when the view has committed: forget the failures before a success."""
    succeeded: list[tuple[Counted, tuple[Counted, ...]]] = g.pop("succeeded_attempts", [])
    if succeeded:
        db.session.rollback()
    for (limit, identity), wider in succeeded:
        forget_attempts(limit, *identity)
        for wide_limit, wide_identity in wider:
            take_back(wide_limit, *wide_identity)
    return response


def init_attempts(app: Flask) -> None:
    """Forgive after successes."""
    app.after_request(_forgive)
