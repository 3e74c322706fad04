"""`demo load`, `backup`, `restore`, `check`."""

import sys
from pathlib import Path

import click
from flask import current_app

from forumplanner.cli.group import cli, command
from forumplanner.core.db import db
from forumplanner.core.errors import Refused
from forumplanner.history.actors import COMMAND_LINE

demo_group = click.Group("demo", help="The sample round of 2550.")
cli.add_command(demo_group)


@command("load", demo_group)
def demo_load() -> None:
    """Load the round of 2550 into an empty database; does nothing where it is loaded already."""
    from forumplanner.demo.load import load_sample

    loaded = load_sample(db.session(), current_app.config["SETTINGS"])
    click.echo("loaded" if loaded else "already loaded")


@command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write all rows to FILE while the application runs. Keep the secrets of DATA_DIR beside it: links need them."""
    from forumplanner.core.db import read_only
    from forumplanner.upkeep.backup import write_backup
    from forumplanner.web.database import newest_revision

    db.session.remove()
    with read_only(), db.engine.connect() as connection:
        counts = write_backup(connection, file, newest_revision())
    click.echo(f"{counts.total} rows of {len(counts.rows)} tables in {file}")


@command("restore", any_schema=True)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask before a production database is replaced.")
def restore(file: Path, yes: bool) -> None:
    """Replace all rows by those of FILE, in one transaction, while the application runs.

    What was there before is kept as a backup in the data folder. A production database is replaced after a question.
    """
    from flask_migrate import upgrade

    from forumplanner.core import clock
    from forumplanner.core.db import is_sample
    from forumplanner.desks.erasing import erase_again, list_erased
    from forumplanner.desks.tidying import tidy
    from forumplanner.upkeep.backup import read_backup
    from forumplanner.upkeep.reference import ensure_reference
    from forumplanner.web.database import found_revision, newest_revision

    settings = current_app.config["SETTINGS"]
    found = found_revision()
    db.session.remove()
    if found is None:
        upgrade()
    elif found != newest_revision():
        click.echo(
            "The database is not up to date. Please run: forumplanner db upgrade, then restore. Nothing was changed.",
            err=True,
        )
        sys.exit(1)
    if settings.is_production and not yes:
        _ask_before_replacing(file)
    copy = settings.data_dir / f"before-restore-{clock.now():%Y%m%d-%H%M%S-%f}.zip"
    try:
        with db.engine.begin() as connection:
            erased = list_erased(connection)
            counts = read_backup(connection, file, newest_revision(), production=settings.is_production, copy=copy)
    except Refused:
        copy.unlink(missing_ok=True)
        raise
    if copy.exists():
        click.echo(f"What was there before is kept in {copy}")
    click.echo(f"{counts.total} rows of {len(counts.rows)} tables from {file}")
    if not is_sample(db.session()):
        # A backup of a database that began without it lacks what every one begins with by now.
        ensure_reference(db.session())
    again = erase_again(db.session(), erased, COMMAND_LINE)
    if again:
        db.session.commit()
        db.session.remove()
        tidy(db.engine, settings.data_dir)
        click.echo(f"{len(again)} people who had been erased were in it. They were erased again: {again}")
    if counts.held:
        click.echo(f"{counts.held} messages were waiting in it. They are held until: forumplanner outbox release")


def _ask_before_replacing(file: Path) -> None:
    """Go on only where somebody at a terminal agrees."""
    if not sys.stdin.isatty():
        click.echo("This is a production database. To replace it, please add --yes. Nothing was changed.", err=True)
        sys.exit(1)
    if not click.confirm(f"Replace everything in this production database by {file}?"):
        click.echo("Nothing was changed.", err=True)
        sys.exit(1)


@cli.command("check")
def check() -> None:
    """Look at settings, database, schema, fonts, secrets, queue, in production at mail.

    Prints a sentence for each fault; exit code 1 where there is one. Makes and changes nothing.
    """
    faults = _find_faults()
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        sys.exit(1)
    click.echo("ok")


def _find_faults() -> list[str]:
    from forumplanner.config import SettingsError, read_settings
    from forumplanner.factory import create_app
    from forumplanner.upkeep.checking import list_database_faults, list_faults
    from forumplanner.web.database import missing_database

    try:
        settings = read_settings(keep=False)
        missing = missing_database(settings)
        if missing:
            return [missing, *list_faults(settings)]
        with create_app(settings).app_context():
            return [*list_database_faults(settings), *list_faults(settings)]
    except SettingsError as error:
        return list(error.faults)
