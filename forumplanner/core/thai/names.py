"""Splits titles off names; they are kept, but neither sorted nor compared. Everything that compares names asks here."""

import re
from functools import lru_cache
from typing import NamedTuple

from forumplanner.core.thai import titles
from forumplanner.core.thai.repairing import repair, search_key

_CHAINED = (*titles.RANKS, *titles.ACADEMIC, *titles.MEDICAL, *titles.ROYAL, *titles.MONKS, *titles.CIVIL)
_WORDS = (*_CHAINED, *titles.MUSLIM, *titles.OFFICE, *titles.FAMILIAR)
_ABBREVIATIONS = (*titles.ABBREVIATED_CIVIL, *titles.ABBREVIATED_RANKS, *titles.ABBREVIATED_OTHERS)
_RANKS = {*titles.RANKS, *titles.ABBREVIATED_RANKS}
_ACADEMIC = {*titles.ACADEMIC, "ศ.", "รศ.", "ผศ."}
_ENDING = {*titles.CIVIL, *titles.FAMILIAR, *titles.OFFICE, *titles.APART}
_EVERY = {*_WORDS, *titles.APART, *_ABBREVIATIONS}
# Titles that free text holds where a name follows; familiar ones (แม่, หมอ) begin too many other words.
HONORIFICS: tuple[str, ...] = (
    *_CHAINED,
    *("คุณ", "ลุง", "ป้า", "พี่", "ครู", "กำนัน", "ผู้ใหญ่บ้าน", "ผู้ใหญ่", "อิหม่าม", "โต๊ะครู"),
    *(f"ว่าที่{rank}" for rank in ("ร้อยตรี", "ร้อยตรีหญิง")),
    *("ว่าที่ ร.ต.", *_ABBREVIATIONS),
)

# What follows must be able to begin a name: not a vowel that hangs on the letter before (คุณากร), nor a silent letter.
_NAME_BEGINS = r"(?=[ก-ฮ](?!์)|[เ-ไ]|[A-Za-z(])"
# Close behind a word one letter alone is no name: หมอก, แม่น, ป้าน.
_NO_SYLLABLE = r"(?![ก-ฮ](?: |$))"


