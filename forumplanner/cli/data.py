"""`demo load`, `backup`, `restore`, `check`."""

import sys
from pathlib import Path

import click
from flask import current_app

from forumplanner.cli.group import cli, command
from forumplanner.core.db import db

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
    from forumplanner.desks.backup import write_backup
    from forumplanner.web.database import newest_revision

    db.session.remove()
    with read_only(), db.engine.connect() as connection:
        counts = write_backup(connection, file, newest_revision())
    click.echo(f"{counts.total} rows of {len(counts.rows)} tables in {file}")


@command("restore", any_schema=True)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Replace all rows by those of FILE, in one transaction, while the application runs."""
    from flask_migrate import upgrade

    from forumplanner.desks.backup import read_backup
    from forumplanner.web.database import found_revision, newest_revision

    empty = found_revision() is None
    db.session.remove()
    if empty:
        upgrade()
    with db.engine.begin() as connection:
        counts = read_backup(connection, file, newest_revision())
    click.echo(f"{counts.total} rows of {len(counts.rows)} tables from {file}")


@command("check", any_schema=True)
def check() -> None:
    """Look at database, schema, fonts, secrets, in production at mail; exit code 1 and a sentence for each fault."""
    from forumplanner.desks.checking import list_faults

    faults = list_faults(current_app.config["SETTINGS"])
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        sys.exit(1)
    click.echo("ok")
