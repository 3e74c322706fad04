"""What was said on agenda items stands in a table of its own, with versions of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ITEMS = sa.table("agenda_items", sa.column("id", sa.Integer), sa.column("discussion", sa.Text))
TEXTS = sa.table(
    "agenda_texts",
    sa.column("agenda_item_id", sa.Integer),
    sa.column("text", sa.Text),
    sa.column("version", sa.Integer),
)


def upgrade():
    op.create_table(
        "agenda_texts",
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_items.id"],
            name=op.f("fk_agenda_texts_agenda_item_id_agenda_items"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("agenda_item_id", name=op.f("pk_agenda_texts")),
    )
    written = sa.select(ITEMS.c.id, ITEMS.c.discussion, sa.literal(1)).where(ITEMS.c.discussion != "")
    op.execute(sa.insert(TEXTS).from_select(["agenda_item_id", "text", "version"], written))
    with items() as batch_op:
        batch_op.drop_column("discussion")


def downgrade():
    with items() as batch_op:
        batch_op.add_column(sa.Column("discussion", sa.Text(), nullable=False, server_default=""))
    text = sa.select(TEXTS.c.text).where(TEXTS.c.agenda_item_id == ITEMS.c.id).scalar_subquery()
    op.execute(sa.update(ITEMS).values(discussion=sa.func.coalesce(text, "")))
    with items() as batch_op:
        batch_op.alter_column("discussion", server_default=None)
    op.drop_table("agenda_texts")


def items():
    return op.batch_alter_table("agenda_items", table_kwargs={"sqlite_autoincrement": True})