def _one_of(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _shape(abbreviation: str) -> str:
    """The ways an abbreviation is written: ร.ต.อ., ร. ต. อ., รตอ. and, where it is no syllable, รตอ before a space."""
    groups = abbreviation.rstrip(".").split(".")
    together = "".join(groups)
    dotted = r"\. ?".join(groups)
    shapes = [rf"{dotted}(?:\. ?| |(?=\())", rf"{together}\. ?"]
    if len(groups) == 1 and together not in titles.DOTLESS and len(together) < 3:
        shapes = [rf"{together}\. ?"]
    elif len(together) >= 3 or together in titles.DOTLESS:
        shapes.append(f"{together} ")
    return "|".join(shapes)


_SORTED = sorted(_ABBREVIATIONS, key=lambda text: (-len(text), text))
_WORD = re.compile(
    rf"(?P<word>{_one_of(_WORDS)})(?: |{_NO_SYLLABLE}){_NAME_BEGINS}|(?P<apart>{_one_of(titles.APART)}) {_NAME_BEGINS}"
)
_NEXT_WORD = re.compile(rf"(?P<word>{_one_of(_CHAINED)})(?: |{_NO_SYLLABLE}){_NAME_BEGINS}")
_SHAPES = "|".join(f"(?P<a{index}>{_shape(text)})" for index, text in enumerate(_SORTED))
_ABBREVIATION = re.compile(rf"(?:{_SHAPES}){_NAME_BEGINS}")
_ACTING = re.compile(r"ว่าที่ ?")
_QUALIFIER = re.compile(r" ?(\(?พิเศษ\)?|\(?คลินิก\)?|เกียรติคุณ|กิตติคุณ)\.? ?")
_FEMALE = re.compile(rf" ?\(?หญิง\)?\.? ?{_NAME_BEGINS}")
_QUALIFIED = re.compile(rf"({_one_of((*_RANKS, *_ACADEMIC))})(?:{_QUALIFIER.pattern}|{_FEMALE.pattern})")
_LATIN = re.compile(rf"({'|'.join(sorted(titles.ENGLISH, key=len, reverse=True))})(?:\. ?| )(?=\S)", re.IGNORECASE)
_UNKNOWN = re.compile(r"(?:[ก-ฮเ-ไ][ก-ฮะ-ฺ็-๎]{0,5}\. ?){1,5}(?=\S)")
_NAVY = re.compile(r" ร\. ?น\.?$")
# Posts that merely begin like a title: นายกเทศมนตรี is nobody called กเทศมนตรี, ครูใหญ่ nobody called ใหญ่.
_POST = re.compile(
    r"นายก(?: ?(?:เทศ|สมาคม|องค์การ|รัฐมนตรี|อบ[ตจ]|สภา|เหล่า|เมือง)|$)|ครู(?:ใหญ่|ประจำ|อาสา|พี่เลี้ยง)|อาจารย์ใหญ่|"
    r"ปลัด(?:อำเภอ|จังหวัด|เทศบาล|อบ[ตจ]|กระทรวง|องค์การ)|หมอ(?:ดิน|ลำ|นวด)|แม่บ้าน|พ่อบ้าน|พ่อเมือง|พ่อค้า|แม่ค้า|"
    r"แพทย์ประจำตำบล$|ผู้ใหญ่บ้าน ?หมู่|กำนันตำบล|ผู้กำกับการ|เจ้า(?:หน้าที่|อาวาส|ของ|คณะ|พนักงาน)"
)


class Doubt(NamedTuple):
    """What stands before a name and may be a title or a part of it, and the name without it."""

    title: str
    rest: str


@lru_cache(maxsize=2048)
def split_honorific(name: str) -> tuple[str, str]:
    """Split a name into its titles and the rest, both repaired; the titles are "" where there are none.

    "นางสาวสมศรี ใจดี" gives ("นางสาว", "สมศรี ใจดี"), "ผศ. ดร. สมคิด" gives ("ผศ.ดร.", "สมคิด"), "ว่าที่ร.ต.หญิง สมศรี"
    gives ("ว่าที่ ร.ต.หญิง", "สมศรี"). Abbreviations are returned with their dots. A name that is nothing but a title
    stays whole. A guess to be shown and corrected: a given name may begin like a title; see `find_doubt`.
    """
    rest = repair(name)
    first = rest.partition(" ")[0]
    if rest in _EVERY or _POST.match(rest):
        return "", rest
    if first in titles.DOUBTFUL:
        title = titles.DOUBTFUL[first]
        return title, rest.removeprefix(title)
    found, behind = _thai_titles(rest)
    if not found:
        found, behind = _english_titles(rest)
    return (_together(found), behind) if behind else ("", rest)


def _thai_titles(rest: str) -> tuple[list[str], str]:
    found: list[str] = []
    acting = _ACTING.match(rest)
    if acting:
        rank, behind = _one_title(rest[acting.end() :], first=False)
        if rank in _RANKS:
            found, rest = [f"ว่าที่ {rank}" if rank.endswith(".") else f"ว่าที่{rank}"], rest[len(rest) - len(behind) :]
            rest = _qualified(found, rank, rest)
    while True:
        title, behind = _one_title(rest, first=not found)
        # นายพลเอก and คุณพระพร bear names, no second title.
        if not title or (found and found[-1] in _ENDING and not title.endswith(".")):
            return found, rest
        found.append(title)
        rest = _qualified(found, title, behind)


def _one_title(rest: str, *, first: bool) -> tuple[str, str]:
    word = (_WORD if first else _NEXT_WORD).match(rest)
    short = _ABBREVIATION.match(rest)
    if short and (not word or word.end() < short.end()):
        written = _SORTED[int((short.lastgroup or "a0")[1:])]
        return titles.ALIASES.get(written, written), rest[short.end() :]
    if word:
        return word["word"] or word["apart"], rest[word.end() :]
    # A title that is told apart only by what qualifies it: ศ.เกียรติคุณ, พ.อ.(พิเศษ), ร.ต.อ.หญิง.
    qualified = _QUALIFIED.match(rest)
    return (qualified[1], rest[qualified.end(1) :]) if qualified else ("", rest)


def _qualified(found: list[str], title: str, rest: str) -> str:
    """Add to the last title what qualifies it: พิเศษ, เกียรติคุณ, หญิง."""
    if title in _RANKS or title in _ACADEMIC:
        qualifier = _QUALIFIER.match(rest)
        if qualifier:
            found[-1] += qualifier[1]
            rest = rest[qualifier.end() :]
    if title in _RANKS:
        female = _FEMALE.match(rest)
        if female:
            found[-1] += "หญิง"
            rest = rest[female.end() :]
    return rest


def _english_titles(rest: str) -> tuple[list[str], str]:
    found: list[str] = []
    behind, last = rest, ""
    while latin := _LATIN.match(behind):
        last = latin[1].lower()
        found.append(titles.ENGLISH[last])
        behind = behind[latin.end() :]
    return ([], rest) if last in titles.ENGLISH_BEFORE_OTHERS else ([" ".join(found)] if found else [], behind)


def _together(found: list[str]) -> str:
    """ผศ.ดร., but ผู้ช่วยศาสตราจารย์ ดร."""
    text = ""
    for title in found:
        text += title if not text or text.endswith(".") else f" {title}"
    return text


@lru_cache(maxsize=2048)
def find_doubt(name: str) -> Doubt | None:
    """What only the person can tell: an abbreviation that is on no list, or a name that begins like a title."""
    whole = repair(name)
    first = whole.partition(" ")[0]
    for title in ("พระ", "นาง", "แม่", "คุณ", "ครู", "หมอ", "พ่อ"):
        if first in titles.DOUBTFUL and first.startswith(title):
            return Doubt(title, whole.removeprefix(title).strip())
    honorific, rest = split_honorific(whole)
    unknown = _UNKNOWN.match(rest)
    if not unknown or not rest[unknown.end() :].strip():
        return None
    title = unknown[0].strip()
    return Doubt(_together([honorific, title]) if honorific else title, rest[unknown.end() :])


@lru_cache(maxsize=2048)
def name_key(name: str) -> str:
    """What two spellings of one name have in common: without titles of any kind, repaired and folded."""
    doubt = find_doubt(name)
    rest = doubt.rest if doubt and "." in doubt.title else split_honorific(name)[1]
    return search_key(_NAVY.sub("", rest) or name)


def join_honorific(honorific: str, name: str) -> str:
    """Write a name with its honorific: Thai ones stand close (นายสมชาย, ดร.สมคิด), English ones apart."""
    if not honorific:
        return name
    return f"{honorific} {name}" if honorific.isascii() else f"{honorific}{name}"


def after_word(name: str) -> str:
    """A name as it follows straight after a Thai word; an abbreviation is set off: ภาคใต้, ภาค กทม.และปริมณฑล."""
    return f" {name}" if "." in name else name


def is_monks_honorific(honorific: str) -> bool:
    """Whether titles, as split off, are a monk's or novice's: it decides the salutation."""
    return honorific.partition(" ")[0] in titles.MONKS or honorific in ("Ven.", "Phra")
