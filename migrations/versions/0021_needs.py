"""Food and help that somebody who comes needs: by their own consent, in a table of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

CHANNELS = ("link", "telephone", "paper", "line", "email")


def upgrade():
    op.create_table(
        "needs",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column(
            "food", sa.Enum("halal", "vegetarian", "jay", name="food", native_enum=False, length=20), nullable=True
        ),
        sa.Column("food_note", sa.String(length=200), nullable=True),
        sa.Column("help_needed", sa.String(length=500), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Enum(*CHANNELS, name="replychannel", native_enum=False, length=20), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("noted_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_needs_invitation_id_invitations"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["users.id"], name=op.f("fk_needs_noted_by_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_needs")),
    )


def downgrade():
    op.drop_table("needs")
