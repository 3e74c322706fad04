"""Places while one types, and the page that says where the data come from."""

import pytest

from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("sample")


@pytest.mark.parametrize("role", ["reader", "coordinator", "organiser"])
def test_anybody_signed_in_finds_places(client: PageClient, role: str) -> None:
    answer = client.sign_in_as(role).http.get("/places?q=บ้านพรุ")
    assert answer.json == {"places": [{"code": "901116", "text": "ต.บ้านพรุ อ.หาดใหญ่ จ.สงขลา"}]}


def test_places_are_named_in_the_language_of_the_page(client: PageClient) -> None:
    client.sign_in_as("reader").get("/?lang=en")
    answer = client.http.get("/places?q=ban phru")
    assert answer.json["places"][0] == {"code": "901116", "text": "Ban Phru, Hat Yai, Songkhla"}


def test_a_visitor_is_asked_to_sign_in(client: PageClient) -> None:
    assert client.http.get("/places?q=บ้านพรุ").status_code == 302


@pytest.mark.parametrize("query", ["", "q=", "q=%00", "q=" + "ก" * 5000, "q=%ff%fe", "q=<b>"])
def test_an_odd_question_has_an_empty_answer(client: PageClient, query: str) -> None:
    answer = client.sign_in_as("reader").http.get(f"/places?{query}")
    assert (answer.status_code, answer.json) == (200, {"places": []})


@pytest.mark.parametrize("path", ["/", "/partners"])
def test_the_source_of_the_data_is_one_touch_away(client: PageClient, path: str) -> None:
    page = client.sign_in_as("organiser").get(path)
    assert page.links()["ที่มาของข้อมูล"] == "/sources"


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_page_names_author_and_licence(client: PageClient, lang: str) -> None:
    text = client.get(f"/sources?lang={lang}").text
    assert all(word in text for word in ("GeoThai", "Pongsakorn Thipayanate", "CC BY 4.0", "Natural Earth", "Sarabun"))
