"""Partners who look alike are told apart or merged; what was merged is remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_partners_version", "partners", ["version"])
    op.create_table(
        "distinct_partners",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.CheckConstraint("partner_id < other_id", name=op.f("ck_distinct_partners_lower_first")),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partners.id"],
            name=op.f("fk_distinct_partners_partner_id_partners"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["partners.id"], name=op.f("fk_distinct_partners_other_id_partners"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("partner_id", "other_id", name=op.f("pk_distinct_partners")),
    )
    op.create_index(op.f("ix_distinct_partners_other_id"), "distinct_partners", ["other_id"])
    op.create_table(
        "merged_partners",
        sa.Column("other_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("feed_version", sa.Integer(), nullable=True),
        sa.Column("kept_feed_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.id"], name=op.f("fk_merged_partners_partner_id_partners"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("other_id", name=op.f("pk_merged_partners")),
    )
    op.create_index(op.f("ix_merged_partners_partner_id"), "merged_partners", ["partner_id"])
    op.create_table(
        "merged_invitations",
        sa.Column("other_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("kept_link_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_merged_invitations_invitation_id_invitations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("other_id", name=op.f("pk_merged_invitations")),
    )
    op.create_index(op.f("ix_merged_invitations_invitation_id"), "merged_invitations", ["invitation_id"])
    op.create_table(
        "partner_merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_merges")),
        sqlite_autoincrement=True,
    )
    for column in ("partner_id", "other_id", "at"):
        op.create_index(op.f(f"ix_partner_merges_{column}"), "partner_merges", [column])


def downgrade():
    for name in ("partner_merges", "merged_invitations", "merged_partners", "distinct_partners"):
        op.drop_table(name)
    op.drop_index("ix_partners_version", table_name="partners")
