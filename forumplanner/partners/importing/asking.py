"""Rows that may be duplicates: somebody says of each, or of all, who they are."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forumplanner.partners.importing.deciding import Decided, Decision
from forumplanner.partners.importing.matching import State
from forumplanner.partners.importing.models import PartnerImport, PartnerImportRow


def decisions_of(
    session: Session, kept: PartnerImport, names: Mapping[int, str | None]
) -> dict[tuple[str | None, int], Decided]:
    """What was said of a list's rows; `names`: of its sheets by their places."""
    row = PartnerImportRow
    query = select(row.sheet, row.number, row.decision, row.maybe_id)
    found = session.execute(query.where(row.import_id == kept.id, row.decision.is_not(None)))
    return {
        (names.get(sheet), number): Decided(decision, maybe_id)
        for sheet, number, decision, maybe_id in found
        if decision is not None
    }


def count_asked(session: Session, kept: PartnerImport) -> tuple[int, int]:
    """Of how many rows somebody has to say who they are, and of how many of these nobody has said it."""
    row = PartnerImportRow
    query = select(func.count(), func.count(row.decision)).where(row.import_id == kept.id, row.asks)
    asked, decided = session.execute(query).one()
    return asked, asked - decided


def decide(session: Session, kept: PartnerImport, said: Mapping[int, Decision]) -> int:
    """Say of rows, by their ids, who they are; returns of how many something else was said before.

    What follows for each is shown at once, and found anew when the list is written.
    """
    query = select(PartnerImportRow).where(PartnerImportRow.import_id == kept.id, PartnerImportRow.asks)
    count = 0
    for row in session.scalars(query):
        decision = said.get(row.id)
        if decision is not None and decision != row.decision:
            _decide(row, decision)
            count += 1
    session.flush()
    return count


def decide_the_others(session: Session, kept: PartnerImport, decision: Decision) -> int:
    """Say the same of all rows of which nothing was said yet; returns of how many."""
    row = PartnerImportRow
    found = session.scalars(select(row).where(row.import_id == kept.id, row.asks, row.decision.is_(None))).all()
    for each in found:
        _decide(each, decision)
    session.flush()
    return len(found)


def _decide(row: PartnerImportRow, decision: Decision) -> None:
    row.decision = decision
    if decision == Decision.OTHER:
        row.state, row.partner_id = State.NEW, None
        return
    row.state = State.UPDATE if decision == Decision.SAME and row.adds else State.DUPLICATE
    row.partner_id = row.maybe_id if decision == Decision.SAME else None
