import pytest

from forumplanner.printing.press import the_press


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("น้ำ ป่ำ ฤๅ ฿100 “a” → □ ✓", "น้ำ ป่ำ ฤๅ ฿100 “a” → □ ✓"),
        ("ประชุม😀ดี", "ประชุม□ดี"),
        ("👨‍👩‍👧‍👦", "□"),
        ("👍🏽", "□"),
        ("❤️", "□"),
        ("漢字", "□□"),
        ("25℃ ① Ａ １ ㎡ ﬁ", "25°C 1 A 1 m2 ﬁ"),
        ("a\u2003b\u2028c\u3000d", "a b c d"),
        ("ก\u200bข\u200c\u200d\ufeff\u00ad\u200eค", "กขค"),
        ("\x00\x07\x1b\x7fก\tข\nค", "ก\tข\nค"),
        ("non\u2011breaking", "non\u2010breaking"),
        ("✔ ☒ ❌ ⬜", "✓ [×] × □"),
    ],
)
def test_what_the_font_lacks_is_replaced_by_what_comes_nearest(text: str, printed: str) -> None:
    assert the_press().coverage.printable(text) == printed
