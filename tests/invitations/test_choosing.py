"""Choosing whom to invite where something is missing."""

import pytest
from flask import Flask

from forumplanner.core.db import db
from forumplanner.invitations import rules
from tests.invitations.conftest import partner_named
from tests.invitations.test_pages import WEST, offered, ticked
from tests.pages import PageClient, text_of

pytestmark = pytest.mark.usefixtures("sample")


def test_checking_warns_where_the_invited_would_know_nobody_to_ask(organiser: PageClient, sample: Flask) -> None:
    with sample.app_context():
        number = partner_named(db.session(), "ดำ").id
    warned = [
        "ไม่ทราบว่าควรโทรถามผู้ใด" in organiser.get(f"/rounds/2550-1/{slug}/invitations/check?partner={number}").text
        for slug in ("upper-central", "west", "east")
    ]
    assert warned == [True, False, False]


def test_a_partner_missing_from_the_list_is_added_without_losing_ticks(organiser: PageClient) -> None:
    somchai = offered(organiser.get(f"{WEST}/add"))["นายสมชาย ใจดี"]
    searched = organiser.get(f"{WEST}/add?q=ไม่มีชื่อนี้&partner={somchai}")
    kinds = organiser.get(searched.links()["เพิ่มภาคี"])
    back = organiser.submit(kinds.links()["เพิ่มบุคคล"], {"full_name": "ป้าแดง"}, form=-1, follow=True)
    names = {label.get("for"): text_of(label) for label in back.root.iter("label")}
    assert [names[f"partner-{number}"].removesuffix(" ตัวอย่าง") for number in ticked(back)] == ["ป้าแดง", "นายสมชาย ใจดี"]


def test_choosing_nobody_leads_back_to_the_same_list(organiser: PageClient) -> None:
    query = "?q=สมชาย&kind=person"
    page = organiser.get(f"{WEST}/check{query}", 422)
    assert (page.heading, page.errors()) == ("เลือกผู้ที่จะเชิญ", ["กรุณาเลือกภาคีอย่างน้อยหนึ่งราย"])
    assert offered(page) == offered(organiser.get(f"{WEST}/add{query}"))


def test_too_many_lead_back_to_their_ticks(organiser: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_AT_ONCE", 1)
    numbers = list(offered(organiser.get(f"{WEST}/add")).values())[:2]
    page = organiser.get(f"{WEST}/check?partner={numbers[0]}&partner={numbers[1]}", 422)
    assert (len(page.errors()), sorted(ticked(page))) == (1, sorted(numbers))
