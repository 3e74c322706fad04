"""`minutes pdf`, `brief pdf`: papers written to a file. Nothing is written unless the whole paper is there."""

import sys
from pathlib import Path

import click
from flask import current_app

from forumplanner.cli.group import cli, command
from forumplanner.core import clock
from forumplanner.core.db import db, read_only
from forumplanner.core.i18n import DEFAULT_LANGUAGE, LANGUAGES, Lang

minutes_group = click.Group("minutes", help="The official record of a meeting.")
brief_group = click.Group("brief", help="What the national meeting reads.")
cli.add_command(minutes_group)
cli.add_command(brief_group)

OUT = click.option(
    "--out",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    required=True,
    help="The file to write; - for standard output.",
)
LANG = click.option("--lang", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True)
THAI_DIGITS = click.option("--thai-digits", is_flag=True, help="Write every digit as a Thai one.")


@command("pdf", minutes_group)
@click.argument("meeting")
@OUT
@LANG
@THAI_DIGITS
def minutes_pdf_command(meeting: str, out: Path, lang: Lang, thai_digits: bool) -> None:
    """Print the minutes of MEETING, such as 2550-1/south, in form 11."""
    from forumplanner.minutes.compiling import compile_minutes
    from forumplanner.minutes.documents import minutes_pdf
    from forumplanner.rounds.services import get_meeting

    code, _slash, slug = meeting.partition("/")
    with read_only():
        found = get_meeting(db.session(), code, slug.removeprefix("meetings/"))
        document = compile_minutes(db.session(), found, lang=lang, thai_digits=thai_digits)
        db.session.rollback()
    _write(out, minutes_pdf(document))


@command("pdf", brief_group)
@click.argument("code")
@OUT
@LANG
@THAI_DIGITS
def brief_pdf_command(code: str, out: Path, lang: Lang, thai_digits: bool) -> None:
    """Print the brief of round CODE, such as 2550-1: what was accepted, with the names of owners."""
    from forumplanner.briefs.compiling import compile_brief
    from forumplanner.briefs.documents import brief_pdf

    address = f"{current_app.config['SETTINGS'].base_url.rstrip('/')}/rounds/{code}"
    with read_only():
        document = compile_brief(
            db.session(),
            code,
            today=clock.today(),
            sees_people=lambda region_id: True,
            address=address,
            lang=lang,
            thai_digits=thai_digits,
        )
        db.session.rollback()
    _write(out, brief_pdf(document))


def _write(out: Path, pdf: bytes) -> None:
    """Put the paper where it was asked for; what stood there stays if that fails."""
    if str(out) == "-":
        click.echo(pdf, nl=False)
        return
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_bytes(pdf)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        click.echo(f"{out} cannot be written: {error.strerror}. Please choose another place.", err=True)
        sys.exit(1)
    click.echo(str(out))
