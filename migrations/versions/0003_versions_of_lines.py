"""Lines of attendance and programme get versions; their numbers and agenda items' are never given twice; a chair's line."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

VERSIONED = ("attendances", "programme_entries")


def table(name, *, copied=True, numbered=True):
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table(
        name,
        recreate="always" if on_sqlite and copied else "never",
        table_kwargs={"sqlite_autoincrement": True} if numbered else {},
    )


def upgrade():
    for name in VERSIONED:
        with table(name, copied=False) as batch_op:
            batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        with table(name) as batch_op:
            batch_op.alter_column("version", server_default=None)
    with table("agenda_items"):
        pass
    with table("sittings", numbered=False) as batch_op:
        batch_op.add_column(sa.Column("chair_line_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_sittings_chair_line_id_attendances"),
            "attendances",
            ["chair_line_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_index(op.f("ix_sittings_chair_line_id"), ["chair_line_id"])


def downgrade():
    with table("sittings", numbered=False) as batch_op:
        batch_op.drop_index(op.f("ix_sittings_chair_line_id"))
        batch_op.drop_constraint(op.f("fk_sittings_chair_line_id_attendances"), type_="foreignkey")
        batch_op.drop_column("chair_line_id")
    with table("agenda_items", numbered=False):
        pass
    for name in VERSIONED:
        with table(name, numbered=False) as batch_op:
            batch_op.drop_column("version")
