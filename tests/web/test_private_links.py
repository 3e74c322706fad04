"""Private links name a row and its version, and cannot be made without the key."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forumplanner.web.private_links import LinkTarget, make_form_token, make_private_link, read_private_link

KEY = "a key for tests"


@given(st.integers(0, 2**40), st.integers(0, 2**30))
def test_link_reads_back_its_row_and_version(row_id: int, version: int) -> None:
    link = make_private_link(KEY, "reply", row_id, version)
    assert read_private_link(KEY, "reply", link) == LinkTarget(row_id, version)
    assert set(link) <= set(string.ascii_lowercase + string.digits + "-")


def test_link_survives_what_people_do_to_it() -> None:
    link = make_private_link(KEY, "reply", 7, 1)
    assert read_private_link(KEY, "reply", f" {link.upper()} ") == LinkTarget(7, 1)


def test_link_is_the_same_each_time_and_differs_by_purpose_version_and_key() -> None:
    link = make_private_link(KEY, "reply", 7, 1)
    assert link == make_private_link(KEY, "reply", 7, 1)
    others = [
        make_private_link(KEY, "feed", 7, 1),
        make_private_link(KEY, "reply", 7, 2),
        make_private_link("k", "reply", 7, 1),
    ]
    assert len({link.rpartition("-")[2], *(other.rpartition("-")[2] for other in others)}) == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7-1",
        "7-1-",
        "../../etc/passwd",
        "7-1-aaaaaaaaaaaaaaaaaaaa",
        "7.1",
        "%37-1",
        "ก-1-aaaaaaaaaaaaaaaaaaaa",
        "x" * 10_000,
    ],
)
def test_reading_rejects_what_is_not_ours(text: str) -> None:
    assert read_private_link(KEY, "reply", text) is None


def test_reading_rejects_a_link_for_another_row_version_or_purpose() -> None:
    mac = make_private_link(KEY, "reply", 7, 1).rpartition("-")[2]
    assert [read_private_link(KEY, "reply", f"{start}-{mac}") for start in ("8-1", "7-2")] == [None, None]
    assert read_private_link(KEY, "feed", f"7-1-{mac}") is None


def test_the_token_of_a_page_is_the_same_however_its_link_is_written_and_another_for_each_link_and_key() -> None:
    one, two = (make_private_link(KEY, "reply", 7, version) for version in (1, 2))
    assert make_form_token(KEY, one) == make_form_token(KEY, f" {one.upper()}")
    assert len({make_form_token(key, link) for key in (KEY, f"{KEY}x") for link in (one, two)}) == 4
