"""From the sample to one's own data: empties a sample database and makes its first real organiser."""

from sqlalchemy import Table, delete
from sqlalchemy.orm import Session

from forumplanner.accounts.models import User
from forumplanner.accounts.rules import Role
from forumplanner.accounts.services import create_account
from forumplanner.core.db import CALENDAR, SAMPLE, Base, Mark, bump_mark, find_mark
from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_
from forumplanner.rounds.reference import put_back_regions
from forumplanner.upkeep.reference import ensure_reference

# What depends on other rows comes before them. A test keeps this list and the next one whole.
EMPTIED = (
    "retention_announcements",
    "retention_holds",
    "retention_removals",
    "retention_looked_at",
    "retention_periods",
    "partner_import_rows",
    "partner_imports",
    "replies",
    "attendances",
    "needs",
    "merged_invitations",
    "invitations",
    "chosen_guests",
    "seats",
    "outcomes",
    "decisions",
    "submissions",
    "sittings",
    "minutes",
    "programme_entries",
    "agenda_texts",
    "agenda_items",
    "meeting_days",
    "meetings",
    "questions",
    "round_regions",
    "rounds",
    "added_holidays",
    "partner_merges",
    "merged_partners",
    "distinct_partners",
    "personal_feeds",
    "phones",
    "partner_notes",
    "offered_welfare",
    "memberships",
    "partner_regions",
    "people",
    "organisation_names",
    "organisations",
    "partners",
    "observations",
    "finance_kinds",
    "account_regions",
    "account_roles",
    "users",
    "changes",
    "look_partners",
    "looks",
    "outbox_messages",
    "spent_forms",
)
# What comes with the schema; counts of attempts, which run out by themselves; marks, but for the sample's.
KEPT = ("regions", "provinces", "bodies", "roles", "rate_windows", "marks")


def check_is_sample(session: Session) -> None:
    """Refuse to touch a database that holds real data."""
    if find_mark(session, SAMPLE) is None:
        raise Conflict(N_("This database holds no sample, so there is nothing to leave. Your data is safe."))


def empty_sample(session: Session) -> None:
    """Delete every row of the sample, then put back what is real: regions, agencies and finance table, as published.

    The last two are made anew, under new numbers: what was tried out on them goes, and no private link of theirs opens
    again.
    The calendar's mark goes on counting, so that no kept feed stays in force.
    """
    check_is_sample(session)
    session.flush()
    session.expunge_all()
    for name in EMPTIED:
        session.execute(delete(_table(name)))
    session.execute(delete(Mark).where(Mark.name == SAMPLE))
    session.expire_all()
    put_back_regions(session)
    ensure_reference(session)
    bump_mark(session, CALENDAR)


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def begin_for_real(session: Session, *, email: str, name: str, password_hash: str) -> User:
    """Empty the sample and make the first real organiser, who signs in with the password of this hash."""
    empty_sample(session)
    user = create_account(session, email, Role.ORGANISER.value, name=name)
    user.password = password_hash
    session.flush()
    return user
