"""The command `forumplanner`: each command parses, calls a service, commits. Results alone go to standard output."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import current_app
from flask.cli import FlaskGroup, with_appcontext
from flask_babel import force_locale

from forumplanner.config import SettingsError
from forumplanner.core.db import db
from forumplanner.core.errors import Refused
from forumplanner.web.logs import set_up_logging


def _create_app() -> Any:
    from forumplanner.factory import create_app

    return create_app()


class Group(FlaskGroup):
    """Flask's group without its own `run` and `routes`."""


@click.group(
    cls=Group, create_app=_create_app, add_default_commands=False, add_version_option=False, load_dotenv=False
)
def cli() -> None:
    """Schedules forums, invites, collects outcomes, prints minutes, publishes calendars, compiles the brief."""
    set_up_logging()


def command(name: str, group: click.Group = cli, **options: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with an application context: commits when it returns, prints a refusal as one sentence."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        @wraps(function)
        def run(*arguments: Any, **named: Any) -> Any:
            from forumplanner.web.errors import translated
            from forumplanner.web.today import move_today_for_sample

            try:
                result = function(*arguments, **named)
                db.session.commit()
            except Refused as refusal:
                db.session.rollback()
                with current_app.test_request_context(), force_locale("en"):
                    click.echo(translated(refusal), err=True)
                sys.exit(1)
            return result

        return group.command(name, **options)(with_appcontext(run))

    return decorate


def main() -> None:
    """Entry point."""
    try:
        cli()
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
