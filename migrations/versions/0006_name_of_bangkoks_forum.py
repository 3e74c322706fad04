"""The body of Bangkok's forums is set off by a space, in databases made before 0002 wrote it so."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        "UPDATE bodies SET name_th = 'ประชุมวงภาค กทม.และปริมณฑล'"
        " WHERE slug = 'bangkok' AND name_th = 'ประชุมวงภาคกทม.และปริมณฑล'"
    )


def downgrade():
    """Nothing: 0002 writes the name so by itself."""
