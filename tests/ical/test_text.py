"""Text on its way into a calendar: cleaned, escaped, folded, read back."""

import random
import unicodedata
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forumplanner.ical import join_feed, read_feed, render_event, tidy_event
from forumplanner.ical.text import clean_line, clean_text, fold, shorten
from tests.ical.events import EDGE_TEXT, HEAD, meeting
from tests.ical.readers import as_read, read_with

soak = settings(max_examples=150, deadline=None, derandomize=True, database=None)

THAI = "กขคงจฉชญดตถทนบปผพมยรลวสหอเแโใไะาำัิีึืุู็่้๊๋์ๆฯ๑๒๓"
typed = st.text(
    st.one_of(
        st.sampled_from(THAI + THAI + " \\;,:\"'nN=^%\n\r\t" + "👩🏽\u200d🌾🇹🇭é\u0301"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=300,
)
# What a person means: no controls, no blank at an edge, one blank at a time.
meant = typed.map(lambda text: " ".join("".join(c for c in text if unicodedata.category(c) not in _ODD).split(" ")))
_ODD = {"Cc", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ก\r\nข\rค\nง", "ก\nข\nค\nง"),
        ("ก\u2028ข\u2029ค\x85ง\x0bจ\x0cฉ", "ก\nข\nค\nง\nจ\nฉ"),
        ("\ufeffก\x00\x07\x1b\x7f\x9fข\ud800", "กข"),
        ("  ก\t ข  \n\n ค \n ", "ก  ข\n\n ค"),
        ("น้ำ\u200bปั้ม\u00a0ๆ", "น้ำ\u200bปั้ม\u00a0ๆ"),
    ],
)
def test_text_keeps_what_was_meant(text: str, expected: str) -> None:
    assert clean_text(text) == expected


def test_line_is_one_line() -> None:
    assert clean_line(" ห้อง 1\r\nชั้น 2\t\t อาคาร ก\u2028") == "ห้อง 1 ชั้น 2 อาคาร ก"


@pytest.mark.parametrize(
    ("longest", "expected"),
    [(15, "ที่กู้น้ำที่กู้"), (14, "ที่กู้น้ำที่…"), (13, "ที่กู้น้ำที่…"), (12, "ที่กู้น้ำ…"), (10, "ที่กู้น้ำ…"), (9, "ที่กู้…")],
)
def test_text_cut_short_keeps_marks_on_their_letters(longest: int, expected: str) -> None:
    assert shorten("ที่กู้น้ำที่กู้", longest) == expected


def pieces_of(line: str) -> list[str]:
    """The folded pieces of a line, without the blanks that mark them."""
    return fold(line).decode().removesuffix("\r\n").split("\r\n ")


def is_torn(before: str, after: str) -> bool:
    """Whether a cut between these hurts a reader that unfolds carelessly."""
    backslashes = len(before) - len(before.rstrip("\\"))
    is_mark = unicodedata.category(after)[0] == "M"
    return backslashes % 2 == 1 or before[-1] in " \u200d" or after in " \u200dำ🏽🇭🇦" or is_mark


@pytest.mark.parametrize(
    "unit", ["น้ำที่ปั้มก็ขึ้นกู้ได้", "\\\\", "\\,\\n\\;", "🇹🇭🇱🇦", "👩🏽\u200d🌾", "e\u0301\u0302\u0303", "ab ", "กู้\\, "]
)
def test_what_belongs_together_is_not_torn_at_any_position(unit: str) -> None:
    for offset in range(1, 80):
        line = "X" * offset + unit * 40
        pieces = pieces_of(line)
        torn = [pair for pair in pairwise(pieces) if is_torn(pair[0], pair[1][0])]
        assert ("".join(pieces), torn) == (line, [])


def test_cluster_longer_than_a_line_is_cut_between_characters() -> None:
    line = "Xก" + "\u0e49" * 100
    pieces = pieces_of(line)
    assert ("".join(pieces), [len(piece.encode()) for piece in pieces]) == (line, [73, 72, 72, 72, 15])


def check_lines(body: bytes) -> None:
    """Every line ends in CRLF, has at most 75 octets and is UTF-8 by itself."""
    assert body.endswith(b"\r\n")
    lines = body[:-2].split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()


@soak
@given(line=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=400))
def test_any_line_folds_and_unfolds(line: str) -> None:
    folded = fold(line)
    check_lines(folded)
    assert folded.replace(b"\r\n ", b"").removesuffix(b"\r\n").decode() == line


@soak
@given(summary=meant, lines=st.lists(meant, max_size=4), location=meant)
@example(EDGE_TEXT, [EDGE_TEXT, "\\N", "\\n", "\\\\;"], EDGE_TEXT)
def test_any_text_a_person_can_type_survives(summary: str, lines: list[str], location: str) -> None:
    summary, location = "ก" + summary.strip() + "ข", location.strip(" \ufeff").replace("\ufeff", "")
    lines = ["ก" + line.replace("\ufeff", "").rstrip() + "ข" for line in lines]
    event = meeting(summary=summary.replace("\ufeff", ""), description_lines=tuple(lines), location=location)
    body = join_feed(HEAD, [render_event(event)])
    check_lines(body)
    (found,) = read_feed(body).events
    assert (found.summary, found.description_lines, found.location) == (
        event.summary,
        event.description_lines,
        event.location,
    )


@soak
@given(summary=typed, lines=st.lists(typed, max_size=3), location=typed, category=typed)
def test_any_bytes_of_text_render_and_read_back(summary: str, lines: list[str], location: str, category: str) -> None:
    event = meeting(
        summary="ก" + summary, description_lines=tuple(lines), location=location, categories=(category, "x")
    )
    body = join_feed(HEAD, [render_event(event)])
    check_lines(body)
    tidied = tidy_event(event)
    assert read_feed(body).events == (tidied,)
    assert tidy_event(tidied) == tidied


def odd_texts(count: int, alphabet: str) -> list[str]:
    """Texts drawn from an alphabet, the same each time."""
    draw = random.Random(2550)
    return ["".join(draw.choices(alphabet, k=draw.randint(1, 200))) for _ in range(count)]


@pytest.mark.parametrize(
    ("reader", "alphabet"),
    [
        ("ical_js", THAI + THAI + " \\;,:\"'nN=^%\n👩🏽\u200d🌾🇹🇭\u0301TZID"),
        # Without the backslash, which node-ical 0.27 unescapes last.
        ("node_ical", THAI + THAI + " ;,:'nN=^%\n👩🏽\u200d🌾🇹🇭\u0301"),
    ],
)
def test_odd_texts_read_back_in_other_readers(reader: str, alphabet: str, tmp_path: Path) -> None:
    events = [
        meeting(
            uid=f"m{number}@x.org",
            starts=date(2007, 1, 1) + timedelta(days=number),
            ends=date(2007, 1, 1) + timedelta(days=number + number % 3),
            summary="ก" + text,
            description_lines=(text[::-1], text),
            location=text,
        )
        for number, text in enumerate(odd_texts(300, alphabet))
    ]
    file = tmp_path / "odd.ics"
    file.write_bytes(join_feed(HEAD, map(render_event, events)))
    ((*found,),) = read_with(reader, file)
    expected = [as_read(event) for event in events]
    assert [{name: each[name] for name in expected[0]} for each in found] == expected
