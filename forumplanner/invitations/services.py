"""Reads and changes of invitations and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from forumplanner.config import Settings
from forumplanner.core import clock
from forumplanner.core.errors import Gone, NotFound
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import Shown, check_fresh
from forumplanner.history.services import Actor, record_change
from forumplanner.invitations import rules
from forumplanner.invitations.models import Answer, Capacity, Channel, Invitation, Reply, ReplyChannel
from forumplanner.rounds.models import Meeting
from forumplanner.web.private_links import LinkTarget, make_private_link, read_private_link

HISTORY = "invitation"
REPLY_PURPOSE = "reply"
SAID = ("answer", "delegate_name", "delegate_phone", "comment")
BY_LINK = Actor(None, "by private link")


def get_invitation(session: Session, meeting: Meeting, invitation_id: int, *, to_change: bool = False) -> Invitation:
    """An invitation of that meeting, with partner and replies; `to_change` holds the row until the commit."""
    query = (
        select(Invitation)
        .where(Invitation.id == invitation_id, Invitation.meeting_id == meeting.id)
        .options(selectinload(Invitation.replies))
    )
    found = session.scalar(query.with_for_update() if to_change else query)
    if found is None:
        raise NotFound(N_("There is no such invitation to this meeting. Please choose one from the list."))
    return found


# --- inviting


@dataclass(frozen=True, slots=True)
class Wanted:
    """One partner to be invited."""

    partner_id: int
    channel: Channel
    capacity: Capacity = Capacity.MEMBER


@dataclass(frozen=True, slots=True)
class Invited:
    """What inviting did: the invitations made or taken up again, and how many partners were invited already."""

    invitations: Sequence[Invitation]
    already: int


def invite_partners(
    session: Session, actor: Actor, meeting: Meeting, wanted: Sequence[Wanted], *, today: date
) -> Invited:
    """Invite partners to a meeting; whoever is invited already stays as they are.

    Two people inviting the same partner at the same moment make one invitation: the second finds the first's. A
    withdrawn invitation comes into force again, under the same link. Refuses a cancelled or held meeting.
    """
    rules.check_can_invite(meeting.ends_on, today, meeting.status)
    once = {entry.partner_id: entry for entry in wanted}
    rules.check_number(len(once))
    query = select(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.partner_id.in_(list(once)))
    existing = {found.partner_id: found for found in session.scalars(query.with_for_update())}
    invitations = []
    for partner_id, entry in once.items():
        found = existing.get(partner_id)
        made = _invite(session, meeting, entry) if found is None else None
        if made is not None:
            record_change(session, actor, HISTORY, made.id, "revoked", None, "in force")
            invitations.append(made)
        elif found is not None and found.revoked_at is not None:
            restore_invitation(session, actor, found, today=today)
            record_change(session, actor, HISTORY, found.id, "channel", found.channel.value, entry.channel.value)
            record_change(session, actor, HISTORY, found.id, "capacity", found.capacity.value, entry.capacity.value)
            found.channel, found.capacity = entry.channel, entry.capacity
            invitations.append(found)
    session.flush()
    return Invited(invitations, already=len(once) - len(invitations))


def _invite(session: Session, meeting: Meeting, wanted: Wanted) -> Invitation | None:
    """One new invitation, or None where somebody else has just made it."""
    invitation = Invitation(
        meeting_id=meeting.id, partner_id=wanted.partner_id, channel=wanted.channel, capacity=wanted.capacity
    )
    try:
        with session.begin_nested():
            session.add(invitation)
    except IntegrityError:
        return None
    return invitation


def change_invitation(
    session: Session, actor: Actor, invitation: Invitation, *, channel: Channel, capacity: Capacity, seen: str
) -> None:
    """Correct how the partner is reached and in what capacity; Stale where somebody did since `seen`."""
    check_fresh(seen, shown_of_particulars(invitation), {"channel": channel, "capacity": capacity})
    record_change(session, actor, HISTORY, invitation.id, "channel", invitation.channel, channel)
    record_change(session, actor, HISTORY, invitation.id, "capacity", invitation.capacity, capacity)
    invitation.channel, invitation.capacity = channel, capacity
    session.flush()


def shown_of_particulars(invitation: Invitation) -> Shown:
    """What the form about channel and capacity shows."""
    return {"channel": invitation.channel, "capacity": invitation.capacity}


def mark_reached(session: Session, actor: Actor, invitation: Invitation, *, reached: bool) -> None:
    """Note that the letter, message or call went out, or that it did not after all."""
    if reached == (invitation.reached_at is not None):
        return
    invitation.reached_at = clock.now() if reached else None
    words = ("no", "yes") if reached else ("yes", "no")
    record_change(session, actor, HISTORY, invitation.id, "reached", *words)
    session.flush()


def revoke_invitation(session: Session, actor: Actor, invitation: Invitation) -> None:
    """Withdraw it: it counts no more, and its link says so. What was answered stays in its history."""
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()
        record_change(session, actor, HISTORY, invitation.id, "revoked", "in force", "withdrawn")
        session.flush()


def restore_invitation(session: Session, actor: Actor, invitation: Invitation, *, today: date) -> None:
    """Put a withdrawn invitation into force again, under the same link."""
    meeting = invitation.meeting
    rules.check_can_invite(meeting.ends_on, today, meeting.status)
    if invitation.revoked_at is not None:
        invitation.revoked_at = None
        record_change(session, actor, HISTORY, invitation.id, "revoked", "withdrawn", "in force")
        session.flush()


# --- answering


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as somebody gave it. The delegate's particulars count only where a delegate is sent.

    `named_later`: an agency sends somebody and will say whom, so the name may be missing.
    """

    answer: Answer
    delegate_name: str | None = None
    delegate_phone: str | None = None
    comment: str | None = None
    named_later: bool = False


