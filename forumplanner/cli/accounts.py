"""`user create`, `user link`, `user off`, `user on`."""

import click

from forumplanner.cli.group import cli, command
from forumplanner.core.db import db

user_group = click.Group("user", help="Accounts.")
cli.add_command(user_group)


@command("create", user_group)
@click.argument("email")
@click.option("--role", type=click.Choice(["organiser", "coordinator", "reader"]), required=True)
@click.option("--region", "regions", multiple=True, help="A region's slug; for coordinators, may be repeated.")
@click.option("--name", default="", help="The person's name, as pages and mails show it.")
def user_create(email: str, role: str, regions: tuple[str, ...], name: str) -> None:
    """Make an account and print its one-time link, by which its owner chooses a password."""
    from forumplanner.accounts.addresses import password_link
    from forumplanner.accounts.services import create_account

    user = create_account(db.session(), email, role, regions, name=name)
    link = password_link(user)
    db.session.commit()
    click.echo(link)


@command("link", user_group)
@click.argument("email")
@click.option("--without-two-factor", is_flag=True, help="Take the second step away: telephone and codes are lost.")
def user_link(email: str, without_two_factor: bool) -> None:
    """Print a new one-time link for an account, by which its owner chooses another password."""
    from forumplanner.accounts.addresses import password_link
    from forumplanner.accounts.services import forget_two_factor, get_account

    user = get_account(db.session(), email)
    if without_two_factor:
        forget_two_factor(db.session(), user)
    link = password_link(user)
    db.session.commit()
    click.echo(link)


@command("off", user_group)
@click.argument("email")
def user_off(email: str) -> None:
    """Switch an account off; whoever is signed in with it is signed out."""
    from forumplanner.accounts.services import get_account, switch_account

    switch_account(db.session(), get_account(db.session(), email), active=False)


@command("on", user_group)
@click.argument("email")
def user_on(email: str) -> None:
    """Switch an account on again."""
    from forumplanner.accounts.services import get_account, switch_account

    switch_account(db.session(), get_account(db.session(), email), active=True)
