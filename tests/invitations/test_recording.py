"""Answers that a coordinator took, beside those that come by link."""

import pytest
from flask import Flask

from tests.invitations.conftest import stored
from tests.pages import PageClient, text_of

pytestmark = pytest.mark.usefixtures("sample")


def test_a_delegate_named_beside_another_answer_is_pointed_out_and_kept(organiser: PageClient, siriporn: str) -> None:
    answer = {"answer": "accepted", "delegate_name": "นายมา แทน"}
    page = organiser.submit(siriporn, answer, form="/answer", status=422)
    said = "ท่านกรอกชื่อผู้มาแทนไว้ แต่เลือกคำตอบว่า “มา” กรุณาเลือกส่งผู้แทน หรือลบชื่อนั้น"
    assert (said in page.errors()[0], text_of(page.find_all("field-error")[0])) == (True, f"ต้องแก้ไข: {said}")
    kept = {node.get("name"): node.get("value") for node in page.root.iter("input")}
    assert kept["delegate_name"] == "นายมา แทน"


def test_a_delegates_telephone_beside_another_answer_is_pointed_out(organiser: PageClient, siriporn: str) -> None:
    answer = {"answer": "declined", "delegate_phone": "0810000009"}
    page = organiser.submit(siriporn, answer, form="/answer", status=422)
    assert ["เบอร์โทรศัพท์ของผู้มาแทน" in error for error in page.errors()] == [True]


def test_all_faults_of_an_answer_stand_at_once(organiser: PageClient, siriporn: str) -> None:
    values = {"answer": "delegate", "delegate_name": "น" * 301, "delegate_phone": "12", "comment": "ก" * 2001}
    page = organiser.submit(siriporn, values, form="/answer", status=422)
    assert (len(page.errors()), len(page.find_all("field-error"))) == (2, 2)


def test_an_answer_beside_a_newer_one_shows_both_and_loses_nothing(
    organiser: PageClient, siriporn: str, own: str, sample: Flask
) -> None:
    old = organiser.get(siriporn)
    PageClient(sample).submit(own, {"answer": "declined"}, form=0, status=303)
    page = organiser.submit(old, {"answer": "accepted", "comment": "โทรมาบอก"}, form="/answer", status=409)
    shown = [text_of(node) for node in page.find_all("conflict-text")]
    assert (["มา" in shown[0], "ไม่มา" in shown[1]], "โทรมาบอก" in shown[2]) == ([True, True], True)
    with sample.app_context():
        assert stored(sample, "west", "ศิริพร เพชรน้ำ").answer == "declined"
    organiser.submit(page, {}, form="/answer", status=303)
    with sample.app_context():
        kept = stored(sample, "west", "ศิริพร เพชรน้ำ")
        assert (kept.answer, kept.comment) == ("accepted", "โทรมาบอก")


def test_a_delegate_may_be_named_later(organiser: PageClient, siriporn: str, sample: Flask) -> None:
    page = organiser.submit(siriporn, {"answer": "delegate", "later": "y"}, form="/answer", status=303, follow=True)
    assert "ส่งผู้แทน" in text_of(page.find_all("lead")[0])
    with sample.app_context():
        kept = stored(sample, "west", "ศิริพร เพชรน้ำ")
        assert (kept.answer, kept.delegate_name) == ("delegate", None)


def test_naming_the_delegate_afterwards_keeps_what_was_said(
    organiser: PageClient, siriporn: str, sample: Flask
) -> None:
    first = {"answer": "delegate", "later": "y", "delegate_phone": "0810000009", "comment": "มาถึงบ่าย"}
    page = organiser.submit(siriporn, first, form="/answer", status=303, follow=True)
    organiser.submit(page, {"delegate_name": "นายมา แทน"}, form="/answer", status=303)
    with sample.app_context():
        kept = stored(sample, "west", "ศิริพร เพชรน้ำ")
        found = (kept.answer, kept.delegate_name, kept.delegate_phone, kept.comment)
        assert found == ("delegate", "นายมา แทน", "081-000-0009", "มาถึงบ่าย")


def test_whoever_comes_after_all_need_not_delete_the_delegate(
    organiser: PageClient, siriporn: str, sample: Flask
) -> None:
    first = {"answer": "delegate", "delegate_name": "นายมา แทน", "delegate_phone": "0810000009", "comment": "ติดงาน"}
    page = organiser.submit(siriporn, first, form="/answer", status=303, follow=True)
    organiser.submit(page, {"answer": "accepted"}, form="/answer", status=303)
    with sample.app_context():
        kept = stored(sample, "west", "ศิริพร เพชรน้ำ")
        assert (kept.answer, kept.delegate_name, kept.comment) == ("accepted", None, "ติดงาน")


def test_a_name_beside_the_tick_that_it_will_follow_is_pointed_out(organiser: PageClient, siriporn: str) -> None:
    answer = {"answer": "delegate", "delegate_name": "นายมา แทน", "later": "y"}
    page = organiser.submit(siriporn, answer, form="/answer", status=422)
    said = "ท่านกรอกชื่อผู้มาแทนไว้ แต่เลือกว่ายังไม่แจ้งชื่อผู้แทน กรุณาลบชื่อนั้น หรือยกเลิกเครื่องหมายที่เลือกไว้"
    assert text_of(page.find_all("field-error")[0]) == f"ต้องแก้ไข: {said}"
