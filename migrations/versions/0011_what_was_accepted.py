"""What organisers decide upon is kept as it stood then; what was accepted before is kept as it stands now."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submissions.id"],
            name=op.f("fk_decisions_submission_id_submissions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_decisions_submission_id"), "decisions", ["submission_id"])
    keep_what_was_decided()


def downgrade():
    op.drop_table("decisions")


def named(name, **columns):
    return sa.table(name, *(sa.column(column, kind) for column, kind in columns.items()))


TEXT, NUMBER, DAY, AT = sa.Text, sa.Integer, sa.Date, sa.DateTime(timezone=True)
SUBMISSIONS = named(
    "submissions",
    id=NUMBER,
    meeting_id=NUMBER,
    state=TEXT,
    remark=TEXT,
    submitted_at=AT,
    decided_at=AT,
    decided_by=TEXT,
)
MEETINGS = named("meetings", id=NUMBER, round_id=NUMBER, region_id=NUMBER, starts_on=DAY, ends_on=DAY)
REGIONS = named("regions", id=NUMBER, name_th=TEXT, name_en=TEXT)
QUESTIONS = named("questions", id=NUMBER, round_id=NUMBER, number=NUMBER, text_th=TEXT, text_en=TEXT)
ITEMS = named(
    "agenda_items",
    id=NUMBER, meeting_id=NUMBER, parent_id=NUMBER, position=NUMBER, title_th=TEXT, title_en=TEXT, question_id=NUMBER,
)  # fmt: skip
TEXTS = named("agenda_texts", agenda_item_id=NUMBER, text=TEXT)
OUTCOMES = named(
    "outcomes",
    id=NUMBER, agenda_item_id=NUMBER, kind=TEXT, position=NUMBER, text=TEXT, owner=TEXT, owner_partner_id=NUMBER,
    due_on=DAY,
)  # fmt: skip
PARTNERS = named("partners", id=NUMBER, kind=TEXT, is_sample=sa.Boolean)
CHANGES = named("changes", id=NUMBER, at=AT, thing=TEXT, thing_id=NUMBER, field=TEXT, new=TEXT, actor=TEXT)
DECISIONS = named(
    "decisions",
    submission_id=NUMBER,
    state=TEXT,
    remark=TEXT,
    at=AT,
    decided_by=TEXT,
    content=sa.JSON(none_as_null=True),
)


def keep_what_was_decided():
    bind = op.get_bind()
    for found in bind.execute(sa.select(SUBMISSIONS).order_by(SUBMISSIONS.c.id)).fetchall():
        values = decision_of(bind, found)
        if values is not None:
            bind.execute(sa.insert(DECISIONS).values(submission_id=found.id, **values))


def decision_of(bind, found):
    """What was decided last, where it still matters: what was accepted, and what was returned and not accepted since."""
    if found.state == "accepted":
        return {
            "state": "accepted",
            "remark": found.remark,
            "at": found.decided_at or found.submitted_at,
            "decided_by": found.decided_by or "",
            "content": record_of(bind, found.meeting_id),
        }
    if not found.remark:
        return None
    returned = bind.execute(
        sa.select(CHANGES.c.at, CHANGES.c.actor)
        .where(
            CHANGES.c.thing == "submission",
            CHANGES.c.thing_id == found.id,
            CHANGES.c.field == "state",
            CHANGES.c.new == "returned",
        )
        .order_by(CHANGES.c.at.desc(), CHANGES.c.id.desc())
        .limit(1)
    ).first()
    at = returned.at if returned else found.decided_at or found.submitted_at
    if at is None:
        return None
    # What it was that went back is not known any more.
    actor = returned.actor if returned else found.decided_by or ""
    return {"state": "returned", "remark": found.remark, "at": at, "decided_by": actor, "content": None}


def record_of(bind, meeting_id):
    meeting = bind.execute(sa.select(MEETINGS).where(MEETINGS.c.id == meeting_id)).one()
    region = bind.execute(sa.select(REGIONS).where(REGIONS.c.id == meeting.region_id)).first()
    questions = bind.execute(
        sa.select(QUESTIONS).where(QUESTIONS.c.round_id == meeting.round_id).order_by(QUESTIONS.c.number)
    ).fetchall()
    rows = bind.execute(
        sa.select(ITEMS).where(ITEMS.c.meeting_id == meeting_id).order_by(ITEMS.c.position, ITEMS.c.id)
    ).fetchall()
    items = list(numbered(rows, None, ""))
    ids = [item.id for _number, item in items]
    texts = dict(
        bind.execute(sa.select(TEXTS.c.agenda_item_id, TEXTS.c.text).where(TEXTS.c.agenda_item_id.in_(ids))).fetchall()
    )
    asked = {question.id: question.number for question in questions}
    return {
        "starts_on": meeting.starts_on.isoformat(),
        "ends_on": meeting.ends_on.isoformat(),
        "region_th": region.name_th if region else "",
        "region_en": region.name_en if region else "",
        "questions": [{"number": row.number, "text_th": row.text_th, "text_en": row.text_en} for row in questions],
        "items": [
            {
                "id": item.id,
                "number": number,
                "title_th": item.title_th,
                "title_en": item.title_en,
                "question": asked.get(item.question_id),
                "discussed": hashlib.sha256(texts.get(item.id, "").encode()).hexdigest()[:16],
            }
            for number, item in items
        ],
        "outcomes": [outcome for item_id in ids for outcome in outcomes_of(bind, item_id)],
    }


def numbered(rows, parent_id, prefix):
    for count, row in enumerate((row for row in rows if row.parent_id == parent_id), start=1):
        yield f"{prefix}{count}", row
        yield from numbered(rows, row.id, f"{prefix}{count}.")


def outcomes_of(bind, item_id):
    query = (
        sa.select(OUTCOMES, PARTNERS.c.kind.label("partner_kind"), PARTNERS.c.is_sample)
        .outerjoin(PARTNERS, PARTNERS.c.id == OUTCOMES.c.owner_partner_id)
        .where(OUTCOMES.c.agenda_item_id == item_id)
        .order_by(OUTCOMES.c.position, OUTCOMES.c.id)
    )
    for row in bind.execute(query).fetchall():
        yield {
            "id": row.id,
            "item_id": item_id,
            "kind": row.kind,
            "text": row.text,
            "owner": row.owner,
            "owner_partner_id": row.owner_partner_id,
            "owner_is_organisation": row.partner_kind == "organisation",
            "owner_is_sample": bool(row.is_sample),
            "due_on": row.due_on.isoformat() if row.due_on else None,
        }
