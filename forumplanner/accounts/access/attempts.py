"""How often somebody may fail at a password or a code, counted for all processes together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask, Response, g
from limits import RateLimitItem, parse

from forumplanner.core.db import db
from forumplanner.web.limits import client_address, count_attempt, forget_attempts, take_back

# Failures of one account from one address, and of one address whatever the account. An office or a mobile network may
# share an address, so the second is wide.
SIGN_IN = parse("10 per 10 minutes")
SIGN_IN_ADDRESS = parse("50 per 10 minutes")
# Wrong codes or passwords of somebody who is half or wholly signed in: by account, wherever they come from.
SECRETS = parse("10 per 10 minutes")
# Mails asked for.
RESET = parse("5 per hour")
RESET_ADDRESS = parse("30 per hour")

Counted = tuple[RateLimitItem, tuple[str, ...]]


@dataclass
class Attempt:
    """One try; set `succeeded` inside the block."""

    succeeded: bool = False


@contextmanager
def sign_in_attempt(email: str) -> Iterator[Attempt]:
    """Count a sign-in; refuses with 429 after too many failures. A success begins the account's count anew."""
    own, address = ("sign-in", _same(email), client_address()), ("sign-in", client_address())
    with _counted((SIGN_IN, own), (SIGN_IN_ADDRESS, address)) as attempt:
        yield attempt


@contextmanager
def secret_attempt(user_id: int) -> Iterator[Attempt]:
    """Count a second-step code or a password typed again."""
    with _counted((SECRETS, ("secret", str(user_id)))) as attempt:
        yield attempt


def count_reset_request(email: str) -> None:
    """Count a request for a reset mail, whether or not there is such an account."""
    count_attempt(RESET_ADDRESS, "reset", client_address())
    count_attempt(RESET, "reset", _same(email), client_address())


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


def _same(email: str) -> str:
    return email.strip().casefold()[:320]
