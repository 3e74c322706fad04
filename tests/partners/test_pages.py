"""The partner pages as coordinators, organisers and readers use them."""

from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select

from forumplanner.core.db import db
from forumplanner.partners.models import Partner
from forumplanner.places.models import Region
from tests.pages import Page, PageClient, form_values, text_of

pytestmark = pytest.mark.usefixtures("sample")


def listed(page: Page) -> list[str]:
    """The names of the list, in its order."""
    return [text_of(next(head.iter("a"))) for head in page.root.iter("th") if head.get("scope") == "row"]


def number_of(app: Flask, name: str) -> int:
    with app.app_context():
        return db.session.scalars(select(Partner.id).where(Partner.name == name)).one()


def region_id(app: Flask, slug: str) -> int:
    with app.app_context():
        return db.session.scalars(select(Region.id).where(Region.slug == slug)).one()


@pytest.fixture
def coordinator(client: PageClient) -> PageClient:
    """The South's coordinator."""
    return client.sign_in_as("coordinator")


@pytest.fixture
def organiser(client: PageClient) -> PageClient:
    return client.sign_in_as("organiser")


def test_a_coordinator_sees_the_own_region_and_agencies_in_thai_order(coordinator: PageClient) -> None:
    page = coordinator.get("/partners")
    assert listed(page) == [
        "กรมการพัฒนาชุมชน",
        "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์",
        "กระทรวงเกษตรและสหกรณ์",
        "การศึกษานอกโรงเรียน",
        "ชุมนุมสหกรณ์เครดิตยูเนี่ยนแห่งประเทศไทย จำกัด",
        "ลุงดำ",
        "นายยูโซะ สาและ",
        "น.ส.วรรณา ทองคำ",
        "สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน)",
        "นายสมชาย ใจดี",
        "พระครูสังวรธรรมคุณ",
        "สำนักงานกองทุนหมู่บ้านและชุมชนเมืองแห่งชาติ",
        "สำนักงานคณะกรรมการพัฒนาการเศรษฐกิจและสังคมแห่งชาติ",
        "สำนักงานเศรษฐกิจการคลัง",
        "นางอัมพร แก้วมณี",
    ]


def test_an_organiser_sees_everybody(organiser: PageClient) -> None:
    assert len(listed(organiser.get("/partners"))) == 28


@pytest.mark.parametrize(
    "path", ["/partners", "/partners/new", "/partners/new/person", "/partners/10", "/partners/10/edit"]
)
def test_a_reader_is_refused(client: PageClient, path: str) -> None:
    client.sign_in_as("reader").get(path, 403)


def test_people_of_the_sample_are_marked_in_words_and_agencies_are_not(coordinator: PageClient) -> None:
    rows = {
        text_of(next(head.iter("a"))): text_of(head)
        for head in coordinator.get("/partners").root.iter("th")
        if head.get("scope") == "row"
    }
    assert (rows["ลุงดำ"], rows["การศึกษานอกโรงเรียน"]) == ("ลุงดำ ตัวอย่าง", "การศึกษานอกโรงเรียน")


def test_search_and_filters_narrow_the_list_and_stay_in_the_boxes(organiser: PageClient) -> None:
    page = organiser.get("/partners?q=นายส&region=south&kind=person")
    box = next(node for node in page.root.iter("input") if node.get("name") == "q")
    assert (listed(page), box.get("value")) == (["นายสมชาย ใจดี"], "นายส")


@pytest.mark.parametrize("query", ["q=%00", "page=-1", "page=x", "region=mars&sector=x&kind=y", "q=" + "ก" * 500])
def test_an_odd_address_is_no_fault(organiser: PageClient, query: str) -> None:
    organiser.get(f"/partners?{query}")


def test_nobody_found_says_what_to_do(organiser: PageClient) -> None:
    assert "ไม่พบ" in organiser.get("/partners?q=ไม่มีชื่อนี้").text


def test_people_of_another_region_are_not_opened(coordinator: PageClient, sample: Flask) -> None:
    other = number_of(sample, "มาลา วงศ์คำ")
    coordinator.get(f"/partners/{other}", 403)
    coordinator.get(f"/partners/{other}/edit", 403)


def test_a_national_agency_is_opened_but_not_changed_by_a_coordinator(coordinator: PageClient, sample: Flask) -> None:
    agency = number_of(sample, "กรมการพัฒนาชุมชน")
    coordinator.get(f"/partners/{agency}")
    coordinator.get(f"/partners/{agency}/edit", 403)


def test_an_unknown_partner_is_not_found(organiser: PageClient) -> None:
    assert "ไม่พบภาคีรายนี้" in organiser.get("/partners/99999", 404).text
    organiser.get("/partners/new/robot", 404)


