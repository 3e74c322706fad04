"""`prepare` and `serve`: what `make run` does."""

import os
import shlex
import sys

import click
from flask import current_app

from forumplanner.cli.group import cli, command, say
from forumplanner.config import DEFAULT_PORT, read_port, read_settings
from forumplanner.core.errors import Refused


@command("prepare", any_schema=True)
def prepare() -> None:
    """Bring the database up to date; load the sample into an empty one, or ask for the first organiser."""
    from flask_migrate import upgrade

    from forumplanner.core.db import db, is_sample
    from forumplanner.demo import accounts
    from forumplanner.demo.load import is_empty, load_sample
    from forumplanner.upkeep.reference import ensure_reference
    from forumplanner.web.database import fault_of_database, found_revision, keep_to_ourselves, newest_revision

    settings = current_app.config["SETTINGS"]
    current = found_revision() == newest_revision()
    db.session.remove()
    if not current:
        upgrade()
    keep_to_ourselves(settings)
    fault = fault_of_database(settings)
    if fault:
        click.echo(fault, err=True)
        sys.exit(1)
    session = db.session()
    address = f"http://{os.environ.get('HOST', '127.0.0.1')}:{read_port()}"
    if not settings.is_production and (is_sample(session) or (settings.demo and is_empty(session))):
        if not settings.demo:
            click.echo(
                "ที่นี่เป็นข้อมูลตัวอย่าง กรุณาล้างที่หน้าเริ่มใช้งานจริง หรือระบุ FORUMPLANNER_DATA_DIR อื่น\n"
                f"This holds the sample. Please empty it at {address}/start (เริ่มใช้งานจริง),"
                " or name another FORUMPLANNER_DATA_DIR.",
                err=True,
            )
        load_sample(session, settings)
        lines = [
            f"  {account.email}  {accounts.sample_password(settings, account)}  {account.name}"
            for account in accounts.ACCOUNTS
        ]
        click.echo(f"\n{address}\n\nข้อมูลตัวอย่าง: รอบ 2550 / sample sign-ins:\n" + "\n".join(lines) + "\n")
        return
    ensure_reference(session)
    session.commit()
    _offer_a_way_in()
    click.echo(f"\n{address}\n")


def _offer_a_way_in() -> None:
    """Make the first organiser, or name those who have not chosen a password yet while nobody has."""
    from forumplanner.accounts.services import list_organisers
    from forumplanner.core.db import db

    organisers = list_organisers(db.session())
    if any(user.password for user in organisers):
        return
    if organisers:
        click.echo("\nNo organiser has a password yet. A new link to choose one:", err=True)
        for user in organisers:
            click.echo(f"  {_command_line()} user link {shlex.quote(user.email)}", err=True)
    elif sys.stdin.isatty():
        _ask_for_organiser()
    else:
        click.echo("\nNobody can sign in yet. Please make the first organiser:", err=True)
        click.echo(f"  {_command_line()} user create EMAIL --role organiser", err=True)


def _ask_for_organiser() -> None:
    from forumplanner.accounts.addresses import password_link
    from forumplanner.accounts.services import create_account
    from forumplanner.core.db import db

    while True:
        email = click.prompt("E-mail of the first organiser (อีเมลของส่วนกลางคนแรก)")
        try:
            user = create_account(db.session(), email, "organiser")
        except Refused as refusal:
            db.session.rollback()
            say(refusal)
            continue
        db.session.commit()
        click.echo(f"Please open this link to choose a password:\n{password_link(user)}")
        return


def _command_line() -> str:
    """The program as it is called beside this run: with the folder and the port that differ from the usual."""
    port = "" if read_port() == DEFAULT_PORT else str(read_port())
    variables = {"FORUMPLANNER_DATA_DIR": os.environ.get("FORUMPLANNER_DATA_DIR", "").strip(), "PORT": port}
    given = [f"{name}={shlex.quote(value)}" for name, value in variables.items() if value]
    return " ".join([*given, ".venv/bin/forumplanner"])


@cli.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=read_port, type=click.IntRange(0, 65535))
def serve(host: str, port: int) -> None:
    """Serve web and worker together until told to stop."""
    from forumplanner.cli.processes import serve_forever

    os.environ["PORT"] = str(port)
    sys.exit(serve_forever(read_settings(), host, port))
