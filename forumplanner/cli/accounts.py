"""`user create`."""

import click

from forumplanner.cli.group import cli, command
from forumplanner.core.db import db

user_group = click.Group("user", help="Accounts.")
cli.add_command(user_group)


@command("create", user_group)
@click.argument("email")
@click.option("--role", type=click.Choice(["organiser", "coordinator", "reader"]), required=True)
@click.option("--region", "regions", multiple=True, help="A region's slug; for coordinators, may be repeated.")
def user_create(email: str, role: str, regions: tuple[str, ...]) -> None:
    """Make an account and print its one-time link, by which its owner chooses a password."""
    from forumplanner.accounts.services import create_account, password_link

    user = create_account(db.session(), email, role, regions)
    db.session.commit()
    click.echo(password_link(user))
