"""Whom somebody chooses to invite is kept until they are invited: it no longer stands in an address."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WITHOUT_SEAT = sa.text("seat_id IS NULL")


def upgrade():
    op.create_table(
        "chosen_guests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum("email", "letter", "line", "telephone", name="channel", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column(
            "capacity",
            sa.Enum("member", "participant", name="capacity", native_enum=False, length=20),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["users.id"], name=op.f("fk_chosen_guests_account_id_users"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_chosen_guests_meeting_id_meetings"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.id"], name=op.f("fk_chosen_guests_partner_id_partners"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["partner_id", "seat_id"],
            ["seats.organisation_id", "seats.id"],
            name=op.f("fk_chosen_guests_partner_id_seat_id_seats"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chosen_guests")),
        sa.UniqueConstraint(
            "meeting_id", "account_id", "seat_id", name=op.f("uq_chosen_guests_meeting_id_account_id_seat_id")
        ),
        sqlite_autoincrement=True,
    )
    for name in ("account_id", "partner_id", "seat_id"):
        op.create_index(op.f(f"ix_chosen_guests_{name}"), "chosen_guests", [name])
    op.create_index(
        "uq_chosen_guests_meeting_id_account_id_partner_id",
        "chosen_guests",
        ["meeting_id", "account_id", "partner_id"],
        unique=True,
        sqlite_where=WITHOUT_SEAT,
        postgresql_where=WITHOUT_SEAT,
    )


def downgrade():
    op.drop_table("chosen_guests")
