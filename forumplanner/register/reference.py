"""The finance table as published: real, so it outlives the sample."""

import csv
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.config import PACKAGE
from forumplanner.register.models import FinanceKind, Measure, Observation, Standing

COLUMNS = {Measure.GROUPS: "groups", Measure.MEMBERS: "members", Measure.FUND: "fund_million_baht"}
STANDINGS = {Measure.GROUPS: "groups_is", Measure.MEMBERS: "members_is", Measure.FUND: "fund_is"}


def has_finance_table(session: Session) -> bool:
    """Whether there are kinds of groups already."""
    return session.scalar(select(FinanceKind.id).limit(1)) is not None


def add_finance_table(session: Session) -> None:
    """Add its kinds and figures where there are none yet."""
    if has_finance_table(session):
        return
    with (PACKAGE / "data" / "finance-organisations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for order, row in enumerate(rows, start=1):
        kind = FinanceKind(name_th=row["kind_th"], name_en=row["kind_en"], list_order=order)
        session.add(kind)
        for measure, column in COLUMNS.items():
            session.add(
                Observation(
                    kind=kind,
                    measure=measure,
                    standing=Standing(row[STANDINGS[measure]]),
                    value=Decimal(row[column]) if row[column] else None,
                    as_of=row["as_of"],
                )
            )
    session.flush()
