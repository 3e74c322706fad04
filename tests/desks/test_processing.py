"""The record of processing stands on a page and on paper, both made from what the models declare."""

import pytest
from flask import Flask

from forumplanner.desks.held import HELD
from tests.pages import PageClient
from tests.printing.reading import raw_text

PAGE = "/settings/processing"


@pytest.mark.parametrize("lang", ["th", "en"])
def test_page_and_paper_name_every_kind_of_data(sample: Flask, client: PageClient, lang: str) -> None:
    client.sign_in_as("organiser")
    page = client.get(f"{PAGE}?lang={lang}").text
    with client.http.get(f"{PAGE}.pdf?lang={lang}") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        paper = raw_text(answer.get_data())
    with sample.test_request_context(headers={"Cookie": f"lang={lang}"}):
        from flask_babel import force_locale, gettext

        with force_locale(lang):
            names = [gettext(held.name) for held in HELD]
    assert [name for name in names if name not in page] == []
    squeezed = "".join(paper.split())
    assert [name for name in names if "".join(name.split()) not in squeezed] == []


def test_paper_may_have_thai_digits(sample: Flask, client: PageClient) -> None:
    client.sign_in_as("organiser")
    with client.http.get(f"{PAGE}.pdf?digits=thai") as answer:
        assert "มาตรา ๓๙" in raw_text(answer.get_data()).replace("\N{NO-BREAK SPACE}", " ")
