"""What paper cannot show is told beside the field and before printing."""

import pytest
from flask import Flask

from forumplanner.core.db import db
from forumplanner.printing.coverage import find_unprintable
from forumplanner.printing.press import the_press
from forumplanner.rounds.services import find_meeting
from tests.pages import PageClient, text_of


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("ที่ประชุม ๑๒๓ ABC “ ” – … ✓ ☑ ℃", ()),
        ("ดีมาก 👍🏽 ขอบคุณ 🙏", ("👍", "🙏")),
        ("เครือข่าย 中国 中", ("中", "国")),
        ("ទី", ("ទ",)),
        (None, ()),
        (12, ()),
    ],
)
def test_only_what_becomes_an_empty_box_is_named(text: object, lost: tuple[str, ...]) -> None:
    assert find_unprintable(text) == lost


def test_what_is_named_is_what_the_press_prints_as_a_box() -> None:
    letters = "".join(
        chr(code) for block in ((0x20, 0x3000), (0xE00, 0xE60), (0x1F300, 0x1F700)) for code in range(*block)
    )
    named = {char for char in letters if find_unprintable(char)}
    assert named == {char for char in letters if the_press().coverage.printable(char) == "□" and char not in "□⬜◻"}


def test_it_is_said_beside_the_field_and_in_the_minutes_checklist(client: PageClient, sample: Flask) -> None:
    client.sign_in_as("organiser")
    with sample.app_context():
        south = find_meeting(db.session(), "2550-1", "south")
        assert south is not None
        south.venue_th = "หอประชุม 🙏"
        db.session.commit()
    page = client.get("/rounds/2550-1/south/details")
    field = next(node for node in page.root.iter("input") if node.get("name") == "venue_th")
    said = next(node for node in page.root.iter() if node.get("id") == "venue_th-lost")
    assert ("🙏" in text_of(said), "venue_th-lost" in (field.get("aria-describedby") or "")) == (True, True)
    assert "🙏" in text_of(next(client.get("/rounds/2550-1/south/minutes").root.iter("main")))


def test_nothing_is_said_where_everything_is_printed(client: PageClient, sample: Flask) -> None:
    client.sign_in_as("organiser")
    page = client.get("/rounds/2550-1/south/details")
    assert [node.get("id") for node in page.root.iter() if (node.get("id") or "").endswith("-lost")] == []
