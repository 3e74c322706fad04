"""The record's pages as a recorder, another recorder, an organiser and a reader see them."""

from typing import Any

import pytest
from flask import Flask

from tests.outcomes.recorders import NORTH, coordinator_of, field_value, item_path, new_row, saved_texts
from tests.outcomes.sample_round import counted_queries
from tests.pages import Page, PageClient, form_values

pytestmark = pytest.mark.usefixtures("sample")


def press(page: Page, client: PageClient, act: str, status: int = 302, **values: str) -> Page:
    """Press one of the recorder's buttons with these fields typed."""
    form = next(node for node in page.root.iter("form") if node.get("id") == "record")
    data: dict[str, Any] = form_values(form) | values | {"act": act}
    response = client.http.post(form.get("action") or "", data=data)
    if response.status_code == 302:
        return client.get(response.headers["Location"].partition("#")[0])
    return client._checked(response, status)


def test_a_recorder_saves_everything_on_the_page_and_reads_when(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.2")
    client.sign_in_as("organiser")
    saved = client.submit(
        path, {"discussion": "อภิปรายกว้างขวาง", **new_row(0, "problem", "ระเบียบต่างกัน")}, form="outcomes", follow=True
    )
    assert saved_texts(app, path) == ["ระเบียบต่างกัน"]
    assert field_value(saved, "discussion") == "อภิปรายกว้างขวาง"
    assert "บันทึกเมื่อ" in saved.text


def test_a_usual_resolution_is_one_button_and_saves_the_rest_too(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "2")
    client.sign_in_as("organiser")
    press(client.get(path), client, "resolve-3", discussion="ไม่มีผู้ขอแก้ไข")
    assert saved_texts(app, path) == ["รับรองโดยไม่มีการแก้ไข"]
    assert field_value(client.get(path), "discussion") == "ไม่มีผู้ขอแก้ไข"


def test_saving_can_go_on_to_the_next_item(app: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    page = press(client.get(item_path(app, "north", "4.1")), client, "next")
    assert page.heading.startswith("4.2 ")


def test_the_last_item_leads_to_all_outcomes(app: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    page = press(client.get(item_path(app, "north", "5")), client, "next")
    assert page.heading == "ข้อสรุปของการประชุม"


def test_outcomes_are_put_in_another_order(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.1")
    client.sign_in_as("organiser")
    page = client.submit(path, new_row(1, "problem", "ทางไกล"), form="outcomes", follow=True)
    press(page, client, f"up-{field_value(page, 'outcomes-1-outcome_id')}")
    assert saved_texts(app, path) == ["ทางไกล", "ลำปางและพะเยาทำงานครบทุกอำเภอแล้ว"]


def test_an_outcome_ticked_is_deleted_with_the_next_save(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.1")
    client.sign_in_as("organiser")
    client.submit(path, {"outcomes-0-delete": "y"}, form="outcomes")
    assert saved_texts(app, path) == []


COMMITMENT = {"kind": "commitment", "text": "รวบรวมรายชื่อ"}


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"due_on": "25 มี.ค. 2550"}, "owner", "กรุณาระบุผู้รับผิดชอบ"),
        ({"owner": "นางมาลา วงศ์คำ"}, "due_on", "กรุณาระบุวันกำหนดเสร็จ"),
        ({"owner": "นางมาลา วงศ์คำ", "due_on": "25 มี.ค. 2549"}, "due_on", "กำหนดเสร็จนี้อยู่ก่อนวันประชุม"),
        ({"owner": "นางมาลา วงศ์คำ", "due_on": "31 ก.พ. 2550"}, "due_on", "31"),
        ({"owner": "นางมาลา วงศ์คำ", "due_on": "25 มี.ค. 50"}, "due_on", "50"),
    ],
)
def test_a_commitment_is_refused_beside_its_field_and_all_that_was_typed_stays(
    app: Flask, client: PageClient, more: dict[str, str], field: str, sentence: str
) -> None:
    path = item_path(app, "north", "4.3")
    client.sign_in_as("organiser")
    typed = {"discussion": "พิมพ์ไว้ยาว", **new_row(0, **COMMITMENT, **more)}
    page = client.submit(path, typed, form="outcomes", status=422)
    beside = next(node for node in page.root.iter() if node.get("id") == f"outcomes-0-{field}-error")
    assert sentence in "".join(beside.itertext())
    assert {name: field_value(page, name) for name in typed if "kind" not in name} == {
        name: value for name, value in typed.items() if "kind" not in name
    }
    assert saved_texts(app, path) == []


def test_a_row_without_a_kind_is_refused_and_one_with_a_kind_alone_is_not_there(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.3")
    client.sign_in_as("organiser")
    refused = client.submit(path, new_row(0, "", "ไม่มีประเภท"), form="outcomes", status=422)
    assert refused.errors() == ["ประเภท: กรุณาเลือกประเภท"]
    client.submit(path, new_row(0, "problem", ""), form="outcomes")
    assert saved_texts(app, path) == []


def test_the_due_date_is_read_back_in_full(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.3")
    client.sign_in_as("organiser")
    typed = new_row(0, **COMMITMENT, owner="นางมาลา วงศ์คำ", due_on="๒๕ มีนาคม ๒๕๕๐")
    page = client.submit(path, typed, form="outcomes", follow=True)
    assert "วันอาทิตย์ที่ 25 มีนาคม 2550" in page.text


def test_of_two_recorders_the_second_sees_both_texts_and_can_save_deliberately(app: Flask) -> None:
    path = item_path(app, "north", "4.1")
    first, second = PageClient(app).sign_in_as("organiser"), coordinator_of(app, "north")
    before_first, before_second = first.get(path), second.get(path)
    first.submit(before_first, {"outcomes-0-text": "คนแรกแก้"}, form="outcomes")
    typed = {"outcomes-0-text": "คนที่สองแก้", "discussion": "คนที่สองเขียน", **new_row(1, "problem", "ข้อใหม่ของคนที่สอง")}
    stale = second.submit(before_second, typed, form="outcomes", status=409)

    yours, theirs = ("".join(node.itertext()) for node in stale.find_all("conflict-text"))
    assert ("คนที่สองแก้" in yours, "คนแรกแก้" in theirs) == (True, True)
    assert {name: field_value(stale, name) for name in typed if "kind" not in name} == {
        name: value for name, value in typed.items() if "kind" not in name
    }
    assert saved_texts(app, path) == ["คนแรกแก้"]

    second.submit(stale, {}, form="outcomes")
    assert saved_texts(app, path) == ["คนที่สองแก้", "ข้อใหม่ของคนที่สอง"]


def test_what_the_first_recorder_added_is_not_lost_by_the_second(app: Flask) -> None:
    path = item_path(app, "north", "4.1")
    first, second = PageClient(app).sign_in_as("organiser"), coordinator_of(app, "north")
    before = second.get(path)
    first.submit(path, new_row(1, "problem", "ของคนแรก"), form="outcomes")
    second.submit(before, {"discussion": "ของคนที่สอง"}, form="outcomes")
    assert saved_texts(app, path)[1:] == ["ของคนแรก"]
    assert field_value(first.get(path), "discussion") == "ของคนที่สอง"


def test_an_outcome_deleted_meanwhile_comes_back_where_the_second_had_changed_it(app: Flask) -> None:
    path = item_path(app, "north", "4.1")
    first, second = PageClient(app).sign_in_as("organiser"), coordinator_of(app, "north")
    before = second.get(path)
    first.submit(path, {"outcomes-0-delete": "y"}, form="outcomes")
    stale = second.submit(before, {"outcomes-0-text": "ยังต้องมี"}, form="outcomes", status=409)
    assert "(ลบแล้ว)" in stale.text
    second.submit(stale, {}, form="outcomes")
    assert saved_texts(app, path) == ["ยังต้องมี"]


def test_what_is_typed_while_the_record_closes_is_shown_with_the_reason(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.2")
    client.sign_in_as("organiser")
    page = client.get(path)
    client.submit(f"{NORTH}/submission", {}, form="submission")
    refused = client.submit(page, new_row(0, "problem", "พิมพ์ค้างไว้"), form="outcomes", status=409)
    assert field_value(refused, "outcomes-0-text") == "พิมพ์ค้างไว้"
    assert "แก้ไขได้อีกเมื่อส่วนกลางส่งคืน" in refused.errors()[0]
    assert saved_texts(app, path) == []


def test_ten_megabytes_are_refused_as_too_much(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.2")
    client.sign_in_as("organiser")
    client.submit(path, {"discussion": "ก" * 10_000_000}, form="outcomes", status=413)


def test_a_discussion_of_more_than_its_length_is_refused_beside_its_field(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.2")
    client.sign_in_as("organiser")
    page = client.submit(path, {"discussion": "a" * 60_000}, form="outcomes", status=422)
    assert page.errors()[0].startswith("บันทึกการพูดคุย:")
    assert len(field_value(page, "discussion")) == 60_000


def test_control_characters_are_refused_and_what_was_typed_stays(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.2")
    client.sign_in_as("organiser")
    values = {"csrf_token": field_value(client.get(path), "csrf_token"), "discussion": "ก\x07ข"}
    answer = client.http.post(path, data=values)
    assert (answer.status_code, "กข" in answer.get_data(as_text=True)) == (422, True)


def test_markup_is_text(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.2")
    client.sign_in_as("organiser")
    page = client.submit(
        path, new_row(0, "problem", "<script>alert(1)</script> <b>หนา</b>"), form="outcomes", follow=True
    )
    assert field_value(page, "outcomes-0-text") == "<script>alert(1)</script> <b>หนา</b>"
    assert "<script>alert(1)</script> <b>หนา</b>" in client.get(f"{NORTH}/outcomes").text


@pytest.mark.parametrize(
    "name", ["outcomes-²-text", "outcomes-๑-text", "outcomes-99999999-text", "outcomes--1-text", "outcomes-text"]
)
def test_made_up_field_names_are_nobodys(app: Flask, client: PageClient, name: str) -> None:
    path = item_path(app, "north", "4.2")
    client.sign_in_as("organiser")
    press(client.get(path), client, "save", **{name: "แปลก"})
    assert saved_texts(app, path) == []


@pytest.mark.parametrize("act", ["up-0", "down-x", "up-99999999999999", "resolve-9", "resolve-²", "nonsense"])
def test_made_up_acts_save_and_do_nothing_else(app: Flask, client: PageClient, act: str) -> None:
    path = item_path(app, "north", "4.1")
    client.sign_in_as("organiser")
    press(client.get(path), client, act)
    assert saved_texts(app, path) == ["ลำปางและพะเยาทำงานครบทุกอำเภอแล้ว"]


@pytest.mark.parametrize(
    "page",
    [
        "north/agenda",
        "north/outcomes",
        "north/submission",
        "northeast/submission",
        "north/attendance",
        "north/programme",
        "meetings/2007-01-23/agenda",
    ],
)
def test_pages_read_well_in_english(client: PageClient, page: str) -> None:
    assert client.sign_in_as("organiser").get(f"/rounds/2550-1/{page}", lang="en").root.get("lang") == "en"


def test_an_items_page_takes_as_many_queries_with_forty_outcomes_as_with_one(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.1")
    client.sign_in_as("organiser")
    counts = []
    for _round in range(2):
        with app.app_context(), counted_queries() as sent:
            client.get(path)
        counts.append(len(sent))
        typed: dict[str, str] = {}
        for place in range(1, 41):
            typed |= new_row(place, "problem", f"ข้อ {place}")
        press(client.get(path), client, "save", **typed)
    assert len(saved_texts(app, path)) >= 41
    assert counts[0] == counts[1]


def test_a_commitment_made_another_kind_by_a_slip_keeps_owner_and_date(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.3")
    client.sign_in_as("organiser")
    typed = new_row(0, **COMMITMENT, owner="นางมาลา วงศ์คำ", due_on="25 มี.ค. 2550")
    page = client.submit(path, typed, form="outcomes", follow=True)
    refused = client.submit(page, {"outcomes-0-kind": "progress"}, form="outcomes", status=422)
    assert "กรุณาลบผู้รับผิดชอบและกำหนดเสร็จ" in refused.errors()[0]
    assert field_value(client.get(path), "outcomes-0-owner") == "นางมาลา วงศ์คำ"
    cleared = {"outcomes-0-owner": "", "outcomes-0-due_on": ""}
    client.submit(refused, cleared, form="outcomes")
    assert field_value(client.get(path), "outcomes-0-owner") == ""


def test_what_was_typed_under_an_item_that_somebody_deleted_is_shown(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "5")
    client.sign_in_as("organiser")
    page = client.get(path)
    client.submit(path.replace("outcomes", "agenda"), {}, form="delete")
    typed = {"discussion": "พิมพ์ไว้ยาวก่อนวาระถูกลบ", **new_row(0, "problem", "ข้อสรุปที่พิมพ์ไว้")}
    refused = client.submit(page, typed, form="outcomes", status=409)
    assert "ลบระเบียบวาระนี้แล้ว" in refused.text
    assert [text in refused.text for text in ("พิมพ์ไว้ยาวก่อนวาระถูกลบ", "ข้อสรุปที่พิมพ์ไว้")] == [True, True]
    assert refused.links()["ระเบียบวาระ"] == f"{NORTH}/agenda"
    client.get(path, 404)


def test_a_record_sent_to_an_item_of_another_meeting_is_not_found(app: Flask, client: PageClient) -> None:
    page = client.sign_in_as("organiser").get(item_path(app, "north", "5"))
    stranger = item_path(app, "west", "1").replace("west", "east")
    response = client.http.post(stranger, data=form_values(page.root) | {"discussion": "ผิดที่"})
    assert response.status_code == 404


def test_an_agenda_item_renamed_meanwhile_is_not_deleted_unasked(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "5").replace("outcomes", "agenda")
    page = client.sign_in_as("organiser").get(path)
    client.submit(path, {"title_th": "เรื่องที่เพิ่งแก้"}, form=path)
    refused = client.submit(page, {}, form="delete", status=409)
    assert "หลังจากท่านเปิดหน้านี้" in refused.errors()[0]
    assert field_value(refused, "title_th") == "เรื่องที่เพิ่งแก้"
    client.submit(refused, {}, form="delete")
    client.get(path, 404)


def test_earlier_versions_of_a_discussion_can_be_read_whole(app: Flask, client: PageClient) -> None:
    path = item_path(app, "north", "4.2")
    long = "ที่ประชุมรับทราบรายงานของกองทุนสวัสดิการตำบล " * 8
    client.sign_in_as("organiser")
    for text in (f"{long}ครั้งแรก", f"{long}ครั้งที่สอง", "สั้น"):
        client.submit(path, {"discussion": text}, form="outcomes")
    page = client.get(f"{path}/versions")
    assert [word in page.text for word in ("รุ่นที่ 3", "รุ่นที่ 2", "รุ่นที่ 1")] == [True] * 3
    assert f"{long}ครั้งแรก".strip() in client.get(f"{path}/versions?version=1").text
    assert f"{long}ครั้งที่สอง".strip() in client.get(f"{path}/versions?version=2").text
    assert "รุ่นที่ 9" not in client.get(f"{path}/versions?version=9").text
