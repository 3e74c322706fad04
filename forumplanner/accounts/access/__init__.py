"""Declarations of who may open an endpoint, by role, the acting person, and what is noted of their looking."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from forumplanner.accounts import rules
from forumplanner.accounts.access.last_use import init_last_use
from forumplanner.accounts.rules import Role
from forumplanner.core import clock
from forumplanner.history.actors import IN_WORDS
from forumplanner.history.looks import PARTNER, record_look
from forumplanner.history.services import Actor
from forumplanner.web.access import ANYONE, PRIVATE_LINK, SIGNED_IN, Access, opens_to
from forumplanner.web.afterwards import after_response

READERS = Access("readers", lambda user: any(user.has_role(role) for role in Role))
COORDINATORS = Access("coordinators", lambda user: user.has_role(Role.COORDINATOR) or user.has_role(Role.ORGANISER))
ORGANISERS = Access("organisers", lambda user: bool(user.has_role(Role.ORGANISER)))


def _facts() -> tuple[set[str], set[int]]:
    user: Any = current_user
    if not user.is_authenticated:
        return set(), set()
    return {role.name for role in user.roles}, {region.id for region in user.regions}


def may_change_region(region_id: int | None) -> bool:
    """Whether the signed-in person may change things of this region (None: the national level)."""
    return rules.may_change_region(*_facts(), region_id)


def check_may_change_region(region_id: int | None) -> None:
    """Refuse with 403 unless they may."""
    rules.check_may_change_region(*_facts(), region_id)


def may_see_people(region_id: int | None) -> bool:
    """Whether the signed-in person may see names and numbers of this region."""
    return rules.may_see_people(*_facts(), region_id)


def is_signed_in() -> bool:
    """Whether anybody is signed in."""
    return bool(current_user.is_authenticated)


def is_organiser() -> bool:
    """Whether an organiser is signed in."""
    return Role.ORGANISER in _facts()[0]


def is_coordinator() -> bool:
    """Whether a coordinator or an organiser is signed in."""
    return bool({Role.ORGANISER, Role.COORDINATOR} & _facts()[0])


def acting() -> Actor:
    """Who acts in this request."""
    user: Any = current_user
    return Actor(user.id, user.display_name) if user.is_authenticated else Actor(None, "")


def name_actor(actor: str) -> str:
    """Who acted, as pages name them: an account or somebody who took an answer by name, else by which way."""
    return gettext(IN_WORDS[actor]) if actor in IN_WORDS else actor


def noting_look(page: ResponseReturnValue, thing: str, thing_id: int, whose: Iterable[int] = ()) -> Response:
    """The page, and a note of who saw on it the data of these partners (of the thing itself, where it is one).

    Made once the page was sent; nothing where a list showed nobody.
    """
    answer = make_response(page)
    seen = {thing_id} if thing == PARTNER else set(whose)
    if seen:
        note = partial(
            record_look,
            actor=acting(),
            thing=thing,
            thing_id=thing_id,
            at=clock.now(),
            page=request.endpoint or "",
            whose=seen,
        )
        after_response(answer, note)
    return answer


__all__ = [
    "ANYONE",
    "COORDINATORS",
    "ORGANISERS",
    "PRIVATE_LINK",
    "READERS",
    "SIGNED_IN",
    "acting",
    "check_may_change_region",
    "init_last_use",
    "is_coordinator",
    "is_organiser",
    "is_signed_in",
    "may_change_region",
    "may_see_people",
    "name_actor",
    "noting_look",
    "opens_to",
]
