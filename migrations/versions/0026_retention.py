"""How long data of people is kept: periods, announcements, who is kept longer, what was removed, the last sign-in."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "retention_periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_periods")),
        sa.UniqueConstraint("slug", name=op.f("uq_retention_periods_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "retention_announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=False),
        sa.Column("remove_on", sa.Date(), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.Column("is_refused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_announcements")),
        sa.UniqueConstraint("kind", "item", name=op.f("uq_retention_announcements_kind_item")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_retention_announcements_remove", "retention_announcements", ["kind", "remove_on"])
    op.create_table(
        "retention_holds",
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.String(length=200), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.id"], name=op.f("fk_retention_holds_partner_id_partners"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("partner_id", name=op.f("pk_retention_holds")),
    )
    op.create_table(
        "retention_removals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_removals")),
        sa.UniqueConstraint("on", "kind", name=op.f("uq_retention_removals_on_kind")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "retention_looked_at",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_retention_looked_at")),
    )
    op.add_column("users", sa.Column("last_signed_in_on", sa.Date(), nullable=True))
    # When they last signed in was not kept: it is counted from now on, in no account from before.
    op.execute("UPDATE users SET last_signed_in_on = CURRENT_DATE")


def downgrade():
    op.drop_column("users", "last_signed_in_on")
    for table in ("looked_at", "removals", "holds", "announcements", "periods"):
        op.drop_table(f"retention_{table}")
