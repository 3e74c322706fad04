"""Monks and novices are asked in words of their own (นิมนต์), wherever they read them and wherever one reads of them."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from forumplanner.core.db import db
from forumplanner.history.services import SYSTEM
from forumplanner.invitations.services import renew_link, reply_link
from forumplanner.invitations.speaking import TO_MONKS
from forumplanner.partners.links import feed_page_url, find_personal_feed_url
from forumplanner.partners.models import Person, PersonClass
from forumplanner.rounds.models import MeetingStatus
from tests.invitations.conftest import address_of, invitation_of
from tests.invitations.replying import LinkOf, press
from tests.page_checks import CATALOGUE
from tests.pages import Page, PageClient, text_of

pytestmark = pytest.mark.usefixtures("sample")
MONK = ("east", "มนัส")
# What a layman is told: any word of inviting, and the two answers.
LAYMANS = re.compile(r"เชิญ|เรียน |มาร่วมประชุม|ไม่สามารถมาได้|ไม่มาประชุม|ตอบว่าไม่?มา")

ChangeStatus = Callable[[str, MeetingStatus], None]


def said_to_laymen(page: Page) -> list[str]:
    """Layman's words in what the page says itself; a meeting's own title and place are as they are called."""
    return [text for text in texts_of(page) if LAYMANS.search(text)]


def texts_of(page: Page) -> Iterator[str]:
    main = next(page.root.iter("main"))
    for node in main.iter():
        for text in (
            node.text,
            node.tail,
            *(node.get(name) for name in ("aria-label", "title", "placeholder", "value")),
        ):
            if text and text.strip():
                yield " ".join(text.split())


def set_in_sample(app: Flask, **values: object) -> None:
    """Change the monk's invitation behind the pages."""
    with app.app_context():
        found = invitation_of(db.session(), *MONK)
        for name, value in values.items():
            setattr(found, name, value)
        db.session.commit()
        db.session.remove()


def move_meeting(app: Flask, days: int) -> None:
    with app.app_context():
        meeting = invitation_of(db.session(), *MONK).meeting
        meeting.starts_on += timedelta(days=days)
        meeting.ends_on += timedelta(days=days)
        db.session.commit()
        db.session.remove()


def calendar_of(app: Flask) -> str:
    """The address of the monk's own calendar."""
    with app.app_context():
        found = invitation_of(db.session(), *MONK)
        url = find_personal_feed_url(db.session(), app.config["SETTINGS"], found.partner_id)
        db.session.remove()
    assert url is not None
    return url.removeprefix(app.config["SETTINGS"].base_url)


def walked(client: PageClient, app: Flask, link_of: LinkOf, change_status: ChangeStatus) -> Iterator[tuple[str, Page]]:
    """Every page behind a monk's private links, in every state of the invitation and its meeting."""
    own = link_of(*MONK)
    yield "asked", client.get(own)
    for answer in ("accepted", "declined"):
        yield answer, press(client, own, answer)
        yield f"{answer}, opened again", client.get(own)
    done = client.get(f"{own}/done")
    yield "a reason", client.submit(done, {"reason": "ติดกิจนิมนต์"}, form="/reason", status=303, follow=True)
    yield "a message", client.submit(done, {"comment": "ฝากเรียนประธาน"}, form="/comment", status=303, follow=True)
    question = press(client, own, "delegate")
    yield "whom instead", question
    yield "whom instead, refused", client.submit(question, {"delegate_name": ""}, form="/delegate", status=422)
    yield (
        "delegate",
        client.submit(
            question, {"delegate_name": "พระสมชาย", "comment": ""}, form="/delegate", status=303, follow=True
        ),
    )
    move_meeting(app, 1)
    yield "answered for other days", client.get(own)
    before = client.get(own)
    move_meeting(app, 1)
    yield "moved meanwhile", client.submit(before, {"answer": "accepted"}, form=0, status=409)
    for status in (MeetingStatus.CANCELLED, MeetingStatus.PROPOSED):
        change_status("east", status)
        yield f"meeting {status}", client.get(own)
        yield f"answered while {status}", press(client, before, "accepted", status=409)
    change_status("east", MeetingStatus.ANNOUNCED)
    move_meeting(app, -40)
    yield "over", client.get(own)
    yield "answered when over", press(client, before, "accepted", status=409)
    move_meeting(app, 40)
    page = feed_page_url(calendar_of(app))
    yield "calendar", client.get(page)
    renewed = client.submit(page, {}, form="/renew", status=303, follow=True)
    yield "calendar, new address", renewed
    yield "calendar, replaced", client.get(page, status=410)
    yield "calendar stopped", client.submit(renewed, {}, form="/stop", status=303, follow=True)
    with app.app_context():
        renew_link(db.session(), SYSTEM, invitation_of(db.session(), *MONK))
        db.session.commit()
        db.session.remove()
    yield "replaced link", client.get(own, status=410)
    with app.app_context():
        own = f"/reply/{reply_link(app.config['SETTINGS'], invitation_of(db.session(), *MONK))}"
        db.session.remove()
    set_in_sample(app, revoked_at=invitation_time(app))
    yield "withdrawn", client.get(own, status=410)


