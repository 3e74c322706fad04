"""What differs between two versions of a text, and back again."""

from hypothesis import given
from hypothesis import strategies as st

from forumplanner.history.differences import Edit, apply_edits, digest, find_edits, read_edits, write_edits

LETTERS = st.text("กขิ้ำา \nab๑", max_size=80)
PARAGRAPH = "".join(f"ที่ประชุมพิจารณาเรื่องที่ {number} แล้วเห็นว่าควรเชื่อมกับสวัสดิการชุมชน " for number in range(12))


@given(LETTERS, LETTERS)
def test_the_newer_text_comes_back_exactly(old: str, new: str) -> None:
    assert apply_edits(old, find_edits(old, new)) == new


@given(LETTERS, LETTERS, LETTERS, LETTERS)
def test_it_comes_back_from_what_is_kept_of_a_change_in_two_places(a: str, b: str, c: str, d: str) -> None:
    old, new = f"{a}{PARAGRAPH}{b}", f"{c}{PARAGRAPH}{d}"
    before, after, edits = read_edits(write_edits(old, new))
    assert (before, after) == (digest(old), digest(new))
    assert apply_edits(old, edits) == new


def test_changes_at_both_ends_and_in_the_middle_keep_nothing_of_what_stayed() -> None:
    half = PARAGRAPH.index("ที่ประชุมพิจารณาเรื่องที่ 6")
    new = f"ก่อน {PARAGRAPH[:half]}กลาง{PARAGRAPH[half:]} หลัง"
    assert find_edits(PARAGRAPH, new) == [
        Edit(0, "", "ก่อน "),
        Edit(half, "", "กลาง"),
        Edit(len(PARAGRAPH), "", " หลัง"),
    ]


def test_a_letter_keeps_the_marks_on_it() -> None:
    assert find_edits("กลุ่มที่มี", "กลุ่มที่มา") == [Edit(8, "มี", "มา")]


def test_texts_of_one_letter_only_do_not_take_long() -> None:
    old, new = "ก" * 50_000 + "ข" * 20_000, "ค" + "ก" * 40_000 + "ง" * 40_000
    assert apply_edits(old, find_edits(old, new)) == new
