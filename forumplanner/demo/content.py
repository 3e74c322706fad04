"""The round, its meetings and what the sample records of them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.agenda.models import AgendaItem, ProgrammeEntry
from forumplanner.agenda.services import add_usual_agenda
from forumplanner.attendance.models import Attendance, AttendanceList, Sitting
from forumplanner.invitations.models import Answer, Capacity, Channel, Invitation, Reply, ReplyChannel
from forumplanner.minutes.models import Minutes
from forumplanner.outcomes.models import Outcome, OutcomeKind, Submission, SubmissionState
from forumplanner.outcomes.services import keep_decision, review
from forumplanner.partners.models import Organisation, Partner, Person
from forumplanner.places.models import Region
from forumplanner.rounds.models import (
    Body,
    Meeting,
    MeetingDay,
    MeetingKind,
    MeetingStatus,
    Question,
    Round,
    RoundRegion,
)

Meetings = dict[str, Meeting]


def add_round(
    session: Session,
    real: dict[str, Any],
    sample: dict[str, Any],
    regions: dict[str, Region],
    host: str,
    at: datetime,
) -> Meetings:
    """Add the round with its questions and meetings; returns the meetings by slug."""
    bodies = {body.slug: body for body in session.scalars(select(Body))}
    found = Round(
        code=real["code"],
        name_th=real["name"]["th"],
        name_en=real["name"]["en"],
        starts_on=date(2007, 1, 24),
        ends_on=date(2007, 3, 31),
        outcomes_due_on=date(2007, 3, 22),
        created_at=at,
    )
    found.questions = [
        Question(number=item["no"], text_th=item["th"], text_en=item["en"]) for item in real["plan_items"]
    ]
    found.taking_part = [RoundRegion(region_id=region.id) for region in regions.values()]
    session.add(found)
    session.flush()
    entries: list[tuple[str, MeetingKind, dict[str, Any]]] = [
        *((entry["start"], MeetingKind.WORKING, entry) for entry in real["earlier_meetings"]),
        *((entry["region"], MeetingKind.REGIONAL, entry) for entry in real["regional_forums"]),
        ("national", MeetingKind.NATIONAL, real["national_meeting"]),
    ]
    meetings: Meetings = {}
    for slug, kind, entry in entries:
        region = regions.get(slug) if kind == MeetingKind.REGIONAL else None
        details = sample["meetings"].get(slug, {})
        meeting = Meeting(
            round_id=found.id,
            body_id=bodies["working" if kind == MeetingKind.WORKING else slug].id,
            region_id=region.id if region else None,
            kind=kind,
            slug=slug,
            status=MeetingStatus.ANNOUNCED,
            starts_on=date.fromisoformat(entry["start"]),
            ends_on=date.fromisoformat(entry["end"]),
            uid=f"{real['code']}-{slug}@{host}",
            venue_th=details.get("venue_th") or entry.get("venue", {}).get("th"),
            venue_en=details.get("venue_en"),
            province_code=details.get("province"),
            contact_name=details.get("contact"),
            contact_phone=details.get("phone"),
            created_at=at,
            changed_at=at,
        )
        if entry.get("parallel"):
            meeting.note_th = "วันเดียวกันมีการประชุมเรื่องสวัสดิการชุมชนในอีกห้องหนึ่ง"
            meeting.note_en = entry["parallel"][0].upper() + entry["parallel"][1:] + "."
        for offset, (opens, closes) in enumerate(details.get("hours", ())):
            day = meeting.starts_on + timedelta(days=offset)
            meeting.days.append(
                MeetingDay(on=day, opens_at=time.fromisoformat(opens), closes_at=time.fromisoformat(closes))
            )
        session.add(meeting)
        meetings[slug] = meeting
    session.flush()
    for meeting in meetings.values():
        if meeting.kind != MeetingKind.WORKING:
            add_usual_agenda(session, meeting, found.questions)
        if meeting.days:
            _add_programme(session, meeting, sample)
    return meetings


def _add_programme(session: Session, meeting: Meeting, sample: dict[str, Any]) -> None:
    for day, lines in zip(meeting.days, sample["programme"], strict=False):
        for begins, ends, thai_text, english in lines:
            if time.fromisoformat(ends) > day.closes_at:
                continue
            session.add(
                ProgrammeEntry(
                    meeting_id=meeting.id,
                    on=day.on,
                    starts_at=time.fromisoformat(begins),
                    ends_at=time.fromisoformat(ends),
                    activity_th=thai_text,
                    activity_en=english,
                )
            )


def add_records(
    session: Session, sample: dict[str, Any], meetings: Meetings, partners: dict[str, Partner], at: datetime
) -> None:
    """Add invitations, attendance, outcomes, submissions and minutes."""
    invited: dict[tuple[str, str], Invitation] = {}
    for slug, entries in sample["invitations"].items():
        for entry in entries:
            invited[slug, entry[0]] = _invitation(meetings[slug], partners[entry[0]], entry, at)
    session.add_all(invited.values())
    session.flush()
    for slug, lists in sample["attendance"].items():
        _add_attendance(session, meetings[slug], slug, lists, partners, invited)
    for slug, meeting in meetings.items():
        discussion, outcomes = sample["discussion"].get(slug, {}), sample["outcomes"].get(slug, {})
        _add_conclusions(session, meeting, discussion, outcomes, partners, at)
    for slug, entry in sample["submissions"].items():
        submission = Submission(
            meeting_id=meetings[slug].id,
            state=SubmissionState(entry["state"]),
            remark=entry.get("remark"),
            submitted_at=_instant(entry.get("submitted")),
            submitted_by="ผู้ประสานงานภาค (ตัวอย่าง)",
            decided_at=_instant(entry.get("decided")),
            decided_by="ส่วนกลาง (ตัวอย่าง)" if entry.get("decided") else None,
        )
        session.add(submission)
        session.flush()
        if submission.decided_at is not None:
            keep_decision(session, meetings[slug], submission, review(session, meetings[slug]))
    for slug, entry in sample["minutes"].items():
        meeting = meetings[slug]
        session.add(
            Minutes(
                meeting_id=meeting.id,
                body_id=meeting.body_id,
                year=meeting.starts_on.year,
                number=1,
                recorder_name=entry["recorder"],
                checker_name=entry["checker"],
            )
        )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def _invitation(meeting: Meeting, partner: Partner, entry: list[Any], at: datetime) -> Invitation:
    channel, answer = Channel(entry[1]), Answer(entry[2]) if entry[2] else None
    delegate = entry[3] if len(entry) > 3 else None
    invitation = Invitation(
        meeting_id=meeting.id,
        partner_id=partner.id,
        seat_id=partner.seats[0].id if isinstance(partner, Organisation) else None,
        channel=channel,
        capacity=Capacity(entry[4]) if len(entry) > 4 else Capacity.MEMBER,
        created_at=at,
        reached_at=at,
        answer=answer,
        delegate_name=delegate,
        answered_at=at + timedelta(days=2) if answer else None,
        for_starts_on=meeting.starts_on if answer else None,
        for_ends_on=meeting.ends_on if answer else None,
        changed_at=at + timedelta(days=2) if answer else at,
    )
    if answer:
        by_link = channel == Channel.EMAIL
        invitation.replies = [
            Reply(
                answer=answer,
                delegate_name=delegate,
                for_starts_on=meeting.starts_on,
                for_ends_on=meeting.ends_on,
                channel=ReplyChannel.LINK if by_link else ReplyChannel.TELEPHONE,
                taken_by=None if by_link else "ผู้ประสานงานภาค (ตัวอย่าง)",
                at=at + timedelta(days=2),
            )
        ]
    return invitation


def _attendee(partner: Partner) -> tuple[str, str | None]:
    if isinstance(partner, Person):
        return partner.shown_name("th"), " ".join(text for text in (partner.post, partner.organisation_text) if text)
    assert isinstance(partner, Organisation)
    return f"{partner.seats[0].post_th}{partner.name}", None


def _add_attendance(
    session: Session,
    meeting: Meeting,
    slug: str,
    lists: dict[str, Any],
    partners: dict[str, Partner],
    invited: dict[tuple[str, str], Invitation],
) -> None:
    session.add(
        Sitting(
            meeting_id=meeting.id,
            began_at=time.fromisoformat(lists["began"]),
            ended_at=time.fromisoformat(lists["ended"]),
            chair=lists["chair"],
        )
    )
    for kind in AttendanceList:
        for position, entry in enumerate(lists[kind.value], start=1):
            partner = partners.get(entry[0]) if entry[0] else None
            name, post = _attendee(partner) if partner else (entry[1], None)
            attendance = Attendance(meeting_id=meeting.id, list=kind, position=position, name=name, post=post)
            invitation = invited.get((slug, entry[0])) if entry[0] else None
            attendance.invitation_id = invitation.id if invitation else None
            attendance.reply_id = invitation.replies[-1].id if invitation and invitation.replies else None
            if kind == AttendanceList.CAME and len(entry) > 1:
                attendance.name, attendance.substitute_for = entry[1], name
            elif kind == AttendanceList.ABSENT:
                attendance.reason = entry[1]
            elif kind == AttendanceList.PARTICIPANT:
                attendance.name, attendance.post = entry[1], entry[2] if len(entry) > 2 else post
            session.add(attendance)


def _add_conclusions(
    session: Session,
    meeting: Meeting,
    discussion: dict[str, str],
    outcomes: dict[str, Any],
    partners: dict[str, Partner],
    at: datetime,
) -> None:
    owners = {partner.shown_name("th"): partner.id for partner in partners.values()}
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    for item in session.scalars(query):
        place = f"q{item.question.number}" if item.question else str(item.position)
        if item.parent_id is None and item.question is None:
            place = str(item.position)
        item.discussion = discussion.get(place, "")
        for position, entry in enumerate(outcomes.get(place, ()), start=1):
            session.add(
                Outcome(
                    agenda_item_id=item.id,
                    kind=OutcomeKind(entry[0]),
                    position=position,
                    text=entry[1],
                    owner=entry[2] if len(entry) > 2 else None,
                    owner_partner_id=owners[entry[2]] if len(entry) > 2 else None,
                    due_on=date.fromisoformat(entry[3]) if len(entry) > 3 else None,
                    created_at=at,
                    changed_at=at,
                )
            )