def invitation_time(app: Flask) -> object:
    with app.app_context():
        at = invitation_of(db.session(), *MONK).changed_at
        db.session.remove()
    return at


def test_no_page_of_a_monk_speaks_as_to_a_layman(
    client: PageClient, sample: Flask, link_of: LinkOf, change_status: ChangeStatus
) -> None:
    seen = {}
    for name, page in walked(client, sample, link_of, change_status):
        seen[name] = said_to_laymen(page)
    assert len(seen) > 20
    assert {name: found for name, found in seen.items() if found} == {}


def test_a_layman_is_spoken_to_as_one(client: PageClient, own: str) -> None:
    # Else the search would find nothing anywhere.
    assert said_to_laymen(client.get(own))
    assert said_to_laymen(press(client, own, "declined"))


def unfolded(client: PageClient, address: str) -> str:
    return client.http.get(address).get_data(as_text=True).replace("\r\n ", "")


def test_a_monks_own_calendar_speaks_to_a_monk(client: PageClient, sample: Flask, link_of: LinkOf) -> None:
    address = calendar_of(sample)
    seen = [unfolded(client, address)]
    for answer in ("accepted", "declined"):
        press(client, link_of(*MONK), answer)
        seen.append(unfolded(client, address))
    assert [LAYMANS.findall(text) for text in seen] == [[], [], []]
    assert ["ยังไม่ได้ตอบรับนิมนต์" in seen[0], "รับนิมนต์" in seen[1], "ไม่สะดวกรับนิมนต์: " in seen[2]] == [True] * 3


def test_whoever_becomes_a_monk_has_another_calendar_at_once(client: PageClient, sample: Flask) -> None:
    address = calendar_of(sample)
    before = client.http.get(address)
    with sample.app_context():
        person = invitation_of(db.session(), *MONK).partner
        assert isinstance(person, Person)
        person.person_class = PersonClass.LAY
        db.session.commit()
        db.session.remove()
    again = client.http.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert (again.status_code, "ได้รับเชิญ" in again.get_data(as_text=True)) == (200, True)


def pages_about_him(organiser: PageClient, sample: Flask) -> Iterator[tuple[str, Page]]:
    address = address_of(sample, *MONK)
    yield "not answered", organiser.get(address)
    yield "to be withdrawn", organiser.get(f"{address}/revoke")
    yield "reached", organiser.submit(address, {}, form="/reached", follow=True)
    for answer in ("accepted", "declined"):
        yield answer, organiser.submit(address, {"answer": answer}, form="/answer", follow=True)
    contradiction = {"answer": "accepted", "reason": "ติดภารกิจ"}
    set_in_sample(sample, reason=None)
    yield "contradiction", organiser.submit(address, contradiction, form="/answer", status=422)
    yield "withdrawn", organiser.submit(f"{address}/revoke", {}, form=-1, follow=True)
    yield "asked again", organiser.submit(address, {}, form="/restore", follow=True)


def test_the_coordinators_page_of_a_monk_says_it_too(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    wrong = {}
    for name, page in pages_about_him(client, sample):
        # The way back leads to the list of everybody; the note below speaks of all partners.
        wrong[name] = [text for text in said_to_laymen(page) if text not in ("คำเชิญ", "คำเชิญและคำตอบ")]
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize(
    ("answer", "in_list", "among_the_rest"),
    [("accepted", "รับนิมนต์", "ตอบว่ารับนิมนต์"), ("declined", "ไม่สะดวกรับนิมนต์", "ตอบว่าไม่สะดวกรับนิมนต์")],
)
def test_lists_name_a_monks_answer_in_his_words(
    sample: Flask, client: PageClient, link_of: LinkOf, answer: str, in_list: str, among_the_rest: str
) -> None:
    # The lists offer who answered from the first day on.
    move_meeting(sample, -6)
    press(client, link_of(*MONK), answer)
    client.sign_in_as("organiser")
    [row] = [
        row
        for row in client.get("/rounds/2550-1/east/invitations").root.iter("tr")
        if any("มนัส" in text_of(head) for head in row.iter("th"))
    ]
    assert in_list in text_of(row)
    assert among_the_rest in client.get("/rounds/2550-1/east/attendance").text


def test_what_is_said_to_monks_follows_what_is_said_to_others() -> None:
    with CATALOGUE.open("rb") as file:
        thai = {message.id: str(message.string) for message in read_po(file, locale="th") if message.id}
    assert sorted(set(TO_MONKS) - set(thai)) == []
    assert {said: thai[said] for said in TO_MONKS.values() if LAYMANS.search(thai[said])} == {}
    assert {lay for lay, said in TO_MONKS.items() if thai[lay] == thai[said]} == set()
