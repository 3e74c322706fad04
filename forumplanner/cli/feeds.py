"""`feed show`: a calendar on standard output, byte by byte as it is served."""

import click
from flask import current_app

from forumplanner.cli.group import cli, command
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.i18n import DEFAULT_LANGUAGE, LANGUAGES, Lang

feed_group = click.Group("feed", help="Calendars that people subscribe to.")
cli.add_command(feed_group)


@command("show", feed_group)
@click.argument("scope")
@click.option("--lang", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True)
def feed_show(scope: str, lang: Lang) -> None:
    """Write a calendar to standard output.

    SCOPE is all, region/south, round/2550-1, round/2550-1/south, meeting/2550-1/south or person/ID.
    """
    from forumplanner.feeds.documents import render
    from forumplanner.feeds.rules import parse_scope
    from forumplanner.feeds.services import read_content

    content, _since, _until = read_content(db.session(), parse_scope(scope), clock.today())
    click.echo(render(content, lang, current_app.config["SETTINGS"].base_url), nl=False)
