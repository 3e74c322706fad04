"""Private links of invitations: made, renewed, opened."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from forumplanner.config import Settings
from forumplanner.core.errors import Gone, NotFound
from forumplanner.core.i18n import N_
from forumplanner.history.services import Actor, record_change
from forumplanner.invitations.models import Invitation, MergedInvitation
from forumplanner.invitations.services.inviting import HISTORY
from forumplanner.partners.models import Partner
from forumplanner.rounds.models import Meeting
from forumplanner.web.private_links import LinkTarget, make_private_link, read_private_link

REPLY_PURPOSE = "reply"


def reply_url(settings: Settings, invitation: Invitation) -> str:
    """The address of the partner's own page for this invitation, the same each time until the link is renewed."""
    return f"{settings.base_url}/reply/{reply_link(settings, invitation)}"


def reply_link(settings: Settings, invitation: Invitation) -> str:
    """The secret part of that address."""
    return make_private_link(settings.link_key, REPLY_PURPOSE, invitation.id, invitation.link_version)


def renew_link(session: Session, actor: Actor, invitation: Invitation) -> None:
    """Make every link given out so far unusable; the new one has to be handed on."""
    old = invitation.link_version
    invitation.link_version = old + 1
    record_change(session, actor, HISTORY, invitation.id, "link", old, old + 1, partner_id=invitation.partner_id)
    session.flush()


class UnknownLink(NotFound):
    """A link that is none of ours."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This link is not complete or not ours. Please check that the whole link was copied, "
                "or telephone the coordinator who invited you."
            )
        )


class Superseded(Gone):
    """A link of ours that was replaced, or whose invitation was withdrawn.

    `meeting` says whom to ask, `partner` who asks.
    """

    def __init__(self, message: str, invitation: Invitation) -> None:
        super().__init__(message)
        self.meeting: Meeting = invitation.meeting
        self.partner: Partner = invitation.partner


def read_reply_link(settings: Settings, link: str) -> LinkTarget | None:
    """The invitation and version a link of ours names; None for anything else. Asks nothing of the database."""
    return read_private_link(settings.link_key, REPLY_PURPOSE, link)


def open_reply_link(session: Session, settings: Settings, link: str, *, to_change: bool = False) -> Invitation:
    """The invitation a link opens, with its replies; `to_change` holds the row until the commit.

    UnknownLink for what is none of ours; Superseded for a link that was replaced, or whose invitation was withdrawn.
    """
    target = read_reply_link(settings, link)
    found = _read(session, target, to_change) if target else None
    if target and found is None:
        target = _follow_merged(session, target)
        found = _read(session, target, to_change) if target else None
    if target is None or found is None:
        raise UnknownLink
    if found.revoked_at is not None:
        raise Superseded(N_("This invitation was withdrawn."), found)
    if found.link_version != target.version:
        raise Superseded(N_("This link was replaced by a newer one. Please use the newest link you were sent."), found)
    return found


def _read(session: Session, target: LinkTarget, to_change: bool) -> Invitation | None:
    query = select(Invitation).where(Invitation.id == target.row_id).options(selectinload(Invitation.replies))
    return session.scalar(query.with_for_update() if to_change else query)


def _follow_merged(session: Session, target: LinkTarget) -> LinkTarget | None:
    """Where the link of an invitation leads that was united with another, when one person had two; else None.

    Version 0 is none that was ever in force: the link was renewed before, or the other's was since.
    """
    merged = session.get(MergedInvitation, target.row_id)
    if merged is None:
        return None
    kept_version = session.scalar(select(Invitation.link_version).where(Invitation.id == merged.invitation_id)) or 0
    in_force = (merged.link_version, merged.kept_link_version) == (target.version, kept_version)
    return LinkTarget(merged.invitation_id, kept_version if in_force else 0)
