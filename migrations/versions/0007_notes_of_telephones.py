"""A telephone number's note, extensions that are a series, and room for several numbers where they stand as text."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Column and length before, by table; all are 300 characters now.
TEXTS = {"meetings": "contact_phone", "invitations": "delegate_phone", "replies": "delegate_phone"}
NUMBERED = {"meetings", "invitations"}


def _table(name):
    # A rebuilt table forgets that SQLite must not give its numbers twice.
    numbered = {"sqlite_autoincrement": True} if name in NUMBERED else {}
    return op.batch_alter_table(name, schema=None, table_kwargs=numbered)


def upgrade():
    with _table("phones") as batch:
        batch.alter_column("extension", existing_type=sa.String(length=10), type_=sa.String(length=40))
        batch.add_column(sa.Column("note", sa.String(length=100), nullable=True))
    for table, column in TEXTS.items():
        with _table(table) as batch:
            batch.alter_column(column, existing_type=sa.String(length=100), type_=sa.String(length=300))


def downgrade():
    for table, column in TEXTS.items():
        op.execute(f"UPDATE {table} SET {column} = substr({column}, 1, 100)")  # noqa: S608 - names of our own
        with _table(table) as batch:
            batch.alter_column(column, existing_type=sa.String(length=300), type_=sa.String(length=100))
    op.execute("UPDATE phones SET extension = substr(extension, 1, 10)")
    with _table("phones") as batch:
        batch.drop_column("note")
        batch.alter_column("extension", existing_type=sa.String(length=40), type_=sa.String(length=10))
