"""`partners import`, `export`, `duplicates`, `index`, `erase`: people in, back, told apart, and out of everything."""

import json
import os
import sys
from pathlib import Path

import click
from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import func, select

from forumplanner.cli.accounts import REGIONS
from forumplanner.cli.group import cli, command
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.history.actors import COMMAND_LINE
from forumplanner.history.looks import record_look
from forumplanner.history.services import Actor
from forumplanner.partners.importing.matching import Match, State
from forumplanner.partners.models import Partner

NO_ACCOUNT = 0

partners_group = click.Group("partners", help="People and organisations that are invited.")
cli.add_command(partners_group)

AT_ONCE = 5000


def _describe(matches: list[Match]) -> list[dict[str, object]]:
    """The rows in the order of the file. `phones`: national digits, an extension apart."""
    from forumplanner.partners.forms.importing import say

    with current_app.test_request_context(), force_locale("en"):
        return [
            {
                "sheet": match.sheet,
                "row": match.row.number,
                "state": match.state.value,
                "name": match.row.name,
                "phones": [phone.number for phone in match.row.phones],
                "messages": [say(remark) for remark in match.remarks],
            }
            for match in matches
        ]


@command("import", partners_group)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--region", help=f"{REGIONS} For rows that name none.")
@click.option("--sheet", help="The one sheet to be read; all that are not hidden unless given.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Counts and rows as an object, for programs.")
def partners_import(file: Path, region: str | None, sheet: str | None, dry_run: bool, as_json: bool) -> None:
    """Add the people of FILE (.xlsx, .xls, .ods, .csv, .tsv); rows with errors and possible duplicates are left out."""
    from forumplanner.partners.importing.books import read_book
    from forumplanner.partners.importing.matching import match_rows
    from forumplanner.partners.importing.merging import Belonging
    from forumplanner.partners.importing.writing import hold_imports, write_matches
    from forumplanner.partners.rules import Sight
    from forumplanner.places.services import get_region, list_regions
    from forumplanner.sheets import MOST_BYTES, read_file

    session = db.session()
    chosen = get_region(session, region) if region else None
    with file.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    readings = read_book(read_file(content, file.name), {}, None if sheet is None else [sheet])
    hold_imports(session)
    rows = [(reading.name, reading.rows) for reading in readings if reading.is_read]
    matches = match_rows(session, Sight(everything=True), rows, Belonging(list_regions(session), chosen))
    if not dry_run:
        write_matches(session, COMMAND_LINE, matches)
    counts = {state.value: sum(1 for match in matches if match.state == state) for state in State}
    described = _describe(matches)
    if as_json:
        click.echo(json.dumps({**counts, "rows": described}, ensure_ascii=False, indent=2))
        return
    for row in described:
        place = f"{row['sheet']}!{row['row']}" if row["sheet"] else str(row["row"])
        click.echo("\t".join((place, str(row["state"]), str(row["name"] or "-"), " ".join(row["messages"]))))  # type: ignore[arg-type]
    click.echo(", ".join(f"{count} {state}" for state, count in counts.items()))


@command("export", partners_group)
@click.option(
    "--out",
    "file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: .xlsx or .csv. It is there whole or not at all, and for its owner alone.",
)
@click.option("--region", help=f"{REGIONS} All partners unless given.")
def partners_export(file: Path, region: str | None) -> None:
    """Write the list of partners with all that is kept of them, to be read again by `partners import`."""
    from forumplanner.partners.exporting import export_partners
    from forumplanner.partners.rules import Sight
    from forumplanner.partners.search import PartnerFilter
    from forumplanner.places.services import get_region
    from forumplanner.sheets import write_csv, write_xlsx

    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise click.UsageError("The file's name must end in .xlsx or .csv.")
    session = db.session()
    wanted = PartnerFilter(region_id=get_region(session, region).id if region else None)
    with current_app.test_request_context(), force_locale("th"):
        exported = export_partners(session, Sight(everything=True), wanted, gettext, "th", most=None)
        rows = exported.rows
        content = (
            write_csv(rows) if file.suffix.lower() == ".csv" else write_xlsx([(gettext("Partners"), rows)], widths=())
        )
    partial = file.with_name(f".{file.name}.part")
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(content)
    # Who took the list is kept with all other looks; it is kept first, so that no list is out that stands nowhere.
    page = f"partners.export_{file.suffix.lower()[1:]}"
    by = Actor(NO_ACCOUNT, COMMAND_LINE.name)
    record_look(session, by, "partners", 0, at=clock.now(), page=page, whose=exported.partner_ids)
    session.commit()
    partial.replace(file)
    click.echo(f"{len(exported.partner_ids)} partners in {file.name}")


