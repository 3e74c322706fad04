"""How history forgets a person: what is about them is blanked; what is about others keeps all but the name."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session, aliased

from forumplanner.core.db import BLANKED
from forumplanner.core.erasing import Erasing, Leaving
from forumplanner.history.differences import apply_edits, digest, read_edits, write_edits
from forumplanner.history.models import Change
from forumplanner.history.services import blank_partner

AT_ONCE = 2000
_ACCOUNT = "the name of an account that acted; accounts are not partners"


def _blank_own(session: Session, leaving: Leaving) -> None:
    leaving.count("changes", blank_partner(session, leaving.partner_id))


def _clean_others(session: Session, leaving: Leaving) -> None:
    """Take the name out of changes about others. A long text is put together from its differences and parted anew: a
    name may stand half in one difference and half in the next."""
    cleaned = [
        values
        for wanted in (_in_pieces(), *(_of(place) for place in sorted(_naming(session, leaving))))
        for _text, rows in groupby(_read(session, wanted), key=lambda row: (row.thing, row.thing_id, row.field))
        for values in _clean_versions(leaving, list(rows))
    ]
    # A text in pieces may have been found both ways.
    for number, values in {values.pop("id"): values for values in cleaned}.items():
        session.execute(update(Change).where(Change.id == number).values(values))
    leaving.count("changes", len(cleaned))


def _read(session: Session, wanted: ColumnElement[bool]) -> Iterator[Any]:
    """Those changes, text by text, the oldest first."""
    query = select(
        Change.id, Change.thing, Change.thing_id, Change.field, Change.old, Change.new, Change.edits, Change.partner_id
    )
    query = query.where(wanted).order_by(Change.thing, Change.thing_id, Change.field, Change.at, Change.id)
    yield from session.execute(query, execution_options={"yield_per": AT_ONCE})


def _in_pieces() -> ColumnElement[bool]:
    """Whether it is of a text of which differences are kept."""
    other = aliased(Change)
    same = (other.thing == Change.thing, other.thing_id == Change.thing_id, other.field == Change.field)
    return select(other.id).where(*same, other.edits.is_not(None)).exists()


def _of(place: tuple[str, int, str]) -> ColumnElement[bool]:
    return and_(Change.thing == place[0], Change.thing_id == place[1], Change.field == place[2])


def _naming(session: Session, leaving: Leaving) -> set[tuple[str, int, str]]:
    """The texts of which a change that is kept whole names them; many are looked at together, for few name anybody."""
    query = select(Change.thing, Change.thing_id, Change.field, Change.old, Change.new).where(Change.edits.is_(None))
    found = set()
    for rows in session.execute(query, execution_options={"yield_per": AT_ONCE}).partitions():
        if leaving.traces.found_in("\n".join(f"{row.old or ''}\n{row.new or ''}" for row in rows)):
            found |= {
                (row.thing, row.thing_id, row.field)
                for row in rows
                if leaving.traces.found_in(row.old or "") or leaving.traces.found_in(row.new or "")
            }
    return found


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
