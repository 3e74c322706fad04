"""Moves all that points at one partner to another one, row by row; the facts are written elsewhere."""

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from forumplanner.core import clock
from forumplanner.desks.merging.obstacles import list_twice_invited, same_seats
from forumplanner.desks.merging.rows import table_of
from forumplanner.invitations.models import Capacity, Invitation
from forumplanner.invitations.services import HISTORY as INVITATION
from forumplanner.partners.links import find_feed_versions
from forumplanner.partners.models import Organisation, Partner, PersonalFeed

# No version that a row ever has: an import of which a row was merged is not taken back.
WORKED_ON = 0
OF_AN_ANSWER = ("answer", "delegate_name", "delegate_phone", "comment", "reason", "for_starts_on", "for_ends_on")
OF_ONE_INVITATION = ("replies", "needs", "attendances", "outbox_messages")
# Rows that are the other's own, by these columns; what depends on others comes first.
REMOVED = {
    # Being merged is dealing with them: their period begins anew.
    "retention_holds": ("partner_id",),
    "phones": ("partner_id",),
    "partner_notes": ("partner_id",),
    "partner_regions": ("partner_id",),
    "distinct_partners": ("partner_id", "other_id"),
    "personal_feeds": ("partner_id",),
    "offered_welfare": ("organisation_id",),
    "organisation_names": ("organisation_id",),
    "seats": ("organisation_id",),
    "people": ("id",),
    "organisations": ("id",),
    "partners": ("id",),
}


def carry(session: Session, kept: Partner, other: Partner) -> None:
    """Let everything of `other` be of `kept`, and remove the row of `other`; nothing may stand in the way."""
    pairs = list_twice_invited(session, kept, other)
    seats = _carry_seats(session, kept, other)
    for one, two in pairs:
        _unite(session, one, two)
    session.flush()
    _carry_invitations(session, kept.id, other.id, seats)
    _carry_links(session, kept.id, other.id)
    _carry_networks(session, kept.id, other.id)
    for name, values in _moved(kept.id):
        table = table_of(name)
        column = table.c[next(iter(values))]
        session.execute(update(table).where(column == other.id).values(**values))
    _carry_looks(session, kept.id, other.id)
    _carry_told_apart(session, kept.id, other.id)
    _remove(session, other)


def _moved(kept_id: int) -> Sequence[tuple[str, Mapping[str, int]]]:
    """What becomes of rows that name the other, whose column stands first."""
    return (
        ("outcomes", {"owner_partner_id": kept_id}),
        ("outbox_messages", {"partner_id": kept_id}),
        ("changes", {"partner_id": kept_id}),
        ("people", {"organisation_id": kept_id}),
        ("partner_import_rows", {"partner_id": kept_id, "written_version": WORKED_ON}),
        ("partner_import_rows", {"maybe_id": kept_id}),
    )


def _carry_seats(session: Session, kept: Partner, other: Partner) -> dict[int, int]:
    """The kept one's seat in place of each of the other's; new ones where it has none of that name."""
    seats = dict(same_seats(kept, other))
    if not isinstance(kept, Organisation) or not isinstance(other, Organisation):
        return seats
    for place, seat in enumerate(other.seats, start=len(kept.seats) + 1):
        if seat.id not in seats:
            values = {"post_th": seat.post_th, "post_en": seat.post_en, "is_retired": seat.is_retired}
            made = insert(table_of("seats")).values(organisation_id=kept.id, position=place, **values)
            seats[seat.id] = session.execute(made.returning(table_of("seats").c.id)).scalar_one()
    return seats


def _unite(session: Session, kept: Invitation, other: Invitation) -> None:
    """One invitation out of two to the same meeting; the link of the other opens it too."""
    if other.answered_at and (kept.answered_at is None or other.answered_at > kept.answered_at):
        before = {name: getattr(kept, name) for name in OF_AN_ANSWER}
        for name in OF_AN_ANSWER:
            setattr(kept, name, getattr(other, name) or before[name])
        kept.answered_at = other.answered_at
        texts = (before["comment"], other.comment)
    else:
        for name in ("delegate_phone", "reason"):
            setattr(kept, name, getattr(kept, name) or getattr(other, name))
        texts = (kept.comment, other.comment)
    kept.comment = "\n".join(dict.fromkeys(text for text in texts if text)) or None
    known = [at for at in (kept.reached_at, other.reached_at) if at]
    kept.reached_at = min(known) if known else None
    if Capacity.MEMBER in (kept.capacity, other.capacity):
        kept.capacity = Capacity.MEMBER
    in_force = other.revoked_at is None
    kept.revoked_at = kept.revoked_at if kept.revoked_at and other.revoked_at else None
    # Raises the version, whatever else it changes: an answer that comes from now on is of both.
    kept.changed_at = clock.now()
    for name in OF_ONE_INVITATION:
        table = table_of(name)
        session.execute(update(table).where(table.c.invitation_id == other.id).values(invitation_id=kept.id))
    lines = table_of("changes")
    of_other = and_(lines.c.thing == INVITATION, lines.c.thing_id == other.id)
    session.execute(update(lines).where(of_other).values(thing_id=kept.id))
    merged = table_of("merged_invitations").c
    session.execute(
        update(table_of("merged_invitations"))
        .where(merged.invitation_id == other.id, merged.kept_link_version == other.link_version)
        .values(invitation_id=kept.id, kept_link_version=kept.link_version)
    )
    if in_force:
        link = {"other_id": other.id, "link_version": other.link_version}
        link |= {"invitation_id": kept.id, "kept_link_version": kept.link_version}
        session.execute(insert(table_of("merged_invitations")).values(link))
    number = other.id
    session.expunge(other)
    session.execute(delete(table_of("invitations")).where(table_of("invitations").c.id == number))