@command("index", partners_group)
def partners_index() -> None:
    """Build the index by which partners are found anew. It keeps itself true: this is for who doubts it."""
    from forumplanner.partners.trigrams import build_anew, ensure_index

    session = db.session()
    connection = session.connection()
    ensure_index(connection)
    build_anew(connection)
    session.commit()
    count = session.scalar(select(func.count()).select_from(Partner))
    click.echo(f"{count} partners are in the index.")


@command("erase", partners_group)
@click.argument("partner_id", metavar="ID", type=click.IntRange(1, 2**31 - 1))
@click.option("--yes", is_flag=True, help="Do it; without it the command says what would go, and does nothing.")
def partners_erase(partner_id: int, yes: bool) -> None:
    """Erase a person: their row, messages, history, and the name or number in everybody else's texts.

    Approved minutes keep the name. Backups cannot be changed: restore erases the person again.
    """
    from forumplanner.desks.erasing import erase_person, foresee
    from forumplanner.desks.tidying import list_backups, tidy

    session = db.session()
    if not yes:
        forecast = foresee(session, partner_id)
        click.echo(f"{forecast.texts} texts about others name this person; {forecast.invitations} invitations.")
        click.echo(f"{forecast.kept} texts stay as they are: approved minutes.")
        for invitation in forecast.upcoming:
            click.echo(f"Withdrawn: the invitation to {invitation.meeting.round.code}/{invitation.meeting.slug}.")
        click.echo("Nothing was changed. To erase, please add --yes.", err=True)
        sys.exit(1)
    done = erase_person(session, partner_id, by=COMMAND_LINE, withdrawing=True)
    session.commit()
    db.session.remove()
    data_dir = current_app.config["SETTINGS"].data_dir
    tidy(db.engine, data_dir)
    counts = "".join(f", {number} {what}" for what, number in sorted(done.counts.items()))
    click.echo(f"Erased {partner_id}: {done.texts} texts about others{counts}; {done.kept} kept in approved minutes.")
    for backup in list_backups(data_dir):
        click.echo(f"This backup cannot be changed and still holds them: {backup}")


@command("duplicates", partners_group)
@click.option("--json", "as_json", is_flag=True, help="The pairs as a list of objects, for programs.")
def partners_duplicates(as_json: bool) -> None:
    """List the pairs of partners who may be the same, the surest first; whom somebody told apart is left out."""
    from forumplanner.partners.duplicates.finding import list_pairs
    from forumplanner.partners.rules import Sight
    from forumplanner.partners.search import list_partners_by_id

    session, everybody = db.session(), Sight(everything=True)
    pairs = list_pairs(session, everybody)
    ids = sorted({number for pair in pairs for number in (pair.first, pair.second)})
    known = {
        partner.id: partner
        for first in range(0, len(ids), AT_ONCE)
        for partner in list_partners_by_id(session, everybody, ids[first : first + AT_ONCE])
    }
    both = [(known[pair.first], known[pair.second], [why.value for why in pair.why]) for pair in pairs]
    if as_json:
        found = [{"partners": [_named(one), _named(other)], "why": why} for one, other, why in both]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for one, other, why in both:
        names = " = ".join(f"{partner.id} {partner.shown_name('th')}" for partner in (one, other))
        click.echo(f"{names}\t{', '.join(why)}")
    click.echo(f"{len(both)} pairs")


def _named(partner: Partner) -> dict[str, object]:
    return {
        "id": partner.id,
        "name": partner.shown_name("th"),
        "phones": [phone.number for phone in partner.phones],
        "place": partner.place.shown("th") if partner.place else None,
    }
