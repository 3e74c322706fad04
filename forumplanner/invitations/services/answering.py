"""What those invited answer, by whatever channel it comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.core.stamps import Shown, check_fresh
from forumplanner.history.actors import BY_LINK
from forumplanner.history.services import Actor
from forumplanner.invitations import rules
from forumplanner.invitations.models import Answer, Invitation, Reply, ReplyChannel
from forumplanner.invitations.services.caring import forget_needs
from forumplanner.invitations.services.inviting import mark_reached

SAID = ("answer", "delegate_name", "delegate_phone", "comment", "reason")
DAYS = ("for_starts_on", "for_ends_on")
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as somebody gave it. The delegate's particulars count only where a delegate is sent.

    `comment` is for the coordinator alone; `reason`, of somebody who does not come, is printed in the minutes.
    `named_later`: an agency sends somebody and will say whom, so the name may be missing.
    """

    answer: Answer
    delegate_name: str | None = None
    delegate_phone: str | None = None
    comment: str | None = None
    reason: str | None = None
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
    shown_days: Days | None = None,
) -> bool:
    """Put an answer into force and into the history; False where the same answer came the same way before.

    It is given for the meeting's days as they are now; `shown_days` are those the person saw: Conflict where the
    meeting has moved since. An answer by any channel shows that the invitation arrived. `taken_by` is who took it, None
    where the partner answered by link. `seen` is the stamp of the answer the person saw (`shown_of_answer`): Stale
    where another has come since. Refuses what `rules.check_can_still_reply` refuses, and a delegate without a name who
    is not to be named later.
    """
    meeting = invitation.meeting
    rules.check_can_still_reply(
        meeting.ends_on,
        today,
        meeting.status,
        revoked=invitation.revoked_at is not None,
        own=channel == ReplyChannel.LINK,
    )
    days = (meeting.starts_on, meeting.ends_on)
    rules.check_days(shown_days or days, days)
    rules.check_delegate(given.answer, given.delegate_name, named_later=given.named_later)
    sends = given.answer == Answer.DELEGATE
    reply = Reply(
        answer=given.answer,
        delegate_name=given.delegate_name if sends else None,
        delegate_phone=given.delegate_phone if sends else None,
        comment=given.comment or None,
        reason=(given.reason or None) if given.answer == Answer.DECLINED else None,
        for_starts_on=days[0],
        for_ends_on=days[1],
        channel=channel,
        taken_by=taken_by,
        at=clock.now(),
    )
    if seen is not None:
        check_fresh(seen, shown_of_answer(invitation), shown_of_answer(reply))
    by = BY_LINK if channel == ReplyChannel.LINK else Actor(None, taken_by or "")
    mark_reached(session, by, invitation, reached=True)
    if invitation.replies and _same(invitation.replies[-1], reply, (*SAID, *DAYS, "channel", "taken_by")):
        return False
    invitation.replies.append(reply)
    for name in (*SAID, *DAYS):
        setattr(invitation, name, getattr(reply, name))
    if given.answer != Answer.ACCEPTED:
        # What was told of oneself was told for coming.
        forget_needs(session, by, invitation)
    invitation.answered_at = invitation.changed_at = reply.at
    session.flush()
    return True


def shown_of_answer(given: Invitation | Reply) -> Shown:
    """What the form about an answer shows of the one in force."""
    return {name: getattr(given, name) for name in SAID}


def _same(one: Reply, other: Reply, names: Sequence[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)
