"""`prepare` and `serve`: what `make run` does."""

import os
import sys

import click
from flask import current_app

from forumplanner.cli.group import cli, command
from forumplanner.config import read_settings


@command("prepare", any_schema=True)
def prepare() -> None:
    """Bring the database up to date; load the sample into an empty one, or ask for the first organiser."""
    from flask_migrate import upgrade

    from forumplanner.core.db import db
    from forumplanner.demo import accounts
    from forumplanner.demo.load import is_empty, is_sample, load_sample
    from forumplanner.web.database import found_revision, newest_revision

    settings = current_app.config["SETTINGS"]
    current = found_revision() == newest_revision()
    db.session.remove()
    if not current:
        upgrade()
    session = db.session()
    address = f"http://{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
    if settings.demo and not settings.is_production and (is_sample(session) or is_empty(session)):
        load_sample(session, settings)
        lines = [
            f"  {account.email}  {accounts.sample_password(settings, account)}  {account.name}"
            for account in accounts.ACCOUNTS
        ]
        click.echo(f"\n{address}\n\nข้อมูลตัวอย่าง: รอบ 2550 / sample sign-ins:\n" + "\n".join(lines) + "\n")
        return
    if not accounts.has_accounts(session):
        _ask_for_organiser()
    click.echo(f"\n{address}\n")


def _ask_for_organiser() -> None:
    from forumplanner.accounts.services import create_account, password_link
    from forumplanner.core.db import db

    hint = "forumplanner user create EMAIL --role organiser"
    if not sys.stdin.isatty():
        click.echo(f"\nNobody can sign in yet. Please make the first organiser: .venv/bin/{hint}", err=True)
        return
    email = click.prompt("E-mail of the first organiser (อีเมลของส่วนกลางคนแรก)")
    user = create_account(db.session(), email, "organiser")
    db.session.commit()
    click.echo(f"Please open this link to choose a password:\n{password_link(user)}")


@cli.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=lambda: int(os.environ.get("PORT", "8000")), type=click.IntRange(0, 65535))
def serve(host: str, port: int) -> None:
    """Serve web and worker together until told to stop."""
    from forumplanner.cli.processes import serve_forever

    os.environ["PORT"] = str(port)
    sys.exit(serve_forever(read_settings(), host, port))
