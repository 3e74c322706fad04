"""A coordinator invites; a participant answers on a phone without JavaScript; the coordinator sees it."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, check_page, sign_in


def invited(site: Site, meeting: str) -> list[dict[str, str]]:
    return json.loads(site.command("invitations", "list", meeting, "--json"))


def state_of(site: Site, meeting: str, number: int) -> str:
    return next(entry["state"] for entry in invited(site, meeting) if entry["id"] == number)


@pytest.mark.parametrize(("answer", "state"), [("accepted", "accepted"), ("declined", "declined")])
def test_a_participant_answers_on_a_phone_without_javascript(
    plain_phone: Page, site: Site, answer: str, state: str
) -> None:
    # The first time nobody has answered yet; the second time the same person changes the answer.
    entry = invited(site, "2550-1/east")[-1]
    plain_phone.goto(entry["reply_url"])
    expect(plain_phone.locator("body")).to_contain_text("จันทร์ 12 - อังคาร 13 มี.ค. 2550")
    buttons = plain_phone.locator("form.replies button")
    assert buttons.count() == 3
    for button in buttons.all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 48
        assert box["width"] >= 290
        if entry["state"] == "invited":
            assert box["y"] + box["height"] <= 640, "an answer lies below the fold"
    plain_phone.locator(f"form.replies button[value={answer}]").click()
    assert state_of(site, "2550-1/east", int(entry["id"])) == state
    plain_phone.goto(entry["reply_url"])
    expect(plain_phone.locator(".reply-chosen")).to_have_attribute("value", answer)


def test_a_participant_sends_a_delegate(page: Page, site: Site) -> None:
    entry = invited(site, "2550-1/west")[0]
    page.goto(entry["reply_url"])
    check_page(page)
    page.locator("form.replies button[value=delegate]").click()
    check_page(page)
    page.locator("main form input[type=text]").first.fill("")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".error-summary, .error").first).to_be_visible()
    page.locator("main form input[type=text]").first.fill("นางเพ็ญศรี ช่วยงาน")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("body")).to_contain_text("นางเพ็ญศรี ช่วยงาน")
    check_page(page)
    assert state_of(site, "2550-1/west", int(entry["id"])) == "delegate"


def test_after_the_day_the_link_is_the_persons_own_page(page: Page, site: Site) -> None:
    entry = invited(site, "2550-1/south")[0]
    page.goto(entry["reply_url"])
    check_page(page)
    assert page.locator("form.replies").count() == 0
    expect(page.locator("h1")).to_be_visible()


def test_a_wrong_link_says_what_to_do(page: Page, site: Site) -> None:
    page.goto("/reply/7-1-aaaaaaaaaaaaaaaaaaaa")
    expect(page.locator("h1")).to_be_visible()
    check_page(page)


def test_an_organiser_invites_and_records_an_answer_by_telephone(page: Page, site: Site) -> None:
    sign_in(page, site, "organiser")
    page.goto("/partners")
    check_page(page)
    expect(page.locator("body")).to_contain_text("ตัวอย่าง")
    page.goto("/rounds/2550-1/upper-central/invitations")
    check_page(page)
    known = {entry["id"] for entry in invited(site, "2550-1/upper-central")}
    page.goto("/rounds/2550-1/upper-central/invitations/add")
    check_page(page)
    page.locator("label[for^=partner-]").first.click()
    page.locator("main button[value=check]").click()
    page.wait_for_url("**/invitations/check")
    check_page(page)
    page.locator("main .button-primary").click()
    page.wait_for_url("**/upper-central/invitations")
    (new,) = [entry for entry in invited(site, "2550-1/upper-central") if entry["id"] not in known]
    page.goto(f"/rounds/2550-1/upper-central/invitations/{new['id']}")
    check_page(page)
    expect(page.locator("body")).to_contain_text(new["reply_url"].rpartition("/")[2])
    form = page.locator(f"form[action*='/invitations/{new['id']}/answer']")
    form.locator("label[for$=accepted], label[for$='-0']").first.click()
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    assert state_of(site, "2550-1/upper-central", int(new["id"])) == "accepted"
    check_page(page)
