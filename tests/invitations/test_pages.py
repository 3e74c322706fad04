"""The invitation pages as coordinators and organisers use them."""

import json
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.invitations.conftest import address_of, stored
from tests.pages import Page, PageClient, text_of

pytestmark = pytest.mark.usefixtures("sample")
WEST = "/rounds/2550-1/west/invitations"
SOUTH = "/rounds/2550-1/south/invitations"


def listed(page: Page) -> list[str]:
    """The names of the list, in its order."""
    return [text_of(next(head.iter("a"))) for head in page.root.iter("th") if head.get("scope") == "row"]


def offered(page: Page) -> dict[str, str]:
    """The tick boxes: name and number of those not ticked yet."""
    labels = {label.get("for"): text_of(label) for label in page.root.iter("label")}
    boxes = [node for node in page.root.iter("input") if node.get("type") == "checkbox" and node.get("checked") is None]
    return {labels[box.get("id")].removesuffix(" ตัวอย่าง"): box.get("value") or "" for box in boxes}


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("reader", SOUTH, 403),
        ("coordinator", SOUTH, 200),
        ("coordinator", WEST, 403),
        ("coordinator", "/rounds/2550-1/national/invitations", 403),
        ("organiser", "/rounds/2550-1/national/invitations", 200),
        ("organiser", "/rounds/2550-1/meetings/2006-11-19/invitations", 200),
        ("organiser", "/rounds/2550-1/mars/invitations", 404),
        ("organiser", "/rounds/2550-9/south/invitations", 404),
    ],
)
def test_invitations_open_to_the_regions_coordinator_and_organisers(
    client: PageClient, role: str, path: str, status: int
) -> None:
    client.sign_in_as(role).get(path, status)


def test_the_list_counts_in_a_sentence_and_stands_in_thai_order(client: PageClient) -> None:
    page = client.sign_in_as("coordinator").get(SOUTH)
    assert "เชิญ 8 ราย: มา 5, ส่งผู้แทน 2, ไม่มา 1, ยังไม่ตอบ 0" in page.text
    assert listed(page) == [
        "กรมการพัฒนาชุมชน",
        "ลุงดำ",
        "นายยูโซะ สาและ",
        "น.ส.วรรณา ทองคำ",
        "สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน)",
        "นายสมชาย ใจดี",
        "พระครูสังวรธรรมคุณ",
        "นางอัมพร แก้วมณี",
    ]


def test_the_list_can_be_narrowed_to_an_answer(client: PageClient) -> None:
    client.sign_in_as("coordinator")
    assert listed(client.get(f"{SOUTH}?state=delegate")) == ["นายยูโซะ สาและ", "สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน)"]
    assert len(listed(client.get(f"{SOUTH}?state=pirates"))) == 8


def test_a_held_meeting_says_why_nobody_can_be_invited(client: PageClient) -> None:
    client.sign_in_as("coordinator")
    for path in (SOUTH, f"{SOUTH}/add"):
        assert "การประชุมนี้จัดไปแล้ว จึงเชิญเพิ่มไม่ได้" in client.get(path).text


def test_an_empty_list_offers_the_first_act(organiser: PageClient) -> None:
    page = organiser.get("/rounds/2550-1/upper-central/invitations")
    assert "/rounds/2550-1/upper-central/invitations/add" in page.links().values()


def test_the_regions_own_partners_come_first_and_the_invited_are_left_out(organiser: PageClient) -> None:
    names = list(offered(organiser.get("/rounds/2550-1/east/invitations/add")))
    assert "พระอาจารย์มนัส" not in names
    assert next(iter(offered(organiser.get("/rounds/2550-1/upper-central/invitations/add")))) == "ป้าฟองจันทร์"


@pytest.mark.parametrize(("searched", "field"), [("ศรีสมัย ไม่เคยมี", "full_name"), ("081-999-9999", "phones")])
def test_who_was_looked_for_in_vain_is_added_without_typing_it_again(
    organiser: PageClient, searched: str, field: str
) -> None:
    empty = organiser.get(f"{WEST}/add", query_string={"q": searched})
    asked = organiser.submit(empty, {"go": "partner"}, form="/add", status=303, follow=True)
    page = organiser.get(asked.links()["เพิ่มบุคคล"])
    assert [node.get("value") for node in page.root.iter("input") if node.get("name") == field] == [searched]


