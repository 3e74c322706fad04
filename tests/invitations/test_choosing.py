"""Choosing whom to invite where something is missing."""

import pytest
from flask import Flask

from forumplanner.core.db import db
from tests.invitations.conftest import partner_named
from tests.invitations.test_pages import WEST, offered, ticked
from tests.pages import PageClient, text_of

pytestmark = pytest.mark.usefixtures("sample")


def test_checking_warns_where_the_invited_would_know_nobody_to_ask(organiser: PageClient, sample: Flask) -> None:
    with sample.app_context():
        number = partner_named(db.session(), "ดำ").id
    warned = [
        "ไม่ทราบว่าควรโทรถามใคร" in organiser.get(f"/rounds/2550-1/{slug}/invitations/check?partner={number}").text
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
