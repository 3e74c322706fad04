"""`outbox list`, `outbox release`, `outbox discard`."""

import click

from forumplanner.cli.group import cli, command
from forumplanner.core.db import db

outbox_group = click.Group("outbox", help="Messages waiting to leave; those that a restore brought back are held.")
cli.add_command(outbox_group)


@command("list", outbox_group)
def outbox_list() -> None:
    """Print how many messages there are in each state."""
    from forumplanner.outbox.services import count_by_state

    for state, count in count_by_state(db.session()).items():
        click.echo(f"{state.value} {count}")


@command("release", outbox_group)
def outbox_release() -> None:
    """Send what a restore brought back. Some of it may have left before: whoever gets it gets it twice."""
    from forumplanner.outbox.services import release_held

    click.echo(f"{release_held(db.session())} messages released")


@command("discard", outbox_group)
def outbox_discard() -> None:
    """Never send what a restore brought back."""
    from forumplanner.outbox.services import discard_held

    click.echo(f"{discard_held(db.session())} messages discarded")
