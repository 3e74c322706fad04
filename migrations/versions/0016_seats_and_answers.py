"""Organisations have seats, and seats are invited; an answer carries its days and a reason; a line knows its reply.

What stood printed as a reason though it was a message to the coordinator is taken out of the attendance lists; a reason
that the recorder wrote differs from every message and stays.
"""

from collections import defaultdict
from contextlib import contextmanager
from datetime import UTC, date, datetime

import click
import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

WITHDRAWN = "เหตุผลที่นำมาจากข้อความส่วนตัวถึงผู้ประสานงานถูกนำออกจากรายงาน"
AT = sa.DateTime(timezone=True)

sequence = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))
organisations = sa.table("organisations", sa.column("id"), sa.column("seat"))
seats = sa.table("seats", *map(sa.column, ("id", "organisation_id", "post_th", "post_en", "position", "is_retired")))
meetings = sa.table("meetings", sa.column("id"), sa.column("starts_on", sa.Date), sa.column("ends_on", sa.Date))
changes = sa.table(
    "changes",
    sa.column("id"),
    sa.column("at", AT),
    *map(sa.column, ("actor_id", "actor", "thing", "thing_id", "field", "old", "new", "partner_id")),
)
invitations = sa.table(
    "invitations",
    *map(sa.column, ("id", "meeting_id", "partner_id", "seat_id", "answer", "comment")),
    sa.column("answered_at", AT),
    sa.column("reached_at", AT),
    sa.column("for_starts_on", sa.Date),
    sa.column("for_ends_on", sa.Date),
)
replies = sa.table(
    "replies",
    *map(sa.column, ("id", "invitation_id", "comment")),
    sa.column("at", AT),
    sa.column("for_starts_on", sa.Date),
    sa.column("for_ends_on", sa.Date),
)
attendances = sa.table(
    "attendances", *map(sa.column, ("id", "meeting_id", "invitation_id", "list", "name", "reason", "reply_id"))
)


@contextmanager
def table(name, *, numbered=True):
    """SQLite makes the table anew: it counts on behind the highest number it ever gave, not behind the highest row."""
    counters = numbered and op.get_bind().dialect.name == "sqlite"
    given = (
        op.get_bind().execute(sa.select(sequence.c.seq).where(sequence.c.name == name)).scalar() if counters else None
    )
    with op.batch_alter_table(name, table_kwargs={"sqlite_autoincrement": True} if numbered else {}) as batch_op:
        yield batch_op
    if given is not None:
        op.execute(sequence.delete().where(sequence.c.name == name))
        op.execute(sequence.insert().values(name=name, seq=given))


