"""How history forgets a person: what is about them is blanked; what is about others keeps all but the name."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forumplanner.core.db import BLANKED
from forumplanner.core.erasing import Erasing, Leaving
from forumplanner.history.differences import apply_edits, digest, read_edits, write_edits
from forumplanner.history.models import Change
from forumplanner.history.services import blank_partner

_ACCOUNT = "the name of an account that acted; accounts are not partners"


def _blank_own(session: Session, leaving: Leaving) -> None:
    leaving.count("changes", blank_partner(session, leaving.partner_id))


def _clean_others(session: Session, leaving: Leaving) -> None:
    """Take the name out of changes about others. A long text is put together from its differences and parted anew: a
    name may stand half in one difference and half in the next."""
    place = (Change.thing, Change.thing_id, Change.field)
    query = select(Change.id, *place, Change.old, Change.new, Change.edits, Change.partner_id)
    query = query.order_by(*place, Change.at, Change.id).execution_options(yield_per=2000)
    cleaned = [
        values
        for _text, rows in groupby(session.execute(query), key=lambda row: (row.thing, row.thing_id, row.field))
        for values in _clean_versions(leaving, list(rows))
    ]
    for values in cleaned:
        session.execute(update(Change).where(Change.id == values.pop("id")).values(values))
    leaving.count("changes", len(cleaned))


def _clean_versions(leaving: Leaving, changes: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """What is to be written of all changes of one text, the oldest first."""
    traces = leaving.traces
    versions = _versions(changes)
    named = [text is not None and traces.found_in(text) for text in versions]

    def cleaned(place: int) -> str:
        """A version without the name. Of one that somebody saved with half the name typed, the half goes."""
        is_half = not named[place] and (named[place - 1 : place] == [True] or named[place + 1 : place + 2] == [True])
        return traces.removed_from(versions[place] or "", own=is_half)

    for place, change in enumerate(changes):
        if change.partner_id is not None and change.partner_id in leaving.namesakes:
            continue
        if change.edits is None:
            old = traces.removed_from(change.old or "") or None
            new = cleaned(place) or None
            if (old, new) != (change.old or None, change.new or None):
                yield {"id": change.id, "old": old, "new": new}
        elif versions[place] is None:
            # What it was is not known any more, so neither is what its pieces were pieces of.
            edits = read_edits(change.edits)[2]
            if any(traces.found_in(part, own=True) for edit in edits for part in edit[1:]):
                yield {"id": change.id, "old": BLANKED, "new": BLANKED, "edits": None}
        elif (cleaned(place - 1), cleaned(place)) != (versions[place - 1], versions[place]):
            yield {"id": change.id, "edits": write_edits(cleaned(place - 1), cleaned(place))}


def _versions(changes: Sequence[Any]) -> list[str | None]:
    """The text behind each change; None where it is not known."""
    versions: list[str | None] = []
    text: str | None = None
    for change in changes:
        if change.edits is None:
            text = change.new or ""
        else:
            before, _after, edits = read_edits(change.edits)
            text = apply_edits(text, edits) if text is not None and digest(text) == before else None
        versions.append(text)
    return versions


ERASING = Erasing(
    left={
        "changes.actor": _ACCOUNT,
        "changes.thing": "the name of a table",
        "changes.field": "the name of a column",
        "changes.old": "cleaned with the other versions of the same text",
        "changes.new": "cleaned with the other versions of the same text",
        "changes.edits": "cleaned with the other versions of the same text",
        "looks.actor": _ACCOUNT,
        "looks.page": "an endpoint",
        "looks.thing": "the name of a table",
    },
    own=_blank_own,
    after=_clean_others,
)
