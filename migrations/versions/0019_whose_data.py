"""Looks say on which page, when, and whose data was shown; what stood there says of whom it can be known.

A look at a meeting's list showed whoever was invited to it by then: all who are invited are taken to have been seen.
"""

from datetime import UTC, datetime, time, timedelta, timezone

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)

looks = sa.table("looks", sa.column("id"), sa.column("on", sa.Date), sa.column("at", AT), sa.column("page"))
sequence = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))


def given_number():
    """SQLite makes the table anew: it counts on behind the highest number it ever gave."""
    if op.get_bind().dialect.name != "sqlite":
        return None
    return op.get_bind().execute(sa.select(sequence.c.seq).where(sequence.c.name == "looks")).scalar()


def count_on(given):
    if given is not None:
        op.execute(sequence.delete().where(sequence.c.name == "looks"))
        op.execute(sequence.insert().values(name="looks", seq=given))


def upgrade():
    given = given_number()
    with op.batch_alter_table("looks", recreate="never") as batch:
        batch.add_column(sa.Column("page", sa.String(length=60), nullable=True))
        batch.add_column(sa.Column("first_at", AT, nullable=True))
        batch.add_column(sa.Column("at", AT, nullable=True))
    fill_in()
    with op.batch_alter_table("looks", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("page", existing_type=sa.String(length=60), nullable=False)
        batch.alter_column("at", existing_type=AT, nullable=False)
        batch.drop_constraint(op.f("uq_looks_actor_id_thing_thing_id_on"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_looks_actor_id_on_page_thing_thing_id"), ["actor_id", "on", "page", "thing", "thing_id"]
        )
    count_on(given)
    op.create_index("ix_looks_at", "looks", ["at"])
    op.create_index("ix_changes_at", "changes", ["at"])
    op.create_table(
        "look_partners",
        sa.Column("look_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.ForeignKeyConstraint(
            ["look_id"], ["looks.id"], name=op.f("fk_look_partners_look_id_looks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("look_id", "partner_id", name=op.f("pk_look_partners")),
    )
    op.create_index(op.f("ix_look_partners_partner_id"), "look_partners", ["partner_id"])
    op.execute(
        "INSERT INTO look_partners (look_id, partner_id, at) SELECT id, thing_id, at FROM looks WHERE thing = 'partner'"
    )
    op.execute(
        "INSERT INTO look_partners (look_id, partner_id, at) SELECT DISTINCT looks.id, invitations.partner_id, looks.at"
        " FROM looks JOIN invitations ON invitations.meeting_id = looks.thing_id WHERE looks.thing = 'meeting'"
    )


def fill_in():
    """Times were not kept: the day's beginning in Thailand stands for them, and no first time says so."""
    connection = op.get_bind()
    for (day,) in connection.execute(sa.select(looks.c.on).distinct()).all():
        connection.execute(looks.update().where(looks.c.on == day).values(at=beginning_of(day), page=""))


def beginning_of(day):
    return datetime.combine(day, time(), timezone(timedelta(hours=7))).astimezone(UTC)


def downgrade():
    op.drop_table("look_partners")
    op.drop_index("ix_changes_at", table_name="changes")
    op.drop_index("ix_looks_at", table_name="looks")
    # One a person, thing and day again: the earliest stays.
    op.execute('DELETE FROM looks WHERE id NOT IN (SELECT min(id) FROM looks GROUP BY actor_id, thing, thing_id, "on")')
    given = given_number()
    with op.batch_alter_table("looks", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_constraint(op.f("uq_looks_actor_id_on_page_thing_thing_id"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_looks_actor_id_thing_thing_id_on"), ["actor_id", "thing", "thing_id", "on"]
        )
        for name in ("page", "first_at", "at"):
            batch.drop_column(name)
    count_on(given)
