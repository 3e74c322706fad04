"""No table gives a number to a second row: on SQLite those that did are made anew, counting on behind what history names."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = (
    "added_holidays", "bodies", "changes", "finance_kinds", "looks", "meeting_days", "minutes", "observations",
    "organisation_names", "outbox_messages", "outcomes", "phones", "questions", "regions", "replies", "roles", "rounds",
    "sittings", "submissions", "users",
)  # fmt: skip
# What history calls the rows of a table.
NAMED = {
    "added_holidays": "holiday",
    "agenda_items": "agenda_item",
    "invitations": "invitation",
    "meetings": "meeting",
    "minutes": "minutes",
    "outcomes": "outcome",
    "partners": "partner",
    "rounds": "round",
    "submissions": "submission",
    "users": "user",
}
# A personal calendar goes by its partner's number.
ALSO = {"partners": "personal_feed"}


def upgrade():
    if op.get_bind().dialect.name == "sqlite":
        make_anew(numbered=True)
    count_on()


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        make_anew(numbered=False)


def make_anew(*, numbered):
    for name in TABLES:
        with op.batch_alter_table(
            name, recreate="always", table_kwargs={"sqlite_autoincrement": True} if numbered else {}
        ):
            pass


def count_on():
    """Rows of which history tells may be gone: no new row gets the number of one."""
    bind = op.get_bind()
    changes, looks = (
        sa.table(name, *map(sa.column, ("thing", "thing_id", "actor_id"))) for name in ("changes", "looks")
    )
    for name, thing in NAMED.items():
        highest = [sa.select(sa.func.max(sa.table(name, sa.column("id")).c.id))]
        for table in (changes, looks):
            highest.append(
                sa.select(sa.func.max(table.c.thing_id)).where(table.c.thing.in_([thing, ALSO.get(name, thing)]))
            )
            if name == "users":
                highest.append(sa.select(sa.func.max(table.c.actor_id)))
        last = max(bind.execute(query).scalar() or 0 for query in highest)
        if not last:
            continue
        if bind.dialect.name == "sqlite":
            sequence = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))
            given = bind.execute(sa.select(sequence.c.seq).where(sequence.c.name == name)).scalar() or 0
            bind.execute(sa.delete(sequence).where(sequence.c.name == name))
            bind.execute(sa.insert(sequence).values(name=name, seq=max(given, last)))
        else:
            sequence = bind.execute(sa.select(sa.func.pg_get_serial_sequence(name, "id"))).scalar()
            given = bind.execute(sa.select(sa.column("last_value")).select_from(sa.text(sequence))).scalar()
            if last > given:
                bind.execute(sa.select(sa.func.setval(sequence, last)))
