"""History keeps of long texts what differs, and names the partner it is about."""

import hashlib
import json
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LONG = 200
CHANGES = sa.table(
    "changes", *map(sa.column, ("id", "at", "thing", "thing_id", "field", "old", "new", "edits", "partner_id"))
)
IN_ORDER = (CHANGES.c.thing, CHANGES.c.thing_id, CHANGES.c.field, CHANGES.c.at, CHANGES.c.id)


def upgrade():
    with op.batch_alter_table("changes") as batch_op:
        batch_op.add_column(sa.Column("edits", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("partner_id", sa.Integer(), nullable=True))
        batch_op.create_index(op.f("ix_changes_partner_id"), ["partner_id"])
    thin()
    name_partners()


def downgrade():
    restore()
    with op.batch_alter_table("changes") as batch_op:
        batch_op.drop_index(op.f("ix_changes_partner_id"))
        batch_op.drop_column("partner_id")
        batch_op.drop_column("edits")


def rows(*conditions):
    bind = op.get_bind()
    query = sa.select(CHANGES).where(*conditions).order_by(*IN_ORDER)
    return bind.execute(query).fetchall()


def put(row, **values):
    op.get_bind().execute(sa.update(CHANGES).where(CHANGES.c.id == row.id).values(**values))


def thin():
    """Keep of each long text that follows the change before what differs."""
    last, text = None, None
    for row in rows():
        chain = (row.thing, row.thing_id, row.field)
        before, after = row.old or "", row.new or ""
        if chain == last and text == before and max(len(before), len(after)) > LONG:
            edits = json.dumps(
                [digest(before), digest(after), [edit(before, after)]], ensure_ascii=False, separators=(",", ":")
            )
            if len(edits) < len(before) + len(after):
                put(row, old=None, new=None, edits=edits)
        last, text = chain, after


def restore():
    """Both whole texts with each change, as before."""
    last, text = None, ""
    for row in rows():
        chain = (row.thing, row.thing_id, row.field)
        if row.edits is None:
            last, text = chain, row.new or ""
            continue
        mark, _after, edits = json.loads(row.edits)
        before = text if chain == last and digest(text) == mark else "".join(removed for _, removed, _ in edits)
        parts, place = [], 0
        for at, removed, inserted in edits:
            parts += [before[place:at], inserted]
            place = at + len(removed)
        text = "".join([*parts, before[place:]])
        last = chain
        put(row, old=before or None, new=text or None, edits=None)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def edit(old, new):
    """One passage: place, what was removed, what was inserted; a letter and the marks on it stay together."""
    shortest = min(len(old), len(new))
    first = next((place for place in range(shortest) if old[place] != new[place]), shortest)
    while first and any(
        unicodedata.category(letter) == "Mn" for letter in old[first : first + 1] + new[first : first + 1]
    ):
        first -= 1
    rest = shortest - first
    last = next((count for count in range(rest) if old[-1 - count] != new[-1 - count]), rest)
    while last and unicodedata.category(old[len(old) - last]) == "Mn":
        last -= 1
    return [first, old[first : len(old) - last], new[first : len(new) - last]]


def name_partners():
    """From the thing itself, and for lines of attendance and owners from the names that the meeting knows."""
    bind = op.get_bind()
    invitations = sa.table("invitations", *map(sa.column, ("id", "partner_id", "meeting_id")))
    bind.execute(
        sa.update(CHANGES)
        .where(CHANGES.c.thing.in_(["partner", "personal_feed"]))
        .values(partner_id=CHANGES.c.thing_id)
    )
    partner_of = sa.select(invitations.c.partner_id).where(invitations.c.id == CHANGES.c.thing_id).scalar_subquery()
    bind.execute(sa.update(CHANGES).where(CHANGES.c.thing == "invitation").values(partner_id=partner_of))
    name_lines(bind, invitations)
    name_owners(bind, invitations)


def names_of(bind, invitations):
    """The names of the partners invited to each meeting, the longest first."""
    partners = sa.table("partners", *map(sa.column, ("id", "name")))
    query = sa.select(invitations.c.meeting_id, partners.c.id, partners.c.name).join(
        partners, partners.c.id == invitations.c.partner_id
    )
    found = {}
    for meeting_id, partner_id, name in bind.execute(query):
        found.setdefault(meeting_id, []).append((name, partner_id))
    return {meeting_id: sorted(names, key=lambda pair: (-len(pair[0]), pair[1])) for meeting_id, names in found.items()}


def name_lines(bind, invitations):
    attendances = sa.table("attendances", *map(sa.column, ("name", "meeting_id", "invitation_id")))
    query = sa.select(attendances.c.meeting_id, attendances.c.name, invitations.c.partner_id).join(
        invitations, invitations.c.id == attendances.c.invitation_id
    )
    names = names_of(bind, invitations)
    for meeting_id, name, partner_id in bind.execute(query):
        names.setdefault(meeting_id, []).insert(0, (name, partner_id))
    for row in rows(CHANGES.c.thing == "meeting", CHANGES.c.field == "attendance"):
        said = f"{row.old or ''}\n{row.new or ''}"
        partner_id = next((found for name, found in names.get(row.thing_id, ()) if name and name in said), None)
        if partner_id is not None:
            put(row, partner_id=partner_id)


def name_owners(bind, invitations):
    outcomes = sa.table("outcomes", *map(sa.column, ("id", "agenda_item_id", "owner_partner_id")))
    items = sa.table("agenda_items", *map(sa.column, ("id", "meeting_id")))
    query = sa.select(outcomes.c.id, items.c.meeting_id, outcomes.c.owner_partner_id).join(
        items, items.c.id == outcomes.c.agenda_item_id
    )
    known = {outcome_id: (meeting_id, owner) for outcome_id, meeting_id, owner in bind.execute(query)}
    names = names_of(bind, invitations)
    for row in rows(CHANGES.c.thing == "outcome", CHANGES.c.field == "owner"):
        meeting_id, owner = known.get(row.thing_id, (None, None))
        said = f"{row.old or ''}\n{row.new or ''}"
        partner_id = next((found for name, found in names.get(meeting_id, ()) if name and name in said), owner)
        if partner_id is not None:
            put(row, partner_id=partner_id)