def _carry_invitations(session: Session, kept_id: int, other_id: int, seats: Mapping[int, int]) -> None:
    """The rest of the invitations, and who was chosen to be invited."""
    table, chosen = table_of("invitations"), table_of("chosen_guests")
    own = set(
        session.execute(
            select(chosen.c.meeting_id, chosen.c.account_id, chosen.c.seat_id).where(chosen.c.partner_id == kept_id)
        )
    )
    twice = select(chosen).where(chosen.c.partner_id == other_id)
    for row in session.execute(twice).all():
        seat_id = seats.get(row.seat_id) if row.seat_id else None
        if (row.meeting_id, row.account_id, seat_id) in own:
            session.execute(delete(chosen).where(chosen.c.id == row.id))
    for each in (table, chosen):
        for old, new in (*seats.items(), (None, None)):
            of_seat = each.c.seat_id.is_(None) if old is None else each.c.seat_id == old
            session.execute(
                update(each).where(each.c.partner_id == other_id, of_seat).values(partner_id=kept_id, seat_id=new)
            )


def _carry_links(session: Session, kept_id: int, other_id: int) -> None:
    """The addresses of both calendars open the one; whoever stopped theirs and used the other's goes on with that."""
    versions = find_feed_versions(session, [kept_id, other_id])
    feed = session.get(PersonalFeed, kept_id)
    theirs = session.get(PersonalFeed, other_id)
    if versions[kept_id] is None and versions[other_id] is not None and feed is not None:
        feed.link_version += 1
        feed.revoked_at, feed.renewed_at = None, clock.now()
    if feed is not None and theirs is not None and theirs.last_fetched_at:
        feed.last_fetched_at = max(feed.last_fetched_at or theirs.last_fetched_at, theirs.last_fetched_at)
    session.flush()
    version = feed.link_version if feed is not None else 1
    merged = table_of("merged_partners")
    led_here = merged.c.partner_id == other_id
    no_longer = led_here & (merged.c.kept_feed_version != (versions[other_id] or 0))
    session.execute(update(merged).where(no_longer).values(feed_version=None))
    session.execute(update(merged).where(led_here).values(partner_id=kept_id, kept_feed_version=version))
    link = {"other_id": other_id, "partner_id": kept_id, "feed_version": versions[other_id]}
    session.execute(insert(merged).values(**link, kept_feed_version=version))


def _carry_networks(session: Session, kept_id: int, other_id: int) -> None:
    """Memberships of the other, and in it; one that the kept one has already, from and until the same, is left out."""
    table = table_of("memberships")
    both = (kept_id, other_id)
    rows = session.execute(
        select(table).where(or_(table.c.network_id.in_(both), table.c.member_id.in_(both))).order_by(table.c.id)
    ).all()
    own = {tuple(row[1:]) for row in rows if other_id not in (row.network_id, row.member_id)}
    for row in rows:
        if other_id not in (row.network_id, row.member_id):
            continue
        network_id, member_id = (kept_id if each == other_id else each for each in (row.network_id, row.member_id))
        values = (network_id, member_id, row.member_from, row.member_until)
        if values in own:
            session.execute(delete(table).where(table.c.id == row.id))
        else:
            own.add(values)
            moved = update(table).where(table.c.id == row.id)
            session.execute(moved.values(network_id=network_id, member_id=member_id))


def _carry_looks(session: Session, kept_id: int, other_id: int) -> None:
    """Whoever saw the other saw this one; since when, where a page showed both."""
    table = table_of("look_partners")
    own = {row.look_id: row.at for row in session.execute(select(table).where(table.c.partner_id == kept_id))}
    for row in session.execute(select(table).where(table.c.partner_id == other_id)).all():
        this = and_(table.c.look_id == row.look_id, table.c.partner_id == other_id)
        if row.look_id not in own:
            session.execute(update(table).where(this).values(partner_id=kept_id))
            continue
        if row.at < own[row.look_id]:
            kept = and_(table.c.look_id == row.look_id, table.c.partner_id == kept_id)
            session.execute(update(table).where(kept).values(at=row.at))
        session.execute(delete(table).where(this))


def _carry_told_apart(session: Session, kept_id: int, other_id: int) -> None:
    """Who is not the same as the other is not the same as this one."""
    table = table_of("distinct_partners")
    rows = session.execute(select(table).where(or_(table.c.partner_id == other_id, table.c.other_id == other_id))).all()
    for row in rows:
        third = row.other_id if row.partner_id == other_id else row.partner_id
        first, second = sorted((kept_id, third))
        known = select(table).where(table.c.partner_id == first, table.c.other_id == second)
        if third != kept_id and session.execute(known).first() is None:
            values = {"at": row.at, "actor_id": row.actor_id, "actor": row.actor}
            session.execute(insert(table).values(partner_id=first, other_id=second, **values))


def _remove(session: Session, other: Partner) -> None:
    number = other.id
    session.expunge(other)
    for name, columns in REMOVED.items():
        table = table_of(name)
        session.execute(delete(table).where(or_(*(table.c[column] == number for column in columns))))
    session.expire_all()
