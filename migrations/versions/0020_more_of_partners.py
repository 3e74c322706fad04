"""Partners have named notes; people languages; organisations a level, a kind, welfare they offer and networks."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

LEVELS = ("group", "subdistrict", "district", "province", "region", "country")
WELFARE = ("birth", "illness", "old age", "death", "disability", "education", "disaster", "other")


def one_of(name, values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=False, length=20)


def upgrade():
    op.create_table(
        "partner_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.id"], name=op.f("fk_partner_notes_partner_id_partners"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_notes")),
        sa.UniqueConstraint("partner_id", "name", name=op.f("uq_partner_notes_partner_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("member_from", sa.Date(), nullable=True),
        sa.Column("member_until", sa.Date(), nullable=True),
        sa.CheckConstraint("member_until >= member_from", name=op.f("ck_memberships_runs_forward")),
        sa.CheckConstraint("network_id <> member_id", name=op.f("ck_memberships_of_another")),
        *(
            sa.ForeignKeyConstraint(
                [column], ["organisations.id"], name=op.f(f"fk_memberships_{column}_organisations"), ondelete="CASCADE"
            )
            for column in ("network_id", "member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_memberships_member", "memberships", ["member_id", "network_id"])
    op.create_index(op.f("ix_memberships_network_id"), "memberships", ["network_id"])
    op.create_table(
        "offered_welfare",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("welfare", WELFARE), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_offered_welfare_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "kind", name=op.f("pk_offered_welfare")),
    )
    with op.batch_alter_table("organisations") as batch_op:
        batch_op.add_column(sa.Column("level", one_of("level", LEVELS), nullable=True))
        batch_op.add_column(sa.Column("finance_kind_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_organisations_finance_kind_id"), ["finance_kind_id"])
        batch_op.create_index(batch_op.f("ix_organisations_level"), ["level"])
        batch_op.create_index(batch_op.f("ix_organisations_short_name"), ["short_name"])
        batch_op.create_foreign_key(
            batch_op.f("fk_organisations_finance_kind_id_finance_kinds"),
            "finance_kinds",
            ["finance_kind_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.add_column("people", sa.Column("languages", sa.String(length=200), nullable=True))


def downgrade():
    with op.batch_alter_table("people", recreate="never") as batch_op:
        batch_op.drop_column("languages")
    with op.batch_alter_table("organisations") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_organisations_finance_kind_id_finance_kinds"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_organisations_short_name"))
        batch_op.drop_index(batch_op.f("ix_organisations_level"))
        batch_op.drop_index(batch_op.f("ix_organisations_finance_kind_id"))
        batch_op.drop_column("finance_kind_id")
        batch_op.drop_column("level")
    op.drop_table("offered_welfare")
    op.drop_table("memberships")
    op.drop_table("partner_notes")
