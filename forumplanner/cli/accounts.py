"""`user list`, `user create`, `user change`, `user link`, `user off`, `user on`; `region list`."""

import json

import click

from forumplanner.cli.group import cli, command
from forumplanner.core.db import db
from forumplanner.history.actors import COMMAND_LINE

user_group = click.Group("user", help="Accounts.")
cli.add_command(user_group)
region_group = click.Group("region", help="The movement's regions.")
cli.add_command(region_group)

ROLES = ["organiser", "coordinator", "reader"]
REGIONS = (
    "A region's slug: north, upper-central, bangkok, northeast, east, west, south, or one that was added"
    " (forumplanner region list)."
)
# Who acts, in the history of what commands change.


@command("list", region_group)
def region_list() -> None:
    """List the regions: slug, Thai name, English name, and whether a region is retired."""
    from forumplanner.places.services import list_regions

    for region in list_regions(db.session()):
        words = (region.slug, region.name_th, region.name_en or "-", "retired" if region.retired_at else "-")
        click.echo("\t".join(words))


@command("list", user_group)
@click.option("--json", "as_json", is_flag=True, help="A list of objects, for programs.")
def user_list(as_json: bool) -> None:
    """List the accounts: address, role, regions, state (on, off, no password yet), second step, name."""
    from forumplanner.accounts.services import list_accounts, role_of

    rows = [
        {
            "email": user.email,
            "role": role_of(user),
            "regions": [region.slug for region in user.regions],
            "state": "off" if not user.active else "on" if user.password else "no password yet",
            "two_factor": user.has_two_factor,
            "name": user.name,
        }
        for user in list_accounts(db.session())
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        words = [row["email"], row["role"], ",".join(row["regions"]), row["state"]]  # type: ignore[arg-type]
        words += ["two steps" if row["two_factor"] else "", row["name"]]
        click.echo("\t".join(str(word or "-") for word in words))


@command("change", user_group)
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), help="The role from now on; as it is unless given.")
@click.option(
    "--region", "regions", multiple=True, help=f"{REGIONS} The regions from now on; as they are unless given."
)
@click.option("--name", help="The person's name; as it is unless given.")
def user_change(email: str, role: str | None, regions: tuple[str, ...], name: str | None) -> None:
    """Give an account another role, other regions or another name."""
    from forumplanner.accounts.rules import Role
    from forumplanner.accounts.services import change_account, get_account, role_of

    user = get_account(db.session(), email)
    role = role or role_of(user)
    # Whoever is no coordinator any more has no regions.
    kept = [region.slug for region in user.regions] if role == Role.COORDINATOR else []
    change_account(
        db.session(),
        user,
        role=role,
        region_slugs=list(regions) or kept,
        name=user.name if name is None else name,
        actor=COMMAND_LINE,
    )


@command("create", user_group)
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--region", "regions", multiple=True, help=f"{REGIONS} For coordinators; may be repeated.")
@click.option("--name", default="", help="The person's name, as pages and mails show it.")
def user_create(email: str, role: str, regions: tuple[str, ...], name: str) -> None:
    """Make an account and print its one-time link, by which its owner chooses a password."""
    from forumplanner.accounts.addresses import password_link
    from forumplanner.accounts.services import create_account
    from forumplanner.upkeep.reference import ensure_reference

    # The first account may be the first thing a new database sees.
    ensure_reference(db.session())
    user = create_account(db.session(), email, role, regions, name=name, actor=COMMAND_LINE)
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
        forget_two_factor(db.session(), user, actor=COMMAND_LINE)
    link = password_link(user)
    db.session.commit()
    click.echo(link)


@command("off", user_group)
@click.argument("email")
def user_off(email: str) -> None:
    """Switch an account off; whoever is signed in with it is signed out."""
    from forumplanner.accounts.services import get_account, switch_account

    switch_account(db.session(), get_account(db.session(), email), active=False, actor=COMMAND_LINE)


@command("on", user_group)
@click.argument("email")
def user_on(email: str) -> None:
    """Switch an account on again."""
    from forumplanner.accounts.services import get_account, switch_account

    switch_account(db.session(), get_account(db.session(), email), active=True, actor=COMMAND_LINE)