def test_an_answer_by_telephone_is_recorded_with_who_took_it(organiser: PageClient, siriporn: str) -> None:
    answer = {"answer": "delegate", "delegate_name": "นายมา แทน", "delegate_phone": "๐๘๑ ๐๐๐ ๐๐๐๙", "comment": "ติดงาน"}
    page = organiser.submit(siriporn, answer, form="/answer", status=303, follow=True)
    row = text_of(page.find_all("table")[0].find("tbody"))
    assert [part in row for part in ("ส่งผู้แทน: นายมา แทน 081-000-0009", "ทางโทรศัพท์", "รับโดย ส่วนกลาง", "ติดงาน")] == [
        True
    ] * 4


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "กรุณาเลือกคำตอบ"),
        ({"answer": "delegate"}, "กรุณากรอกชื่อ หรือเลือกว่ายังไม่แจ้งชื่อผู้แทน"),
        ({"answer": "delegate", "delegate_phone": "12"}, "กรุณากรอกชื่อ หรือเลือกว่ายังไม่แจ้งชื่อผู้แทน"),
    ],
)
def test_an_incomplete_answer_is_refused_with_what_was_typed(
    organiser: PageClient, siriporn: str, values: dict[str, str], sentence: str
) -> None:
    page = organiser.submit(siriporn, values | {"comment": "ติดงาน"}, form="/answer", status=422)
    assert [sentence in error for error in page.errors()] == [True]
    assert text_of(next(node for node in page.root.iter("textarea"))) == "ติดงาน"


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("12", "12", "12 (อ่านเป็นเบอร์โทรศัพท์ไม่ได้ เก็บไว้ตามที่กรอก)"),
        ("ถามหลานชื่อแดง", "ถามหลานชื่อแดง", "ถามหลานชื่อแดง (อ่านเป็นเบอร์โทรศัพท์ไม่ได้ เก็บไว้ตามที่กรอก)"),
        ("02-2281967-8 ต่อ 12", "02-228-1967 ต่อ 12, 02-228-1968 ต่อ 12", "02-228-1967 ต่อ 12, 02-228-1968 ต่อ 12"),
        ("๐๘๑ ๐๐๐ ๐๐๐๙ หลานชื่อแดง", "081-000-0009 (หลานชื่อแดง)", "081-000-0009 (หลานชื่อแดง)"),
    ],
)
def test_a_delegates_telephone_never_stops_an_answer(
    organiser: PageClient, siriporn: str, sample: Flask, typed: str, kept: str, shown: str
) -> None:
    answer = {"answer": "delegate", "delegate_name": "นายมา แทน", "delegate_phone": typed}
    page = organiser.submit(siriporn, answer, form="/answer", status=303, follow=True)
    with sample.app_context():
        assert stored(sample, "west", "ศิริพร เพชรน้ำ").delegate_phone == kept
    assert f"นายมา แทน {shown}" in text_of(next(page.root.iter("main"))).replace(" ,", ",")


@pytest.mark.parametrize("values", [{"answer": "perhaps"}, {"answer": "accepted", "came_by": "link"}])
def test_an_answer_that_is_none_is_refused(organiser: PageClient, siriporn: str, values: dict[str, str]) -> None:
    organiser.submit(siriporn, values, form="/answer", status=422)


def test_after_the_day_the_page_says_why_no_answer_is_recorded(client: PageClient, sample: Flask) -> None:
    client.sign_in_as("coordinator")
    held = address_of(sample, "south", "ดำ")
    page = client.get(held)
    assert "การประชุมสิ้นสุดแล้ว" in page.text
    token = next(node.get("value") for node in page.root.iter("input") if node.get("name") == "csrf_token")
    answer = client.http.post(
        f"{held}/answer", data={"csrf_token": token, "answer": "accepted", "came_by": "telephone"}
    )
    assert answer.status_code == 409
    with sample.app_context():
        assert stored(sample, "south", "ดำ").answer == "declined"