def record_reply(
    session: Session,
    invitation: Invitation,
    given: GivenAnswer,
    *,
    channel: ReplyChannel,
    taken_by: str | None,
    today: date,
    seen: str | None = None,
) -> bool:
    """Put an answer into force and into the history; False where the same answer came the same way before.

    `taken_by` is who took it, None where the partner answered by link, which proves that the invitation arrived. `seen`
    is the stamp of the answer the person saw (`shown_of_answer`): Stale where another has come since. Refuses what
    `rules.check_can_still_reply` refuses, and a delegate without a name who is not to be named later.
    """
    meeting = invitation.meeting
    rules.check_can_still_reply(
        meeting.ends_on,
        today,
        meeting.status,
        revoked=invitation.revoked_at is not None,
        own=channel == ReplyChannel.LINK,
    )
    rules.check_delegate(given.answer, given.delegate_name, named_later=given.named_later)
    sends = given.answer == Answer.DELEGATE
    reply = Reply(
        answer=given.answer,
        delegate_name=given.delegate_name if sends else None,
        delegate_phone=given.delegate_phone if sends else None,
        comment=given.comment or None,
        channel=channel,
        taken_by=taken_by,
        at=clock.now(),
    )
    if seen is not None:
        check_fresh(seen, shown_of_answer(invitation), shown_of_answer(reply))
    if channel == ReplyChannel.LINK:
        mark_reached(session, BY_LINK, invitation, reached=True)
    if invitation.replies and _same(invitation.replies[-1], reply, (*SAID, "channel", "taken_by")):
        return False
    invitation.replies.append(reply)
    invitation.answer = reply.answer
    invitation.delegate_name = reply.delegate_name
    invitation.delegate_phone = reply.delegate_phone
    invitation.comment = reply.comment
    invitation.answered_at = reply.at
    session.flush()
    return True


def shown_of_answer(given: Invitation | Reply) -> Shown:
    """What the form about an answer shows of the one in force."""
    return {name: getattr(given, name) for name in SAID}


def _same(one: Reply, other: Reply, names: Sequence[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


# --- private links


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
    record_change(session, actor, HISTORY, invitation.id, "link", old, old + 1)
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
    """A link of ours that was replaced, or whose invitation was withdrawn; `meeting` says whom to ask."""

    def __init__(self, message: str, meeting: Meeting) -> None:
        super().__init__(message)
        self.meeting = meeting


def read_reply_link(settings: Settings, link: str) -> LinkTarget | None:
    """The invitation and version a link of ours names; None for anything else. Asks nothing of the database."""
    return read_private_link(settings.link_key, REPLY_PURPOSE, link)


def open_reply_link(session: Session, settings: Settings, link: str, *, to_change: bool = False) -> Invitation:
    """The invitation a link opens, with its replies; `to_change` holds the row until the commit.

    UnknownLink for what is none of ours; Superseded for a link that was replaced, or whose invitation was withdrawn.
    """
    target = read_reply_link(settings, link)
    query = select(Invitation).where(Invitation.id == (target.row_id if target else None))
    query = query.options(selectinload(Invitation.replies))
    found = session.scalar(query.with_for_update() if to_change else query)
    if target is None or found is None:
        raise UnknownLink
    if found.revoked_at is not None:
        raise Superseded(N_("This invitation was withdrawn."), found.meeting)
    if found.link_version != target.version:
        raise Superseded(
            N_("This link was replaced by a newer one. Please use the newest link you were sent."), found.meeting
        )
    return found
