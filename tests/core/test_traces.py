"""Whom a text names is found however it is written, and nobody else is."""

import pytest

from forumplanner.core.traces import DATA_REMOVED, NAME_REMOVED, Known, Traces

HERS = Known(
    "พิมพ์พิลาส",
    "ใจงาม",
    "นาง",
    name_en="Pimpilas Jaingam",
    phones=("0899998877",),
    email="pim@example.org",
    line_name="pim_line",
)
TRACES = Traces(HERS, ["พิมพ์พิลาส ใจงามเลิศ", "มูลนิธิพิมพ์พิลาส ใจงาม"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("นางพิมพ์พิลาส ใจงาม", NAME_REMOVED),
        ("พิมพ์พิลาสใจงาม", NAME_REMOVED),
        ("รศ.ดร. พิมพ์พิลาส   ใจงาม", NAME_REMOVED),
        ("นาง\u200bพิมพ์\u200bพิลาส\u00a0ใจงาม", NAME_REMOVED),
        # Tone marks and others left out, and as a keyboard leaves them.
        ("พิมพพิลาส ใจงาม มา", f"{NAME_REMOVED} มา"),
        ("นางสาวพิมพ์พิลาส\x1fใจงาม\x1f081", f"{NAME_REMOVED}\x1f081"),
        ("ขอให้นางพิมพ์พิลาส ใจงามเป็นประธานในที่ประชุม ๒ ครั้ง", f"ขอให้{NAME_REMOVED}เป็นประธานในที่ประชุม ๒ ครั้ง"),
        ("Mrs. PIMPILAS  Jaingam came", f"{NAME_REMOVED} came"),
        ("โทร 089-999-8877 ต่อ 2", f"โทร {DATA_REMOVED} ต่อ 2"),
        ("0899998877", DATA_REMOVED),
        ("๐๘๙-๙๙๙ ๘๘๗๗", DATA_REMOVED),
        ("+66 89 999 8877", DATA_REMOVED),
        ("+66 (0)89-999-8877", DATA_REMOVED),
        ("66899998877", DATA_REMOVED),
        ("899998877", DATA_REMOVED),
        ("8.99998877E+08", DATA_REMOVED),
        ("(089) 999.8877", DATA_REMOVED),
        ("เขียนถึง PIM@example.org", f"เขียนถึง {DATA_REMOVED}"),
        ("ไลน์ pim_line", f"ไลน์ {DATA_REMOVED}"),
    ],
)
def test_every_way_of_writing_is_found_and_the_sentence_stays(text: str, left: str) -> None:
    assert TRACES.removed_from(text) == left
    assert TRACES.removed_from(left) == left


@pytest.mark.parametrize(
    "text",
    [
        "พิมพ์พิลาส เหนื่อย",
        "นางพิมพ์พิลาส ใจงามเลิศ",
        "มูลนิธิพิมพ์พิลาส ใจงาม",
        # A cell of one name that goes on is another surname, known or not.
        "นางพิมพ์พิลาส ใจงามยิ่ง",
        "1089999887712",
        "089-999-8878",
        "xpim@example.org",
        "pim_line2",
        "",
    ],
)
def test_what_is_somebody_elses_stays(text: str) -> None:
    assert TRACES.removed_from(text) == text


def test_a_short_name_is_no_piece_of_other_words() -> None:
    short = Traces(Known("สม", "ดี"))
    for text in ("ประสม ดีใจ", "ที่สม ดี", "สม ดีมาก"):
        assert short.removed_from(text) == text
    assert short.removed_from("นายสม ดี มา") == f"{NAME_REMOVED} มา"


def test_a_name_without_surname_is_found_behind_its_title_or_alone() -> None:
    monk = Traces(Known("สังวรธรรมคุณ", honorific="พระครู"))
    assert monk.removed_from("นิมนต์พระครูสังวรธรรมคุณ เปิดงาน") == f"นิมนต์{NAME_REMOVED} เปิดงาน"
    assert monk.removed_from("สังวรธรรมคุณ") == NAME_REMOVED
    assert monk.removed_from("ตามแนวสังวรธรรมคุณ") == "ตามแนวสังวรธรรมคุณ"


def test_a_given_name_alone_goes_where_the_text_is_theirs_and_is_pointed_out_elsewhere() -> None:
    text = "คุณพิมพ์พิลาสจะมาแทน"
    assert TRACES.removed_from(text) == text
    assert TRACES.may_name(text) == text
    assert TRACES.removed_from(text, own=True) == f"{NAME_REMOVED}จะมาแทน"
    assert TRACES.may_name("ไม่มีชื่อใคร") is None


def test_values_of_json_are_read_and_keep_their_shape() -> None:
    value = {"owner": "นางพิมพ์พิลาส ใจงาม", "n": [1, 899998877, None, True], "ใจงาม": 2.5}
    assert TRACES.removed_from_value(value) == {"owner": NAME_REMOVED, "n": [1, None, None, True], "ใจงาม": 2.5}
