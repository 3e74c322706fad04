"""`invitations list`: who is invited to a meeting, with each one's private addresses."""

import json

import click
from flask import current_app

from forumplanner.cli.group import cli, command
from forumplanner.config import Settings
from forumplanner.core.db import db
from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.invitations import lists
from forumplanner.invitations.lists import list_invitations, state_of
from forumplanner.invitations.services import reply_url
from forumplanner.partners.links import find_feed_versions, personal_feed_url
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import get_meeting

invitations_group = click.Group("invitations", help="Who is invited to which meeting.")
cli.add_command(invitations_group)


def meeting_named(name: str) -> Meeting:
    """The meeting of a name such as 2550-1/south; 2550-1/2006-11-19 and 2550-1/meetings/2006-11-19 are the same."""
    code, _, slug = name.strip("/").partition("/")
    if not slug:
        raise Invalid(N_("Please name a meeting as in 2550-1/south."))
    return get_meeting(db.session(), code, slug.removeprefix("meetings/"))


def describe(meeting: Meeting, settings: Settings) -> list[dict[str, object]]:
    """The meeting's invitations in the order of the page. `state`: invited, accepted, declined, delegate, revoked."""
    found = list_invitations(db.session(), meeting)
    versions = find_feed_versions(db.session(), [invitation.partner_id for invitation in found])
    rows: list[dict[str, object]] = []
    for invitation in found:
        version = versions[invitation.partner_id]
        rows.append(
            {
                "id": invitation.id,
                "partner_id": invitation.partner_id,
                "name": invitation.partner.shown_name("th"),
                "channel": invitation.channel.value,
                # An answer for days before a move is none for those of now.
                "state": lists.INVITED if state_of(invitation) == lists.OTHER_DAYS else state_of(invitation),
                "reply_url": reply_url(settings, invitation),
                # None where the partner stopped the calendar.
                "feed_url": None if version is None else personal_feed_url(settings, invitation.partner_id, version),
            }
        )
    return rows


@command("list", invitations_group)
@click.argument("meeting")
@click.option("--json", "as_json", is_flag=True, help="A list of objects, for programs.")
def invitations_list(meeting: str, as_json: bool) -> None:
    """List the invitations to MEETING, as in 2550-1/south, with each one's private links."""
    rows = describe(meeting_named(meeting), current_app.config["SETTINGS"])
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo("\t".join(str(row[key] or "-") for key in ("id", "state", "channel", "name", "reply_url")))
