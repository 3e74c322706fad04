"""A telephone number's note, extensions that are a series, and room for several numbers where they stand as text."""

from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Columns that hold several numbers as text: 300 characters from now on, 100 before.
TEXTS = {"meetings": "contact_phone", "invitations": "delegate_phone", "replies": "delegate_phone"}


@contextmanager
def table(name):
    """A batch that leaves on SQLite what was given: a rebuilt table would count anew from its highest row."""
    bind = op.get_bind()
    given = None
    sequence = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))
    if bind.dialect.name == "sqlite":
        given = bind.execute(sa.select(sequence.c.seq).where(sequence.c.name == name)).scalar()
    with op.batch_alter_table(name, schema=None, table_kwargs={"sqlite_autoincrement": True}) as batch:
        yield batch
    if given is not None:
        bind.execute(sa.delete(sequence).where(sequence.c.name == name))
        bind.execute(sa.insert(sequence).values(name=name, seq=given))


def upgrade():
    with table("phones") as batch:
        batch.alter_column("extension", existing_type=sa.String(length=10), type_=sa.String(length=40))
        batch.add_column(sa.Column("note", sa.String(length=100), nullable=True))
    for name, column in TEXTS.items():
        with table(name) as batch:
            batch.alter_column(column, existing_type=sa.String(length=100), type_=sa.String(length=300))


def downgrade():
    for name, column in TEXTS.items():
        op.execute(f"UPDATE {name} SET {column} = substr({column}, 1, 100)")  # noqa: S608 - names of our own
        with table(name) as batch:
            batch.alter_column(column, existing_type=sa.String(length=300), type_=sa.String(length=100))
    op.execute("UPDATE phones SET extension = substr(extension, 1, 10)")
    with table("phones") as batch:
        batch.drop_column("note")
        batch.alter_column("extension", existing_type=sa.String(length=40), type_=sa.String(length=10))
