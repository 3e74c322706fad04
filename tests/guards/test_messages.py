"""Everything a person reads is there in Thai: our messages, WTForms' and Flask-Security's."""

import re
from collections.abc import Iterator
from pathlib import Path

import flask_security
import pytest
import wtforms
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tools.messages import collect

FOLDER = Path(__file__).parent.parent.parent / "translations/th/LC_MESSAGES"
PLACE = re.compile(r"%\((\w+)\)[sd]")


def catalogue(name: str) -> Catalog:
    with (FOLDER / f"{name}.po").open("rb") as file:
        return read_po(file, locale="th")


def texts(message: Message) -> Iterator[tuple[str, str]]:
    """(English, Thai) of a message; a plural has its one Thai form against its last English one."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        yield message.id[-1], message.string[0] if message.string else ""


def known(found: Catalog) -> dict[str, Message]:
    return {(message.id if isinstance(message.id, str) else message.id[0]): message for message in found if message.id}


def test_every_message_of_the_code_has_thai() -> None:
    translated = known(catalogue("messages"))
    missing = [
        english
        for message in collect()
        if message.id
        for english in [message.id if isinstance(message.id, str) else message.id[0]]
        if english not in translated or not all(thai for _english, thai in texts(translated[english]))
    ]
    assert missing == []


def test_catalogue_holds_nothing_the_code_no_longer_says() -> None:
    assert sorted(set(known(catalogue("messages"))) - set(known(collect()))) == []


@pytest.mark.parametrize("name", ["messages", "wtforms", "flask_security"])
def test_no_message_is_fuzzy_or_loses_a_place(name: str) -> None:
    wrong = [
        english
        for message in catalogue(name)
        if message.id
        for english, thai in texts(message)
        if message.fuzzy or not thai or set(PLACE.findall(english)) != set(PLACE.findall(thai))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "package", "pattern"),
    [
        ("wtforms", wtforms, "locale/wtforms.pot"),
        ("flask_security", flask_security, "translations/flask_security.pot"),
    ],
)
def test_messages_of_libraries_have_thai(name: str, package: object, pattern: str) -> None:
    with (Path(package.__file__).parent / pattern).open("rb") as file:  # type: ignore[attr-defined]
        theirs = known(read_po(file))
    assert sorted(set(theirs) - set(known(catalogue(name)))) == []
