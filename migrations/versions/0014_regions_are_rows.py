"""Regions can retire; a round names those that take part; holidays of one region, and holidays withdrawn."""

import click
import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def rebuilt(name):
    """SQLite copies a table whose constraints change; PostgreSQL changes it in place."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table(
        name, recreate="always" if on_sqlite else "never", table_kwargs={"sqlite_autoincrement": True}
    )


def upgrade():
    op.add_column("regions", sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("regions", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with rebuilt("regions") as batch_op:
        batch_op.alter_column("version", server_default=None)
    op.create_table(
        "round_regions",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("province_codes", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_round_regions_region_id_regions")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_round_regions_round_id_rounds"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "region_id", name=op.f("pk_round_regions")),
    )
    op.create_index(op.f("ix_round_regions_region_id"), "round_regions", ["region_id"])
    # Until now every round was of every region.
    op.execute(
        "INSERT INTO round_regions (round_id, region_id)"
        " SELECT rounds.id, regions.id FROM rounds CROSS JOIN regions ORDER BY rounds.id, regions.id"
    )
    op.add_column("added_holidays", sa.Column("region_id", sa.Integer(), nullable=True))
    op.add_column("added_holidays", sa.Column("is_withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()))
    with rebuilt("added_holidays") as batch_op:
        batch_op.drop_constraint("uq_added_holidays_on", type_="unique")
        batch_op.create_unique_constraint(op.f("uq_added_holidays_on_region_id"), ["on", "region_id"])
        batch_op.create_check_constraint(
            op.f("ck_added_holidays_withdrawn_everywhere"), "NOT (is_withdrawn AND region_id IS NOT NULL)"
        )
        batch_op.create_foreign_key(op.f("fk_added_holidays_region_id_regions"), "regions", ["region_id"], ["id"])
    op.create_index(op.f("ix_added_holidays_region_id"), "added_holidays", ["region_id"])
    op.create_index(
        "uq_added_holidays_country",
        "added_holidays",
        ["on"],
        unique=True,
        sqlite_where=sa.text("region_id IS NULL"),
        postgresql_where=sa.text("region_id IS NULL"),
    )


def downgrade():
    lost = op.get_bind().scalar(
        sa.text("SELECT count(*) FROM added_holidays WHERE is_withdrawn OR region_id IS NOT NULL")
    )
    if lost:
        raise click.ClickException(
            "Holidays of one region, or withdrawn, are recorded; they have no place below. Nothing was changed."
        )
    op.drop_index("uq_added_holidays_country", "added_holidays")
    op.drop_index(op.f("ix_added_holidays_region_id"), "added_holidays")
    with rebuilt("added_holidays") as batch_op:
        batch_op.drop_constraint(op.f("fk_added_holidays_region_id_regions"), type_="foreignkey")
        batch_op.drop_constraint(op.f("ck_added_holidays_withdrawn_everywhere"), type_="check")
        batch_op.drop_constraint(op.f("uq_added_holidays_on_region_id"), type_="unique")
        batch_op.drop_column("is_withdrawn")
        batch_op.drop_column("region_id")
        batch_op.create_unique_constraint(op.f("uq_added_holidays_on"), ["on"])
    op.drop_index(op.f("ix_round_regions_region_id"), "round_regions")
    op.drop_table("round_regions")
    with rebuilt("regions") as batch_op:
        batch_op.drop_column("version")
        batch_op.drop_column("retired_at")