def test_the_private_link_is_shown_and_renewed(organiser: PageClient, siriporn: str) -> None:
    def link(page: Page) -> str:
        return text_of(next(node for node in page.root.iter() if node.get("id") == "reply-address"))

    before = organiser.get(siriporn)
    after = organiser.submit(before, {}, form="/renew", status=303, follow=True)
    old, new = (urlsplit(link(page)).path for page in (before, after))
    assert (organiser.get(old, 410).status, organiser.get(new).status) == (410, 200)
    assert before.find_all("segno"), "the QR code"


def test_withdrawing_offers_to_keep_the_invitation_not_the_meeting(organiser: PageClient, siriporn: str) -> None:
    assert organiser.get(f"{siriporn}/revoke").links()["คงคำเชิญไว้"] == siriporn


def test_withdrawing_asks_first_and_can_be_taken_back(organiser: PageClient, siriporn: str, sample: Flask) -> None:
    organiser.get(f"{siriporn}/revoke")
    with sample.app_context():
        assert stored(sample, "west", "ศิริพร เพชรน้ำ").revoked_at is None
    gone = organiser.submit(f"{siriporn}/revoke", {}, form=-1, status=303, follow=True)
    assert "ถอนคำเชิญแล้ว" in gone.text
    back = organiser.submit(gone, {}, form="/restore", status=303, follow=True)
    assert "ยังไม่ตอบ" in back.text


def test_reaching_somebody_is_noted_and_taken_back(organiser: PageClient, siriporn: str, sample: Flask) -> None:
    states = []
    for _ in range(2):
        organiser.submit(siriporn, {}, form="/reached", status=303)
        with sample.app_context():
            states.append(stored(sample, "west", "ศิริพร เพชรน้ำ").reached_at is None)
    assert states == [True, False]


def test_a_stale_change_of_channel_shows_both(organiser: PageClient, siriporn: str) -> None:
    first, second = organiser.get(siriporn), organiser.get(siriporn)
    organiser.submit(first, {"channel": "line"}, form="/particulars", status=303)
    page = organiser.submit(second, {"channel": "letter"}, form="/particulars", status=409)
    shown = [text_of(node) for node in page.find_all("conflict-text")]
    assert ["หนังสือ" in shown[0], "ไลน์" in shown[1]] == [True, True]
    organiser.submit(page, {}, form="/particulars", status=303)


def test_an_invitation_of_another_meeting_is_not_found_under_this_one(organiser: PageClient, siriporn: str) -> None:
    organiser.get(siriporn.replace("west", "south"), 404)


@pytest.mark.parametrize("act", ["answer", "particulars", "reached", "renew", "revoke", "restore"])
def test_another_regions_coordinator_changes_nothing(client: PageClient, siriporn: str, act: str) -> None:
    client.sign_in_as("coordinator")
    token = next(node.get("value") for node in client.get(SOUTH).root.iter("input") if node.get("name") == "csrf_token")
    assert client.http.post(f"{siriporn}/{act}", data={"csrf_token": token}).status_code == 403


def test_the_command_lists_what_the_page_lists(sample: Flask) -> None:
    from forumplanner.cli.invitations import invitations_list

    done = sample.test_cli_runner().invoke(invitations_list, ["2550-1/south", "--json"])
    rows = json.loads(done.stdout)
    assert [row["state"] for row in rows] == [
        "accepted", "declined", "delegate", "accepted", "delegate", "accepted", "accepted", "accepted",
    ]  # fmt: skip
    assert [set(row) for row in rows[:1]] == [{"id", "partner_id", "name", "channel", "state", "reply_url", "feed_url"}]
    assert (rows[1]["name"], rows[1]["channel"]) == ("ลุงดำ", "telephone")
    assert rows[1]["feed_url"].startswith("http://localhost/feeds/p/")


@pytest.mark.parametrize("name", ["2550-1/mars", "2550-9/south", "2550-1", ""])
def test_the_command_refuses_an_unknown_meeting_in_a_sentence(sample: Flask, name: str) -> None:
    from forumplanner.cli.invitations import invitations_list

    done = sample.test_cli_runner().invoke(invitations_list, [name, "--json"])
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
