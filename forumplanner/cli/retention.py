"""`personal-data retention`: how long data is kept, what falls due, and today's removals."""

import json
from datetime import date

import click
from flask import current_app

from forumplanner.cli.group import command
from forumplanner.cli.personal import personal_group
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.periods import PERIODS
from forumplanner.retention import eraser_of
from forumplanner.retention.jobs import keep_to_periods
from forumplanner.retention.reading import list_coming, numbers_in_force
from forumplanner.retention.views import tell_organisers


def describe(removed: int | None, today: date) -> dict[str, object]:
    """The periods in force and what is announced; `removed` is null where nothing was carried out."""
    session = db.session()
    return {
        "today": today.isoformat(),
        "periods": [
            {
                "period": slug,
                "number": number,
                "unit": PERIODS[slug].unit.value if number is not None else None,
                "default": PERIODS[slug].number,
                "fixed": PERIODS[slug].is_fixed,
            }
            for slug, number in numbers_in_force(session).items()
        ],
        "announced": [
            {
                "kind": each.kind,
                "count": each.count,
                "first": each.first.isoformat(),
                "last": each.last.isoformat(),
                "by_hand": each.refused,
            }
            for each in list_coming(session)
        ],
        "removed": removed,
    }


@command("retention", personal_group)
@click.option("--run", is_flag=True, help="Announce and remove what is due today, as the worker does once a day.")
@click.option("--json", "as_json", is_flag=True, help="One object, for programs.")
def personal_data_retention(run: bool, as_json: bool) -> None:
    """Tell how long each kind of data is kept and what will be removed within 30 days."""
    today = clock.today()
    removed = keep_to_periods(eraser_of(current_app), tell_organisers) if run else None
    found = describe(removed, today)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for period in found["periods"]:  # type: ignore[attr-defined]
        words = "as long as the minutes" if period["number"] is None else f"{period['number']} {period['unit']}"
        click.echo(f"{period['period']}\t{words}{' (fixed)' if period['fixed'] else ''}")
    for each in found["announced"]:  # type: ignore[attr-defined]
        click.echo(f"{each['kind']}\t{each['count']} to be removed\t{each['first']} to {each['last']}")
    if removed is not None:
        click.echo(f"{removed} removed", err=True)
