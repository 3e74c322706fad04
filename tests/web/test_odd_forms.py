"""Whatever is sent in a form's name is answered in words: no field of any form can be sent in a shape that breaks."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.every_form import FoundForm, find_forms

pytestmark = pytest.mark.usefixtures("sample")
KEPT = ("csrf_token", "form_key")
NUL, NO_UTF8, LONG = "ก\x00ข", b"\xff\xfe\xe0\xb8", "ก" * 60_001


@pytest.fixture
def forms(sample: Flask) -> list[FoundForm]:
    return find_forms(sample)


def shapes(form: FoundForm) -> Iterator[tuple[str, dict[str, Any]]]:
    """Ways to send a form that no page of ours would."""
    fields = sorted(form.names - {*KEPT})
    kept = {name: form.values[name] for name in KEPT}
    for name in fields:
        yield f"a file as {name}", form.values | {name: (io.BytesIO(b"text"), "letter.txt")}
        yield f"{name} missing", {key: value for key, value in form.values.items() if key != name}
        yield f"{name} too long", form.values | {name: LONG}
        yield f"{name} twice", form.values | {name: ["1", "2"]}
    for words, value in (("NUL", NUL), ("no UTF-8", NO_UTF8), ("lone surrogate", b"\xed\xa0\x80")):
        yield words, kept | dict.fromkeys(fields, value)
    rows = {name.rpartition("-")[0].split("-")[0] for name in fields if "-0" in name}
    odd = ("999999999", "9" * 5000, "-1", "²", "๑", "", "x")
    yield "nothing", kept
    for row in rows:
        yield "odd rows", form.values | {f"{row}-{number}{rest}": "1" for number in odd for rest in ("", "-text")}


def test_no_form_breaks_on_a_shape_that_nobody_typed(sample: Flask, forms: list[FoundForm]) -> None:
    broken, sent = [], 0
    for form in forms:
        if form.endpoint in ("security.logout", "upkeep.start"):
            continue  # would leave the others without a session, or without a sample
        for words, data in shapes(form):
            response = form.client.http.post(form.action, data=data, content_type="multipart/form-data")
            sent += 1
            if response.status_code >= 500:
                broken.append((form.endpoint, words, response.status_code))
    assert broken == []
    assert sent > 500


def test_a_file_is_nobodys_text(sample: Flask) -> None:
    form = next(found for found in find_forms(sample) if "venue_th" in found.names)
    data = form.values | {"venue_th": (io.BytesIO("ที่อื่น".encode()), "venue.txt"), "note_th": "นำบัตรมาด้วย"}
    answer = form.client.http.post(form.action, data=data, content_type="multipart/form-data")
    again = form.client.http.get(form.page).get_data(as_text=True)
    assert (answer.status_code, "นำบัตรมาด้วย" in again, "ที่อื่น" in again) == (302, True, False)
