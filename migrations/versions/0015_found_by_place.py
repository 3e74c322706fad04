"""Partners are found by province, seat, organisation and without tone marks; an invitation knows when it changed."""

import sqlalchemy as sa
from alembic import op

from forumplanner.core import thai

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def table(name, *columns):
    return sa.table(name, *map(sa.column, columns))


PARTNERS = table("partners", "id", "name", "name_en", "email", "province_code", "search_text")
PEOPLE = table("people", "id", "honorific", "post", "organisation_text", "organisation_id", "line_name")
ORGANISATIONS = table("organisations", "id", "short_name", "seat")
NAMES = table("organisation_names", "id", "organisation_id", "short_name", "full_name", "name_en")
PHONES = table("phones", "id", "partner_id", "number", "note")
PROVINCES = table("provinces", "code", "name_th", "name_en")
INVITATIONS = table("invitations", "id", "created_at", "answered_at", "changed_at")
CHANGES = table("changes", "thing", "thing_id", "field", "at")


def upgrade():
    with op.batch_alter_table("invitations", schema=None, recreate="never") as batch:
        batch.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    note_changes()
    given = given_numbers()
    with op.batch_alter_table("invitations", schema=None, table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("changed_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    keep_numbers(given)
    refresh_texts()


def downgrade():
    with op.batch_alter_table("invitations", schema=None, recreate="never") as batch:
        batch.drop_column("changed_at")


def given_numbers():
    """The highest number SQLite gave: a table made anew would count from its highest row."""
    if op.get_bind().dialect.name != "sqlite":
        return None
    sequence = table("sqlite_sequence", "name", "seq")
    return op.get_bind().execute(sa.select(sequence.c.seq).where(sequence.c.name == "invitations")).scalar()


def keep_numbers(given):
    if given is not None:
        sequence = table("sqlite_sequence", "name", "seq")
        op.get_bind().execute(sa.delete(sequence).where(sequence.c.name == "invitations"))
        op.get_bind().execute(sa.insert(sequence).values(name="invitations", seq=given))


def note_changes():
    corrected = (
        sa.select(sa.func.max(CHANGES.c.at))
        .where(CHANGES.c.thing == "invitation", CHANGES.c.thing_id == INVITATIONS.c.id, CHANGES.c.field == "capacity")
        .scalar_subquery()
    )
    made, answered = INVITATIONS.c.created_at, INVITATIONS.c.answered_at
    latest = sa.case((answered > made, answered), else_=made)
    bind = op.get_bind()
    bind.execute(sa.update(INVITATIONS).values(changed_at=latest))
    bind.execute(sa.update(INVITATIONS).where(corrected > INVITATIONS.c.changed_at).values(changed_at=corrected))


def refresh_texts():
    bind = op.get_bind()
    found = {row.id: [row.name, row.name_en, row.email] for row in bind.execute(sa.select(PARTNERS))}
    names = {row.id: row.name for row in bind.execute(sa.select(PARTNERS.c.id, PARTNERS.c.name))}
    short = {}
    for row in bind.execute(sa.select(ORGANISATIONS)):
        short[row.id] = row.short_name
        found[row.id] += [row.short_name, row.seat]
    for row in bind.execute(sa.select(PEOPLE)):
        found[row.id] += [row.honorific, row.post, row.organisation_text, row.line_name]
        found[row.id] += [short.get(row.organisation_id), names.get(row.organisation_id)]
    for row in bind.execute(sa.select(NAMES)):
        found[row.organisation_id] += [row.short_name, row.full_name, row.name_en]
    for row in bind.execute(sa.select(PHONES)):
        found[row.partner_id] += [row.number, row.note]
    places = sa.select(PARTNERS.c.id, PROVINCES.c.name_th, PROVINCES.c.name_en)
    for row in bind.execute(places.join(PROVINCES, PROVINCES.c.code == PARTNERS.c.province_code)):
        found[row.id] += [row.name_th, row.name_en]
    for number, texts in found.items():
        text = thai.searchable(*texts)
        bind.execute(sa.update(PARTNERS).where(PARTNERS.c.id == number).values(search_text=text))
