"""How a coordinator sees an answer that came by link."""

from datetime import date

import pytest
from flask import Flask

from forumplanner.core.db import db
from forumplanner.invitations import services
from forumplanner.invitations.models import Answer, ReplyChannel
from tests.invitations.conftest import invitation_of
from tests.pages import PageClient, text_of

pytestmark = pytest.mark.usefixtures("sample")


@pytest.fixture
def unnamed(sample: Flask) -> str:
    """The address of an invitation answered with a delegate whose name will follow."""
    with sample.app_context():
        invitation = invitation_of(db.session(), "west", "ศิริพร เพชรน้ำ")
        given = services.GivenAnswer(Answer.DELEGATE, named_later=True)
        services.record_reply(
            db.session(), invitation, given, channel=ReplyChannel.LINK, taken_by=None, today=date(2007, 3, 6)
        )
        db.session.commit()
        return f"/rounds/2550-1/west/invitations/{invitation.id}"


def test_a_delegate_to_be_named_later_says_so_in_the_list_and_on_the_page(client: PageClient, unnamed: str) -> None:
    client.sign_in_as("organiser")
    pages = [client.get(path).text for path in (unnamed.rpartition("/")[0], unnamed)]
    assert [text.count("ส่งผู้แทน (ยังไม่แจ้งชื่อ)") for text in pages] == [1, 2]


def test_date_and_time_of_an_answer_break_over_no_line(client: PageClient, unnamed: str) -> None:
    client.sign_in_as("organiser")
    heads = [node for node in client.get(unnamed).root.iter("th") if node.get("scope") == "row"]
    wholes = [[text_of(part) for part in head.iter("span") if part.get("class") == "whole"] for head in heads]
    assert [(whole == [text_of(head)], whole[0].endswith("น.")) for head, whole in zip(heads, wholes, strict=True)] == [
        (True, True)
    ]
