"""A form that arrives twice does its work once: the marks of those that did theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "spent_forms",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("led_to", sa.Text(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_spent_forms")),
    )
    op.create_index(op.f("ix_spent_forms_spent_at"), "spent_forms", ["spent_at"])


def downgrade():
    op.drop_index(op.f("ix_spent_forms_spent_at"), table_name="spent_forms")
    op.drop_table("spent_forms")
