"""Lists that are imported: long ones are read by the worker, sheets are chosen, possible duplicates are decided about."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

DECISIONS = ("same", "other", "leave")


def upgrade():
    lists, rows = "partner_imports", "partner_import_rows"
    for column in (
        sa.Column("only_sheets", sa.Text(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows_done", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("rows_there", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column(lists, column)
    _point(lists, "asked_by_id", "users")
    # Whatever is there was read when it came.
    op.execute("UPDATE partner_imports SET read_at = created_at")
    op.add_column(rows, sa.Column("asks", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column(rows, sa.Column("adds", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column(
        rows,
        sa.Column(
            "decision", sa.Enum(*DECISIONS, name="decision", native_enum=False, create_constraint=False, length=20)
        ),
    )
    _point(rows, "maybe_id", "partners")


def _point(table, column, other):
    """Add a column that points at another table."""
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
        name = op.f(f"fk_{table}_{column}_{other}")
        batch.create_foreign_key(name, other, [column], ["id"], ondelete="SET NULL")
        batch.create_index(op.f(f"ix_{table}_{column}"), [column])


def downgrade():
    for table, pointing, columns in (
        ("partner_import_rows", "maybe_id", ("decision", "adds", "asks")),
        (
            "partner_imports",
            "asked_by_id",
            ("asked_at", "refusal", "read_at", "rows_there", "rows_done", "begun_at", "only_sheets"),
        ),
    ):
        op.drop_index(op.f(f"ix_{table}_{pointing}"), table)
        with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch:
            for column in (pointing, *columns):
                batch.drop_column(column)
