"""The group of commands, and the decorator that makes one."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
import flask_migrate.cli
from flask import Flask, current_app
from flask.cli import ScriptInfo, with_appcontext
from flask_babel import force_locale

from forumplanner.core.errors import Refused

NEEDS_DATABASE = "forumplanner_needs_database"


def _create_app() -> Flask:
    """The application; a command that needs a database stops where there is none, and nothing is made."""
    from forumplanner.config import read_settings
    from forumplanner.factory import create_app
    from forumplanner.web.database import missing_database

    if click.get_current_context().ensure_object(ScriptInfo).data.get(NEEDS_DATABASE):
        missing = missing_database(read_settings(keep=False))
        if missing:
            click.echo(missing, err=True)
            sys.exit(1)
    return create_app()


@click.group()
@click.pass_context
def cli(context: click.Context) -> None:
    """Schedules forums, invites, collects outcomes, prints minutes, publishes calendars, compiles the brief."""
    from forumplanner.web.log_lines import set_up_logging

    context.obj = context.obj or ScriptInfo(create_app=_create_app)
    set_up_logging()


cli.add_command(flask_migrate.cli.db)


def command(
    name: str, group: click.Group = cli, *, any_schema: bool = False, **options: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with an application context: commits when it returns, prints a refusal as one sentence, exit code 1.

    `any_schema`: it runs where the database is missing, or its tables are missing or old, too.
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

        in_context = with_appcontext(run)

        @wraps(function)
        def start(*arguments: Any, **named: Any) -> Any:
            script = click.get_current_context().ensure_object(ScriptInfo)
            script.data[NEEDS_DATABASE] = not any_schema
            return in_context(*arguments, **named)

        made: click.Command = group.command(name, **options)(start)
        return made

    return decorate


def say(refusal: Refused) -> None:
    """Print a refusal to standard error, in English: the language of commands."""
    from forumplanner.web.errors import translated

    with current_app.test_request_context(), force_locale("en"):
        click.echo(translated(refusal), err=True)
