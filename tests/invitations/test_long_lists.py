"""Pages of a meeting to which thousands are invited: in pages, searched, as small as any."""

import re

import pytest
from flask import Flask
from sqlalchemy import insert, select

from forumplanner.attendance.models import Attendance, AttendanceList
from forumplanner.core import thai
from forumplanner.core.db import db
from forumplanner.invitations.models import Answer, Capacity, Channel, Invitation
from forumplanner.partners.models import Partner, PartnerKind, Person, PersonClass, Sector
from forumplanner.rounds.models import Meeting
from tests.counting import counted
from tests.pages import PageClient, text_of

INVITATIONS = "/rounds/2550-1/south/invitations"
ATTENDANCE = "/rounds/2550-1/south/attendance"
MANY = 5000
# The sample's own pages are about 20 kB; a page of fifty rows stays below this whatever stands behind it.
MOST_BYTES = 150_000
pytestmark = pytest.mark.usefixtures("sample")


def crowd(app: Flask, *, listed: int = 0) -> None:
    """5,000 people invited to the South's forum, the first `listed` of them on the list of those who came."""
    with app.app_context():
        session = db.session()
        meeting = session.scalars(select(Meeting).where(Meeting.slug == "south")).one()
        first = 100_001
        names = [f"ทดลอง{number:05} มากมาย" for number in range(MANY)]
        session.execute(
            insert(Partner.__table__),  # type: ignore[arg-type]
            [
                {
                    "id": first + index,
                    "kind": PartnerKind.PERSON,
                    "name": name,
                    "sort_key": thai.sort_key(name),
                    "search_text": thai.search_key(name),
                    "sector": Sector.COMMUNITY,
                    "version": 1,
                    "is_sample": False,
                    "created_at": meeting.changed_at,
                }
                for index, name in enumerate(names)
            ],
        )
        session.execute(
            insert(Person.__table__),  # type: ignore[arg-type]
            [
                {
                    "id": first + index,
                    "given_name": name.split()[0],
                    "surname": "มากมาย",
                    "person_class": PersonClass.LAY,
                }
                for index, name in enumerate(names)
            ],
        )
        session.execute(
            insert(Invitation.__table__),  # type: ignore[arg-type]
            [
                {
                    "id": first + index,
                    "meeting_id": meeting.id,
                    "partner_id": first + index,
                    "capacity": Capacity.MEMBER,
                    "channel": Channel.TELEPHONE,
                    "link_version": 1,
                    "version": 1,
                    "created_at": meeting.changed_at,
                    "changed_at": meeting.changed_at,
                    "answer": Answer.ACCEPTED if index < MANY // 2 else None,
                    "for_starts_on": meeting.starts_on if index < MANY // 2 else None,
                    "for_ends_on": meeting.ends_on if index < MANY // 2 else None,
                }
                for index in range(MANY)
            ],
        )
        if listed:
            session.execute(
                insert(Attendance.__table__),  # type: ignore[arg-type]
                [
                    {
                        "meeting_id": meeting.id,
                        "invitation_id": first + index,
                        "list": AttendanceList.CAME,
                        "position": 100 + index,
                        "name": names[index],
                        "version": 1,
                    }
                    for index in range(listed)
                ],
            )
        session.commit()


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    return client.sign_in_as("organiser")


def test_the_list_of_invitations_comes_in_pages_that_keep_what_was_asked(app: Flask, organiser: PageClient) -> None:
    crowd(app)
    with counted(app) as statements:
        page = organiser.get(f"{INVITATIONS}?state=accepted&q=มากมาย")
    assert len(page.response.data) < MOST_BYTES
    assert len(statements) <= 16
    seen: list[str] = []
    for _turn in range(3):
        seen += [text_of(node) for node in page.root.iter("a") if text_of(node).startswith("ทดลอง")]
        onward = page.links()["หน้าถัดไป"]
        assert ("state=accepted" in onward, "q=" in onward) == (True, True)
        page = organiser.get(onward)
    assert seen == [f"ทดลอง{number:05} มากมาย" for number in range(150)]
    assert "เชิญ 5008 ราย" in page.text.replace(",", "")


def test_one_of_thousands_is_found(app: Flask, organiser: PageClient) -> None:
    crowd(app)
    page = organiser.get(f"{INVITATIONS}?q=ทดลอง03333")
    assert [text_of(node) for node in page.root.iter("a") if "มากมาย" in text_of(node)] == ["ทดลอง03333 มากมาย"]


def test_the_attendance_of_thousands_comes_in_pages(app: Flask, organiser: PageClient) -> None:
    crowd(app, listed=1500)
    with counted(app) as statements:
        page = organiser.get(ATTENDANCE)
    assert len(page.response.data) < 2 * MOST_BYTES
    assert len(statements) <= 16
    assert ("(1505 คน)" in page.text.replace(",", ""), "ที่เหลือไม่มา 3500 ราย" in page.text.replace(",", "")) == (
        True,
        True,
    )
    onward = next(link for link in (node.get("href") or "" for node in page.root.iter("a")) if "came=2" in link)
    page = organiser.get(onward)
    assert re.search(r"101\. ?ทดลอง00095 มากมาย", page.text)


def test_on_long_lists_nothing_typed_can_be_lost_by_turning_a_page(app: Flask, organiser: PageClient) -> None:
    crowd(app, listed=150)
    page = organiser.get(ATTENDANCE)
    boxes = [node.get("name") for node in page.root.iter("input") if node.get("type") in ("text", None)]
    assert boxes == []
    page = organiser.get(page.links()["เพิ่มรายชื่อ"])
    assert "หน้าถัดไป" not in page.text
    page = organiser.submit(page, {"name": "นางจำเนียร ดี"}, form="attendance#add", follow=True)
    assert "นางจำเนียร ดี" in page.text


def test_a_search_of_the_attendance_looks_through_all_lists(app: Flask, organiser: PageClient) -> None:
    crowd(app, listed=150)
    page = organiser.get(f"{ATTENDANCE}?q=ทดลอง00149")
    assert [text_of(node) for node in page.find_all("people-name")] == ["ทดลอง00149 มากมาย"]


def test_the_rest_of_thousands_is_placed_at_once(app: Flask, organiser: PageClient) -> None:
    crowd(app, listed=1500)
    page = organiser.submit(ATTENDANCE, {}, form="rest", follow=True)
    assert "(3501 คน)" in page.text.replace(",", "")
