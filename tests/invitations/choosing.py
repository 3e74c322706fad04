"""Choosing whom to invite as people do it: tick, press a button of the page, look what stands."""

from typing import Any

from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from forumplanner.core import thai
from forumplanner.core.db import db
from forumplanner.invitations.models import ChosenGuest
from forumplanner.partners.models import Partner, PartnerKind, Person, PersonClass, Sector, partner_regions
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.services import get_meeting
from tests.pages import Page, PageClient, text_of

WEST = "/rounds/2550-1/west/invitations"
ADD = f"{WEST}/add"
CHECK = f"{WEST}/check"


def boxes(page: Page) -> dict[str, bool]:
    """The guests that can be ticked, by their keys, and whether they are."""
    found = [node for node in page.root.iter("input") if node.get("name") == "partner"]
    return {node.get("value") or "": node.get("checked") is not None for node in found}


def names(page: Page) -> dict[str, str]:
    """The keys of the guests by their names."""
    found = {(node.get("for") or ""): text_of(node).removesuffix(" ตัวอย่าง") for node in page.root.iter("label")}
    return {name: key.removeprefix("partner-") for key, name in found.items() if key.startswith("partner-")}


def ticked(page: Page) -> list[str]:
    return [key for key, is_ticked in boxes(page).items() if is_ticked]


def press(client: PageClient, page: Page, go: str, ticks: list[str] | None = None, **typed: Any) -> Page:
    """Press a button of the page to choose; `ticks` are those that stand then, as before where none are given."""
    values: dict[str, Any] = {"go": go, **typed}
    if boxes(page):
        values["partner"] = ticked(page) if ticks is None else ticks
    return client.submit(page, values, form="/add", status=303, follow=True)


def turn(page: Page, way: str) -> str | None:
    """What the button says that leads to the next page (`after`) or the one before (`before`); None where it lacks."""
    found = (node.get("value") or "" for node in page.root.iter("button") if node.get("name") == "go")
    return next((value for value in found if value.startswith(f"{way}-")), None)


def chosen_of(app: Flask, email: str = "organiser@example.org") -> list[str]:
    """The names of all an account has chosen, in Thai order."""
    from forumplanner.accounts.models import User

    with app.app_context():
        query = select(Partner.name).join(ChosenGuest, ChosenGuest.partner_id == Partner.id)
        query = query.join(User, User.id == ChosenGuest.account_id).where(User.email == email)
        found = list(db.session.scalars(query.order_by(Partner.sort_key, Partner.id)))
        db.session.remove()
    return found


def add_people(session: Session, count: int, *, of: str = "west", first: int = 200_001) -> list[int]:
    """Add people of a region who are invited to nothing, every third with an e-mail address. Returns their numbers."""
    meeting = get_meeting(session, "2550-1", of)
    found = [f"ทดสอบ{number:05} มากมาย" for number in range(count)]
    rows = [
        {
            "id": first + index,
            "kind": PartnerKind.PERSON,
            "name": name,
            "sort_key": thai.sort_key(name),
            "search_text": thai.searchable(name),
            "sector": Sector.COMMUNITY,
            "email": f"n{index}@example.org" if index % 3 == 0 else None,
            "version": 1,
            "is_sample": True,
            "created_at": meeting.changed_at,
        }
        for index, name in enumerate(found)
    ]
    people = [
        {"id": first + index, "given_name": name.split()[0], "surname": "มากมาย", "person_class": PersonClass.LAY}
        for index, name in enumerate(found)
    ]
    regions = [{"partner_id": first + index, "region_id": meeting.region_id} for index in range(count)]
    session.execute(insert(Partner.__table__), rows)  # type: ignore[arg-type]
    session.execute(insert(Person.__table__), people)  # type: ignore[arg-type]
    session.execute(insert(partner_regions), regions)
    session.commit()
    return [first + index for index in range(count)]


def west_of(session: Session) -> Meeting:
    return get_meeting(session, "2550-1", "west")
