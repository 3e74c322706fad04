"""What the worker does for long lists: reads them, and writes those whose button was pressed.

The queue only wakes; what waits stands in the database, so nothing is lost with a worker that ends in the middle: what
it had not finished is undone, and begun again by the next.
"""

import json
import logging
from datetime import timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from forumplanner.accounts.models import User
from forumplanner.core import clock
from forumplanner.core.errors import Conflict, Refused
from forumplanner.core.i18n import N_
from forumplanner.history.services import Actor
from forumplanner.partners.importing.committing import write_import
from forumplanner.partners.importing.models import PartnerImport
from forumplanner.partners.importing.previews import Importer, check_open, read_import
from forumplanner.partners.rules import Sight

log = logging.getLogger(__name__)

FAILED = N_("This list could not be imported, and nothing was written. Please save it anew as .xlsx and try again.")
# A worker that said nothing for so long is taken for dead, and its list begun again.
GIVEN_UP_AFTER = timedelta(minutes=10)


def importer_of(account: User) -> Importer:
    """Somebody who imports, as their account stands now."""
    if account.is_organiser:
        return Importer(account.id, Sight(everything=True))
    regions = frozenset(region.id for region in account.regions) if account.is_active else frozenset[int]()
    return Importer(account.id, Sight(region_ids=regions))


def ask_to_write(session: Session, actor: Actor, kept: PartnerImport) -> None:
    """Leave the writing to the worker."""
    check_open(kept)
    kept.asked_at, kept.asked_by_id, kept.begun_at = clock.now(), actor.id, None
    session.flush()


def work_on_lists(session: Session) -> int:
    """Read and write what waits, one list after the other; returns how many."""
    count = 0
    while (import_id := _take_one(session)) is not None:
        count += 1
        kept = session.get_one(PartnerImport, import_id)
        try:
            _work(session, kept)
            session.commit()
        except Refused as refusal:
            _refuse(session, import_id, refusal.message, dict(refusal.params))
        except Exception:
            log.exception("a list could not be worked on")
            _refuse(session, import_id, FAILED, {})
    return count


def _refuse(session: Session, import_id: int, message: str, params: dict[str, object]) -> None:
    session.rollback()
    kept = session.get(PartnerImport, import_id)
    if kept is not None:
        kept.refusal = json.dumps([message, params], ensure_ascii=False, default=str)
        kept.asked_at = kept.begun_at = None
    session.commit()


def _take_one(session: Session) -> int | None:
    """Take the oldest list that waits, so that no other worker does; None where none waits."""
    kept, now = PartnerImport, clock.now()
    unread = kept.read_at.is_(None)
    unwritten = and_(kept.asked_at.is_not(None), kept.imported_at.is_(None))
    free = or_(kept.begun_at.is_(None), kept.begun_at < now - GIVEN_UP_AFTER)
    waits = and_(kept.refusal.is_(None), or_(unread, unwritten), free)
    for import_id in session.scalars(select(kept.id).where(waits).order_by(kept.id)).all():
        taken = session.execute(
            update(kept).where(kept.id == import_id, waits).values(begun_at=now, rows_done=0).returning(kept.id)
        )
        mine = taken.scalar() is not None
        session.commit()
        if mine:
            return import_id
    session.rollback()
    return None


def _work(session: Session, kept: PartnerImport) -> None:
    account = session.get(User, kept.asked_by_id if kept.asked_at else kept.account_id)
    if account is None:
        raise Conflict(FAILED)
    if kept.asked_at is not None and kept.read_at is not None:
        write_import(session, Actor(account.id, account.display_name), importer_of(account), kept)
        return
    import_id = kept.id

    def tell(done: int, there: int) -> None:
        # In a transaction of its own: nothing else was written yet.
        values = {"rows_done": done, "rows_there": there, "begun_at": clock.now()}
        session.execute(update(PartnerImport).where(PartnerImport.id == import_id).values(values))
        session.commit()

    read_import(session, importer_of(account), kept, tell)