def test_a_person_typed_in_one_line_is_shown_in_parts(coordinator: PageClient) -> None:
    page = coordinator.submit(
        "/partners/new/person", {"full_name": "พระครูพิพัฒนโชติ", "phones": "๐๘๑ ๐๐๐ ๗๗๗๗"}, form=-1, follow=True
    )
    rows = {text_of(row.find("dt")): text_of(row.find("dd")) for row in page.find_all("summary-row")}
    assert {name: rows[name] for name in ("คำนำหน้าชื่อ", "ชื่อ", "คำขึ้นต้น", "โทรศัพท์", "ภาค")} == {
        "คำนำหน้าชื่อ": "พระครู",
        "ชื่อ": "พิพัฒนโชติ",
        "คำขึ้นต้น": "พระภิกษุหรือสามเณร (นมัสการ)",
        "โทรศัพท์": "081-000-7777",
        "ภาค": "ใต้",
    }


def test_a_name_alone_is_enough(coordinator: PageClient) -> None:
    page = coordinator.submit("/partners/new/person", {"full_name": "ป้าแดง"}, form=-1, follow=True)
    assert page.heading == "ป้าแดง"


def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(coordinator: PageClient) -> None:
    typed = {"full_name": "นายทดสอบ", "phones": "12345", "post": "กรรมการ"}
    page = coordinator.submit("/partners/new/person", typed, form=-1, status=422)
    fields = {node.get("name"): node.get("value") for node in page.root.iter("input")}
    assert "12345 ไม่ใช่เบอร์โทรศัพท์" in page.text
    assert {name: fields[name] for name in typed} == typed


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("full_name", ""),
        ("full_name", "ก" * 251),
        ("full_name", "ก" * 200),
        ("email", "somchai@"),
        ("phones", "+856 20 5555 5555"),
        ("note", "ก" * 2001),
        ("place", "99"),
        ("sector", "pirates"),
    ],
)
def test_bad_input_is_refused_beside_its_field(coordinator: PageClient, field: str, typed: str) -> None:
    values = {"full_name": "นายทดสอบ ระบบ"} | {field: typed}
    page = coordinator.submit("/partners/new/person", values, form=-1, status=422)
    assert page.errors()


def test_control_characters_are_refused_in_words(coordinator: PageClient) -> None:
    page = coordinator.get("/partners/new/person")
    values = form_values([node for node in page.root.iter("form") if node.get("method") == "post"][-1])
    answer = coordinator.http.post("/partners/new/person", data=values | {"full_name": "ก\x07ข"})
    assert (answer.status_code, "U+0007" in answer.get_data(as_text=True)) == (422, True)


def test_a_coordinator_keeps_the_new_person_in_an_own_region(coordinator: PageClient) -> None:
    page = coordinator.submit("/partners/new/person", {"full_name": "นายทดสอบ", "regions": None}, form=-1, status=422)
    assert "กรุณาเลือกภาคของท่านอย่างน้อยหนึ่งภาค" in page.text


def test_a_region_of_others_cannot_be_given(coordinator: PageClient, sample: Flask) -> None:
    values = {"full_name": "นายทดสอบ", "regions": str(region_id(sample, "north"))}
    coordinator.submit("/partners/new/person", values, form=-1, status=422)


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://x")', "<b>ดำ</b>", "@SUM(A1)", "Bcc: x@example.org", 'ก,ข;"ค"', "{{ 7*7 }}", "%(x)s"]
)
def test_names_like_formulas_headers_and_markup_are_kept_and_harmless(coordinator: PageClient, name: str) -> None:
    page = coordinator.submit("/partners/new/person", {"full_name": name}, form=-1, follow=True)
    assert page.heading == name
    assert name in listed(coordinator.get("/partners"))


def test_a_possible_second_record_is_pointed_out_and_can_be_confirmed(coordinator: PageClient, sample: Flask) -> None:
    typed = {"full_name": "น.ส.สมชาย ใจดี", "phones": "099-999-0001"}
    page = coordinator.submit("/partners/new/person", typed, form=-1, status=409)
    first = number_of(sample, "สมชาย ใจดี")
    assert f"/partners/{first}" in page.links().values()
    assert ["ยังไม่ได้บันทึก กรุณาตรวจสอบรายที่พบ" in error for error in page.errors()] == [True]
    kept = coordinator.submit(page, {"is_another": "y"}, form=-1, follow=True)
    assert kept.heading == "น.ส.สมชาย ใจดี"


def test_a_stale_save_shows_both_texts_and_can_be_repeated(coordinator: PageClient, sample: Flask) -> None:
    number = number_of(sample, "สมชาย ใจดี")
    first = coordinator.get(f"/partners/{number}/edit")
    second = coordinator.get(f"/partners/{number}/edit")
    coordinator.submit(first, {"post": "ที่ปรึกษา"}, form=-1)
    page = coordinator.submit(second, {"post": "ประธานกิตติมศักดิ์"}, form=-1, status=409)
    shown = [text_of(node) for node in page.find_all("conflict-text")]
    assert ["ประธานกิตติมศักดิ์" in shown[0], "ที่ปรึกษา" in shown[1]] == [True, True]
    saved = coordinator.submit(page, {}, form=-1, follow=True)
    assert "ประธานกิตติมศักดิ์" in saved.text


