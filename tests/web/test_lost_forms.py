"""A form whose session ended, or whose token is wrong, loses nothing that was typed."""

import pytest
from flask import Flask

from tests.pages import Page, PageClient, form_values

ADDRESS = "/rounds/2550-1/south/details"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
NOTE = "กรุณานำสมุดบัญชีกลุ่มมาด้วย <b>ทุกกลุ่ม</b>"


@pytest.fixture
def coordinator(sample: Flask, client: PageClient) -> PageClient:
    return client.sign_in_as("coordinator")


@pytest.fixture
def typed(coordinator: PageClient) -> dict[str, str]:
    """The whole form as its page filled it in, with a note typed."""
    page = coordinator.get(ADDRESS)
    form = next(
        node for node in page.root.iter("form") if node.get("method") == "post" and "note_th" in form_values(node)
    )
    return {**form_values(form), "note_th": NOTE}


def send(client: PageClient, values: dict[str, str], status: int, headers: dict[str, str] | None = None) -> Page:
    return client._checked(client.http.post(ADDRESS, data=values, headers=headers or {}), status)


def fields_again(page: Page) -> dict[str, str]:
    """The form of the page that sends what was typed once more."""
    form = next(node for node in page.root.iter("form") if node.get("action") == ADDRESS)
    return form_values(form)


def test_text_typed_before_the_session_ended_is_shown_and_sent_after_signing_in(
    coordinator: PageClient, typed: dict[str, str]
) -> None:
    coordinator.http.delete_cookie("forumplanner")
    lost = send(coordinator, typed, 403, SAME_ORIGIN)
    assert lost.heading == "กรุณาลงชื่อเข้าใช้อีกครั้ง"
    assert NOTE in lost.text
    coordinator.sign_in_as("coordinator")
    with coordinator.http.session_transaction() as session:
        session.pop("csrf_token")  # as signing in renews it
    again = send(coordinator, fields_again(lost), 400, SAME_ORIGIN)
    assert again.heading == "กรุณากดส่งอีกครั้ง"
    assert "ท่านลงชื่อเข้าใช้แล้ว" in again.text
    send(coordinator, fields_again(again), 302, SAME_ORIGIN)
    assert NOTE in coordinator.get(ADDRESS).text


def test_a_wrong_token_keeps_the_text_and_sends_it_again(coordinator: PageClient, typed: dict[str, str]) -> None:
    page = send(coordinator, {**typed, "csrf_token": "wrong"}, 400, SAME_ORIGIN)
    send(coordinator, fields_again(page), 302)
    assert NOTE in coordinator.get(ADDRESS).text


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_what_a_strangers_page_sent_gets_no_button(
    coordinator: PageClient, typed: dict[str, str], headers: dict[str, str]
) -> None:
    page = send(coordinator, {**typed, "csrf_token": "wrong"}, 400, headers)
    assert NOTE in page.text
    assert [node for node in page.root.iter("form") if node.get("action") == ADDRESS] == []


def test_passwords_are_never_shown_again(sample: Flask, client: PageClient) -> None:
    secret = "ความลับ ที่ไม่มีใครรู้"
    response = client.http.post("/login", data={"email": "malee@example.org", "password": secret}, headers=SAME_ORIGIN)
    page = client._checked(response, 400)
    assert secret not in response.get_data(as_text=True)
    assert "malee@example.org" in page.text


def test_text_for_something_that_is_gone_is_shown_to_be_copied(coordinator: PageClient, typed: dict[str, str]) -> None:
    response = coordinator.http.post("/rounds/2550-1/nowhere/details", data=typed)
    assert NOTE in coordinator._checked(response, 404).text
