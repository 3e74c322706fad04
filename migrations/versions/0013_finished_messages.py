"""Messages keep their finished bytes and say whom, what and which version they are about; a restored one is held."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBERS = ("partner_id", "invitation_id", "version")
MESSAGES = sa.table("outbox_messages", *map(sa.column, ("state", "server_answer", "waits_since", "created_at")))


def upgrade():
    with messages() as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(length=20), nullable=False, server_default="email"))
        for name in NUMBERS:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("attachments", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("mime", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(op.f("ix_outbox_messages_partner_id"), ["partner_id"])
        batch_op.create_index(op.f("ix_outbox_messages_invitation_id"), ["invitation_id"])
    op.execute(sa.update(MESSAGES).values(waits_since=MESSAGES.c.created_at))
    with messages() as batch_op:
        batch_op.alter_column("channel", server_default=None)
        batch_op.alter_column("attachments", server_default=None)
        batch_op.alter_column("waits_since", existing_type=sa.DateTime(timezone=True), nullable=False)


def downgrade():
    # What waits to be decided upon is nothing an older version knows: it must not leave by mistake.
    held = MESSAGES.c.state == "held"
    op.execute(sa.update(MESSAGES).where(held).values(state="failed", server_answer="It was held and not sent."))
    with messages() as batch_op:
        batch_op.drop_index(op.f("ix_outbox_messages_invitation_id"))
        batch_op.drop_index(op.f("ix_outbox_messages_partner_id"))
        for name in ("waits_since", "mime", "attachments", *NUMBERS, "channel"):
            batch_op.drop_column(name)


def messages():
    return op.batch_alter_table("outbox_messages", table_kwargs={"sqlite_autoincrement": True})
