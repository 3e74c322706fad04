"""What the database refuses of two who save at one moment becomes a refusal that keeps the text, in every view."""

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from forumplanner.core.db import db
from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("sample")
AGENDA = "/rounds/2550-1/west/agenda"


@pytest.mark.parametrize("error", [IntegrityError("INSERT", {}, Exception("UNIQUE")), StaleDataError("0 rows")])
def test_whoever_comes_second_keeps_the_text_and_may_send_it_again(
    client: PageClient, sample: Flask, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in_as("organiser")
    client.http.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    page = client.get(AGENDA)

    def lose() -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(db.session, "commit", lose)
        lost = client.submit(page, {"title_th": "เรื่องที่พิมพ์ไว้ยาว"}, form="#add", status=409)
    assert "เรื่องที่พิมพ์ไว้ยาว" in lost.text
    assert client.submit(lost, {}, form="/agenda", status=302).response.location.startswith(AGENDA)
    assert "เรื่องที่พิมพ์ไว้ยาว" in client.get(AGENDA).text
