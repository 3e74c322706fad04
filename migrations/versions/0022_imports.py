"""Lists that are being imported are kept until they are written, and for some days after."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STATES = ("new", "update", "duplicate", "error")


def upgrade():
    op.create_table(
        "partner_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("is_pasted", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("sheets", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["users.id"], name=op.f("fk_partner_imports_account_id_users"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["region_id"], ["regions.id"], name=op.f("fk_partner_imports_region_id_regions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_imports")),
        sqlite_autoincrement=True,
    )
    for column in ("account_id", "created_at", "region_id"):
        op.create_index(op.f(f"ix_partner_imports_{column}"), "partner_imports", [column])
    op.create_table(
        "partner_import_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=False, length=20),
            nullable=False,
        ),
        sa.Column("messages", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("written_version", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["partner_imports.id"],
            name=op.f("fk_partner_import_rows_import_id_partner_imports"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"],
            ["partners.id"],
            name=op.f("fk_partner_import_rows_partner_id_partners"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_import_rows")),
        sqlite_autoincrement=True,
    )
    for column in ("import_id", "partner_id"):
        op.create_index(op.f(f"ix_partner_import_rows_{column}"), "partner_import_rows", [column])


def downgrade():
    op.drop_table("partner_import_rows")
    op.drop_table("partner_imports")
