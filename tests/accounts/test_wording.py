"""Our sentences in place of Flask-Security's."""

from datetime import timedelta
from pathlib import Path

from babel.messages.pofile import read_po
from flask import Flask

from forumplanner.accounts.wording import MESSAGES


def test_every_sentence_of_ours_has_thai(project: Path) -> None:
    with (project / "translations/th/LC_MESSAGES/flask_security.po").open("rb") as file:
        thai = {message.id: message.string for message in read_po(file, locale="th")}
    assert [sentence for sentence, _kind in MESSAGES.values() if not thai.get(sentence)] == []


def test_every_sentence_takes_the_place_of_one_that_exists(app: Flask) -> None:
    from flask_security.core import _default_messages

    assert sorted(set(MESSAGES) - set(_default_messages)) == []
    assert {app.config[f"SECURITY_MSG_{name}"] for name in MESSAGES} == set(MESSAGES.values())


def test_no_sentence_leaves_a_span_of_time_to_english(app: Flask) -> None:
    assert [name for name, (sentence, _kind) in MESSAGES.items() if "%(within)s" in sentence] == []
    # Our sentence and the mail say two days.
    assert timedelta(days=2) == app.config["SECURITY_RESET_PASSWORD_WITHIN"]
    assert "%(within)s" not in app.config["SECURITY_MSG_TWO_FACTOR_SETUP_EXPIRED"][0]
