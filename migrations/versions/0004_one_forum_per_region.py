"""A region has one forum in a round: the database says so too."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    # An index of its own rather than a constraint of the table, as for the national meeting: SQLite need not copy it.
    op.create_index("uq_meetings_forum", "meetings", ["round_id", "region_id"], unique=True)


def downgrade():
    op.drop_index("uq_meetings_forum", "meetings")