def upgrade():
    op.create_table(
        "seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("post_th", sa.String(length=200), nullable=False),
        sa.Column("post_en", sa.String(length=200), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_seats_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sa.UniqueConstraint("organisation_id", "id", name=op.f("uq_seats_organisation_id_id")),
        sqlite_autoincrement=True,
    )
    _make_seats()
    with table("organisations", numbered=False) as batch_op:
        batch_op.drop_column("seat")
    with table("invitations") as batch_op:
        batch_op.drop_constraint(op.f("uq_invitations_meeting_id_partner_id"), type_="unique")
        batch_op.add_column(sa.Column("seat_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("for_starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("for_ends_on", sa.Date(), nullable=True))
        batch_op.create_unique_constraint(op.f("uq_invitations_meeting_id_seat_id"), ["meeting_id", "seat_id"])
        batch_op.create_foreign_key(
            op.f("fk_invitations_partner_id_seat_id_seats"),
            "seats",
            ["partner_id", "seat_id"],
            ["organisation_id", "id"],
        )
        batch_op.create_index(op.f("ix_invitations_seat_id"), ["seat_id"])
    op.create_index(
        "uq_invitations_meeting_id_partner_id",
        "invitations",
        ["meeting_id", "partner_id"],
        unique=True,
        sqlite_where=sa.text("seat_id IS NULL"),
        postgresql_where=sa.text("seat_id IS NULL"),
    )
    with table("replies") as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("for_starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("for_ends_on", sa.Date(), nullable=True))
    _tie_invitations()
    _date_answers()
    with table("replies") as batch_op:
        batch_op.alter_column("for_starts_on", existing_type=sa.Date(), nullable=False)
        batch_op.alter_column("for_ends_on", existing_type=sa.Date(), nullable=False)
    with table("attendances") as batch_op:
        batch_op.add_column(sa.Column("reply_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_attendances_reply_id_replies"), "replies", ["reply_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(op.f("ix_attendances_reply_id"), ["reply_id"])
    _tie_lines()
    _take_messages_out()


def _make_seats():
    """One seat for each text; what held several, or an office's own words, stays one text."""
    query = sa.select(organisations.c.id, organisations.c.seat).order_by(organisations.c.id)
    rows = [
        {"organisation_id": number, "post_th": seat.strip(), "position": 1, "is_retired": False}
        for number, seat in op.get_bind().execute(query).all()
        if seat and seat.strip()
    ]
    if rows:
        op.bulk_insert(seats, rows)


def _tie_invitations():
    """Earlier invitations of an organisation were to its one seat."""
    seat = sa.select(seats.c.id).where(seats.c.organisation_id == invitations.c.partner_id).scalar_subquery()
    op.execute(invitations.update().values(seat_id=seat))
    # An answer shows that the invitation had arrived.
    op.execute(
        invitations.update()
        .where(invitations.c.answer.is_not(None), invitations.c.reached_at.is_(None))
        .values(reached_at=invitations.c.answered_at)
    )


def _date_answers():
    """Each answer gets the days its meeting had when it came, by the meeting's history."""
    bind = op.get_bind()
    known = bind.execute(sa.select(meetings.c.id, meetings.c.starts_on, meetings.c.ends_on)).all()
    now = {number: {"starts_on": starts_on, "ends_on": ends_on} for number, starts_on, ends_on in known}
    moves = defaultdict(list)
    query = (
        sa.select(changes.c.thing_id, changes.c.field, changes.c.at, changes.c.old)
        .where(changes.c.thing == "meeting", changes.c.field.in_(("starts_on", "ends_on")))
        .order_by(changes.c.at, changes.c.id)
    )
    for number, field, at, old in bind.execute(query).all():
        moves[number, field].append((at, old))

    def days_at(meeting_id, at):
        found = {}
        for field, present in now[meeting_id].items():
            later = (old for moved_at, old in moves[meeting_id, field] if at is not None and moved_at > at and old)
            text = next(later, None)
            found[f"for_{field}"] = date.fromisoformat(text) if text else present
        return found

    query = sa.select(invitations.c.id, invitations.c.meeting_id, invitations.c.answer, invitations.c.answered_at)
    meeting_of = {}
    for number, meeting_id, answer, at in bind.execute(query).all():
        meeting_of[number] = meeting_id
        if answer is not None:
            bind.execute(invitations.update().where(invitations.c.id == number).values(**days_at(meeting_id, at)))
    for number, invitation_id, at in bind.execute(sa.select(replies.c.id, replies.c.invitation_id, replies.c.at)).all():
        days = days_at(meeting_of[invitation_id], at)
        bind.execute(replies.update().where(replies.c.id == number).values(**days))


def _tie_lines():
    """A line saw the replies that had come when its meeting's lists were last worked on; later ones it did not."""
    bind = op.get_bind()
    query = (
        sa.select(changes.c.thing_id, sa.func.max(changes.c.at))
        .where(changes.c.thing == "meeting", changes.c.field == "attendance")
        .group_by(changes.c.thing_id)
    )
    worked_on = {number: _instant(at) for number, at in bind.execute(query).all()}
    came = defaultdict(list)
    query = sa.select(replies.c.invitation_id, replies.c.id, replies.c.at).order_by(replies.c.id)
    for invitation_id, number, at in bind.execute(query).all():
        came[invitation_id].append((number, _instant(at)))
    query = sa.select(attendances.c.id, attendances.c.meeting_id, attendances.c.invitation_id)
    for number, meeting_id, invitation_id in bind.execute(query).all():
        until = worked_on.get(meeting_id)
        seen = [reply_id for reply_id, at in came.get(invitation_id, ()) if until is None or at <= until]
        if seen:
            bind.execute(attendances.update().where(attendances.c.id == number).values(reply_id=seen[-1]))


def _instant(at):
    """SQLite gives an aggregate back as text, and instants without their zone."""
    found = datetime.fromisoformat(at) if isinstance(at, str) else at
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _take_messages_out():
    bind = op.get_bind()
    said, partners = defaultdict(set), {}
    query = sa.select(invitations.c.id, invitations.c.partner_id, invitations.c.comment)
    for number, partner_id, comment in bind.execute(query).all():
        partners[number] = partner_id
        said[number].add(_on_one_line(comment))
    for number, comment in bind.execute(sa.select(replies.c.invitation_id, replies.c.comment)).all():
        said[number].add(_on_one_line(comment))
    query = sa.select(*(attendances.c[name] for name in ("id", "meeting_id", "invitation_id", "name", "reason")))
    for number, meeting_id, invitation_id, name, reason in bind.execute(query).all():
        if reason and reason in said.get(invitation_id, ()):
            bind.execute(attendances.update().where(attendances.c.id == number).values(reason=None))
            change = {"thing": "meeting", "thing_id": meeting_id, "field": "attendance", "new": f"{name}: {WITHDRAWN}"}
            change |= {"at": datetime.now(UTC), "actor": "forumplanner", "partner_id": partners[invitation_id]}
            bind.execute(changes.insert().values(**change))


def _on_one_line(comment):
    """As the lists took a message over."""
    return " ".join((comment or "").split())[:300]


def downgrade():
    several = (
        sa.select(invitations.c.partner_id)
        .group_by(invitations.c.meeting_id, invitations.c.partner_id)
        .having(sa.func.count() > 1)
    )
    if op.get_bind().execute(several.limit(1)).first():
        raise click.ClickException(
            "Several seats of one organisation are invited to one meeting, which the earlier tables cannot hold."
            " Nothing was changed."
        )
    with table("attendances") as batch_op:
        batch_op.drop_index(op.f("ix_attendances_reply_id"))
        batch_op.drop_constraint(op.f("fk_attendances_reply_id_replies"), type_="foreignkey")
        batch_op.drop_column("reply_id")
    with table("replies") as batch_op:
        for name in ("for_ends_on", "for_starts_on", "reason"):
            batch_op.drop_column(name)
    op.drop_index("uq_invitations_meeting_id_partner_id", "invitations")
    with table("invitations") as batch_op:
        batch_op.drop_index(op.f("ix_invitations_seat_id"))
        batch_op.drop_constraint(op.f("fk_invitations_partner_id_seat_id_seats"), type_="foreignkey")
        batch_op.drop_constraint(op.f("uq_invitations_meeting_id_seat_id"), type_="unique")
        for name in ("for_ends_on", "for_starts_on", "reason", "seat_id"):
            batch_op.drop_column(name)
        batch_op.create_unique_constraint(op.f("uq_invitations_meeting_id_partner_id"), ["meeting_id", "partner_id"])
    with table("organisations", numbered=False) as batch_op:
        batch_op.add_column(sa.Column("seat", sa.String(length=200), nullable=True))
    first = (
        sa.select(seats.c.post_th)
        .where(seats.c.organisation_id == organisations.c.id, sa.not_(seats.c.is_retired))
        .order_by(seats.c.position, seats.c.id)
        .limit(1)
        .scalar_subquery()
    )
    op.execute(organisations.update().values(seat=first))
    op.drop_table("seats")
