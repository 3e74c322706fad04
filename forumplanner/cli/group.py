"""The group of commands, and the decorator that makes one."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup, with_appcontext
from flask_babel import force_locale

from forumplanner.core.errors import Refused


def _create_app() -> Flask:
    from forumplanner.factory import create_app

    return create_app()


@click.group(
    cls=FlaskGroup, create_app=_create_app, add_default_commands=False, add_version_option=False, load_dotenv=False
)
def cli() -> None:
    """Schedules forums, invites, collects outcomes, prints minutes, publishes calendars, compiles the brief."""
    from forumplanner.web.logs import set_up_logging

    set_up_logging()


def command(
    name: str, group: click.Group = cli, *, any_schema: bool = False, **options: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with an application context: commits when it returns, prints a refusal as one sentence, exit code 1.

    `any_schema`: it runs on a database whose tables are missing or old, too.
    """

    def decorate(function: Callable[..., Any]) -> click.Command:
        @wraps(function)
        def run(*arguments: Any, **named: Any) -> Any:
            from forumplanner.core.db import db
            from forumplanner.web.database import found_revision, newest_revision
            from forumplanner.web.today import move_today_for_sample

            if not any_schema:
                if found_revision() != newest_revision():
                    click.echo("The database is not up to date. Please run: forumplanner db upgrade", err=True)
                    sys.exit(1)
                move_today_for_sample()
            try:
                result = function(*arguments, **named)
                db.session.commit()
            except Refused as refusal:
                db.session.rollback()
                say(refusal)
                sys.exit(1)
            return result

        made: click.Command = group.command(name, **options)(with_appcontext(run))
        return made

    return decorate


def say(refusal: Refused) -> None:
    """Print a refusal to standard error, in English: the language of commands."""
    from forumplanner.web.errors import translated

    with current_app.test_request_context(), force_locale("en"):
        click.echo(translated(refusal), err=True)
