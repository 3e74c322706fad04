"""What will be removed within thirty days, and what was removed."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from forumplanner.accounts.access import ORGANISERS, opens_to
from forumplanner.core.db import db, is_sample
from forumplanner.retention import reading
from forumplanner.retention.kinds import BY_SLUG, PEOPLE, UNUSED
from forumplanner.retention.reading import Coming
from forumplanner.retention.views.addresses import blueprint

LAST_PAGE = 100_000


@dataclass(frozen=True, slots=True)
class ComingNotice:
    """How many people and accounts will be removed, and when the first of them."""

    people: int
    first: date
    refused: int


def coming_notice() -> ComingNotice | None:
    """What somebody may want to keep; None where nobody's time ends within thirty days. One query."""
    own = [each for each in reading.list_coming(db.session()) if each.kind in (PEOPLE.slug, UNUSED.slug)]
    if not own:
        return None
    return ComingNotice(
        sum(each.count for each in own), min(each.first for each in own), sum(each.refused for each in own)
    )


def _page() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)


@blueprint.get("/settings/retention/coming")
@opens_to(ORGANISERS)
def coming() -> ResponseReturnValue:
    """Each kind with how much of it and when; people and accounts by name."""
    session, page = db.session(), _page()
    by_kind = {each.kind: each for each in reading.list_coming(session)}
    announced, more = reading.list_coming_people(session, PEOPLE.slug, page=page)
    people = reading.names_of_people(session, [each.item for each in announced])
    unused, _more = reading.list_coming_people(session, UNUSED.slug)
    accounts = reading.names_of_accounts(session, [each.item for each in unused])
    return render_template(
        "retention/coming.html",
        kinds=[_row(kind.slug, by_kind[kind.slug]) for kind in BY_SLUG.values() if kind.slug in by_kind],
        people=[(each, people[each.item]) for each in announced if each.item in people],
        accounts=[(each, accounts[each.item]) for each in unused if each.item in accounts],
        holds=reading.list_holds(session),
        in_sample=is_sample(session),
        first=(page - 1) * reading.PAGE_SIZE + 1,
        earlier=url_for("retention.coming", page=page - 1) if page > 1 else None,
        later=url_for("retention.coming", page=page + 1) if more else None,
    )


def _row(slug: str, found: Coming) -> dict[str, object]:
    return {"kind": BY_SLUG[slug], "count": found.count, "first": found.first, "last": found.last}


@blueprint.get("/settings/retention/removed")
@opens_to(ORGANISERS)
def removed() -> ResponseReturnValue:
    """What was removed, day by day, in numbers alone."""
    page = _page()
    found, more = reading.list_removals(db.session(), page=page)
    return render_template(
        "retention/removed.html",
        rows=[(each, BY_SLUG[each.kind]) for each in found if each.kind in BY_SLUG],
        earlier=url_for("retention.removed", page=page - 1) if page > 1 else None,
        later=url_for("retention.removed", page=page + 1) if more else None,
    )
