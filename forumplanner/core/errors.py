"""Refusals: what a service or rule says no to, as a sentence for the person who asked.

Messages are untranslated and carry their parameters; one handler (`web.errors`) turns them into a page, form pages
show them beside the field.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from forumplanner.core.i18n import N_


class Refused(Exception):
    """A refusal: `message` is an untranslated N_() sentence, `params` fills its %(name)s places.

    `field` names the form field it belongs to, if any; `status` is the HTTP status of a page that shows it.
    """

    status: ClassVar[int] = 422

    def __init__(self, message: str, *, field: str | None = None, **params: Any) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params: dict[str, Any] = params
        self.field = field


class Invalid(Refused):
    """Input that cannot be taken as it is; the sentence says what to do."""


class NotAllowed(Refused):
    """The person may not do this."""

    status = 403

    def __init__(self, message: str = N_("This page is not open to you"), **params: Any) -> None:
        super().__init__(message, **params)


class NotFound(Refused):
    """There is no such thing, or it is not for this person to know."""

    status = 404

    def __init__(self, message: str = N_("There is nothing at this address"), **params: Any) -> None:
        super().__init__(message, **params)


class Removed(NotFound):
    """It was here, and somebody removed it since: nothing to find for a reader, a conflict for whoever changes it."""


class Gone(NotFound):
    """It was here and is no more (a revoked or expired private link)."""

    status = 410


class Conflict(Refused):
    """The state of things does not permit this now."""

    status = 409


SAVED_MEANWHILE = N_("Somebody else saved this while you were writing. Both texts are shown below; nothing is lost.")


class Stale(Conflict):
    """Somebody else saved meanwhile (`core.stamps`). `theirs` and `yours` hold both values by the name of their field.

    `untouched` holds what is saved in fields this person had not changed, `seen` the stamp to save again with.
    """

    def __init__(
        self,
        message: str = SAVED_MEANWHILE,
        *,
        theirs: Mapping[str, Any] | None = None,
        yours: Mapping[str, Any] | None = None,
        untouched: Mapping[str, Any] | None = None,
        seen: str | None = None,
        **params: Any,
    ) -> None:
        super().__init__(message, **params)
        self.theirs = dict(theirs or {})
        self.yours = dict(yours or {})
        self.untouched = dict(untouched or {})
        self.seen = seen


class TooMany(Refused):
    """Too many attempts in a short time."""

    status = 429