def test_the_history_names_field_and_both_values(coordinator: PageClient, sample: Flask) -> None:
    number = number_of(sample, "สมชาย ใจดี")
    coordinator.submit(f"/partners/{number}/edit", {"surname": "ใจงาม", "person_class": "monk"}, form=-1)
    table = coordinator.get(f"/partners/{number}").find_all("table")[-1]
    cells = {
        tuple(text_of(cell) for cell in row.iter("td"))[1:] for row in table.iter("tr") if row.find("td") is not None
    }
    assert cells == {
        ("รายการที่แก้ไข นามสกุล", "ข้อมูลเดิม ใจดี", "ข้อมูลใหม่ ใจงาม"),
        ("รายการที่แก้ไข คำขึ้นต้น", "ข้อมูลเดิม บุคคลทั่วไป (เรียน)", "ข้อมูลใหม่ พระภิกษุหรือสามเณร (นมัสการ)"),
    }


def test_bad_telephone_and_bad_address_are_said_at_once(coordinator: PageClient) -> None:
    typed = {"full_name": "นายทดสอบ", "phones": "12345", "email": "somchai@", "regions": None}
    page = coordinator.submit("/partners/new/person", typed, form=-1, status=422)
    assert (len(page.errors()), len(page.find_all("field-error"))) == (3, 3)


def test_an_organisation_left_alone_is_filed_nowhere(coordinator: PageClient) -> None:
    page = coordinator.get("/partners/new/organisation")
    legend = next(text_of(node) for node in page.root.iter("legend") if text_of(node).startswith("ภาค"))
    ticks = [node for node in page.root.iter("input") if node.get("name") == "regions" and "checked" in node.attrib]
    assert (legend, len(ticks)) == ("ภาค", 1)
    refused = coordinator.submit(page, {"name": "กรมทดสอบ"}, form=-1, status=422)
    assert refused.errors() == ["ภาคส่วน: กรุณาเลือกภาคส่วน"]


def test_an_organisation_may_belong_to_no_region_for_organisers(organiser: PageClient) -> None:
    page = organiser.submit(
        "/partners/new/organisation", {"name": "กรมทดสอบ", "sector": "government"}, form=-1, follow=True
    )
    assert page.heading == "กรมทดสอบ"


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1", ""])
def test_nobody_is_led_away_after_adding_a_partner(coordinator: PageClient, then: str) -> None:
    path = f"/partners/new/person?{urlencode({'then': then})}"
    assert not any(href.startswith(then or "evil") for href in coordinator.get(path).links().values())
    page = coordinator.submit(path, {"full_name": "ป้าแดง"}, form=-1, follow=True)
    assert page.heading == "ป้าแดง"


def test_an_organisation_gets_former_names_with_dates(organiser: PageClient) -> None:
    typed = {
        "name": "กรมทดสอบ",
        "short_name": "กทส.",
        "sector": "government",
        "former_names-0-full_name": "สำนักทดสอบ",
        "former_names-0-valid_until": "2 ต.ค. 2545",
    }
    page = organiser.submit(
        "/partners/new/organisation", typed | {"regions": str(region_id(organiser.app, "south"))}, form=-1, follow=True
    )
    english = organiser.get(page.response.request.path, lang="en")
    assert ["สำนักทดสอบ ถึง 2 ต.ค. 2545" in page.text, "สำนักทดสอบ until 2 Oct 2002" in english.text] == [True, True]


@pytest.mark.parametrize(
    "row",
    [
        {"valid_from": "32 ม.ค. 2550", "full_name": "สำนักเก่า"},
        {"valid_from": "2 ต.ค. 2545", "valid_until": "1 ต.ค. 2545", "full_name": "สำนักเก่า"},
        {"valid_from": "2 ต.ค. 2545"},
        {"full_name": "กรมทดสอบ"},
    ],
)
def test_a_former_name_that_cannot_be_is_refused(organiser: PageClient, row: dict[str, str]) -> None:
    typed = {"name": "กรมทดสอบ", "sector": "government"} | {
        f"former_names-0-{name}": value for name, value in row.items()
    }
    page = organiser.submit("/partners/new/organisation", typed, form=-1, status=422)
    assert page.errors()


def test_too_much_text_gets_the_413_page(coordinator: PageClient) -> None:
    page = coordinator.submit("/partners/new/person", {"full_name": "ก" * 4_000_000}, form=-1, status=413)
    assert "ขนาดใหญ่เกินไป" in page.heading


def test_the_pages_read_in_english(coordinator: PageClient, sample: Flask) -> None:
    number = number_of(sample, "สมชาย ใจดี")
    pages = ["/partners", "/partners/new", f"/partners/{number}"]
    assert [coordinator.get(path, lang="en").root.get("lang") for path in pages] == ["en"] * 3
