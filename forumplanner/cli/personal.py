"""`personal-data report`: whose data an account saw or changed, for the report of a breach within 72 hours."""

import json
from datetime import date

import click

from forumplanner.cli.group import cli, command
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.history.looks import Reported, Wanted, report_entries

personal_group = click.Group("personal-data", help="Whose personal data is kept, seen and removed.")
cli.add_command(personal_group)


def _day(text: str | None) -> date | None:
    return thai.parse_date(text) if text else None


def describe(wanted: Wanted) -> dict[str, object]:
    """People by number, each with what was seen or changed of them, first and last; `name` is null of the erased."""
    from forumplanner.desks.looking import list_names

    found = report_entries(db.session(), wanted)
    names = list_names(db.session(), (each.partner_id for each in found), (), "th").partners
    people: dict[int, dict[str, object]] = {}
    for each in found:
        seen = people.setdefault(
            each.partner_id, {"id": each.partner_id, "name": names.get(each.partner_id), "seen": []}
        )
        seen["seen"].append(_seen(each))  # type: ignore[attr-defined]
    return {
        "from": wanted.first.isoformat() if wanted.first else None,
        "until": wanted.last.isoformat() if wanted.last else None,
        "people": list(people.values()),
    }


def _seen(each: Reported) -> dict[str, object]:
    from forumplanner.desks.looking import EXPORTS, PAGES, UNKNOWN_PAGE

    changed = each.field is not None
    return {
        "account": each.actor,
        "did": "changed" if changed else "exported" if each.page in EXPORTS else "looked at",
        "what": f"{each.thing}: {each.field}" if changed else PAGES.get(each.page, UNKNOWN_PAGE),
        "first": each.first.astimezone(clock.BANGKOK).isoformat(timespec="seconds"),
        "last": each.last.astimezone(clock.BANGKOK).isoformat(timespec="seconds"),
    }


@command("report", personal_group)
@click.option("--account", help="The e-mail address of the account; without it all accounts.")
@click.option("--from", "first", help="The first day, as in 2007-01-30 or 30 ม.ค. 2550; in Thailand's time.")
@click.option("--until", "last", help="The last day.")
@click.option("--json", "as_json", is_flag=True, help="One object, for programs.")
def personal_data_report(account: str | None, first: str | None, last: str | None, as_json: bool) -> None:
    """Tell whose personal data was seen or changed, what, and when: by one account, in some days, or both."""
    from forumplanner.accounts.services import get_account

    if not account and not first and not last:
        raise Invalid(N_("Please name an account, the first and the last day, or both."))
    actor_id = get_account(db.session(), account).id if account else None
    wanted = Wanted(actor_id=actor_id, first=_day(first), last=_day(last))
    if wanted.first and wanted.last and wanted.last < wanted.first:
        raise Invalid(N_("The last day lies before the first. Please write the earlier day first."))
    found = describe(wanted)
    if as_json:
        click.echo(json.dumps({"account": account} | found, ensure_ascii=False, indent=2))
        return
    people: list[dict[str, object]] = found["people"]  # type: ignore[assignment]
    click.echo(f"{len(people)} people", err=True)
    for person in people:
        for seen in person["seen"]:  # type: ignore[attr-defined]
            words = [person["id"], person["name"] or "-", *(seen[name] for name in ("did", "what", "account"))]
            click.echo("\t".join(map(str, [*words, seen["first"], seen["last"]])))
