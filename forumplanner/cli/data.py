"""`demo load`, `backup`, `restore`."""


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
