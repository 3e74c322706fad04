"""What those invited answer, by whatever channel it comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.stamps import Shown, check_fresh
from forumplanner.history.services import Actor
from forumplanner.invitations import rules
from forumplanner.invitations.models import Answer, Invitation, Reply, ReplyChannel
from forumplanner.invitations.services.inviting import mark_reached

SAID = ("answer", "delegate_name", "delegate_phone", "comment")
BY_LINK = Actor(None, "by private link")


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
    invitation.answered_at = invitation.changed_at = reply.at
    session.flush()
    return True


def shown_of_answer(given: Invitation | Reply) -> Shown:
    """What the form about an answer shows of the one in force."""
    return {name: getattr(given, name) for name in SAID}


def _same(one: Reply, other: Reply, names: Sequence[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)
