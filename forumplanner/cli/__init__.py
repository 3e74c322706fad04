"""The command `forumplanner`: each command parses, calls a service, commits. Results alone go to standard output.

Importing this package loads nothing: the parent of `serve` (`cli.processes`) starts without the application.
"""


def load_commands() -> None:
    """Have each module register its commands."""
    from forumplanner.cli import accounts, data, feeds, invitations, outputs, serving  # noqa: F401


def main() -> None:
    """Entry point."""
    import click

    from forumplanner.cli.group import cli
    from forumplanner.config import SettingsError

    load_commands()
    try:
        cli()
    except SettingsError as error:
        click.echo(str(error), err=True)
        raise SystemExit(2) from error
