"""When and where a meeting is, in words: composed here and nowhere else, in the language asked for.

Pages, calendars, invitations, minutes and mails say the same of one meeting. Their own sentences stand around it.
"""

from collections.abc import Sequence
from datetime import date, time

from forumplanner.core import thai
from forumplanner.core.i18n import Lang
from forumplanner.rounds.models import Meeting
from forumplanner.rounds.rules import days_between

BANGKOK_CODE = "10"
# The capital's other names, in which a venue or an address may have named it already.
CAPITAL_NAMES = ("กทม", "กรุงเทพ")
CAPITAL: dict[Lang, str] = {"th": "กรุงเทพมหานคร", "en": "Bangkok"}
PROVINCE: dict[Lang, str] = {"th": "จ.{}", "en": "{}"}
# On what is handed over as a document or an invitation, nothing is shortened.
FORMAL_PROVINCE: dict[Lang, str] = {"th": "จังหวัด{}", "en": "{}"}
NOT_SET: dict[Lang, str] = {"th": "ยังไม่กำหนดเวลา", "en": "hours not set yet"}
NOT_GIVEN: dict[Lang, str] = {"th": "ไม่ได้ระบุเวลา", "en": "hours not given"}


def describe_days(meeting: Meeting, lang: Lang) -> str:
    """Its days with their weekdays: อังคาร 30 - พุธ 31 ม.ค. 2550."""
    return thai.format_days(meeting.starts_on, meeting.ends_on, lang)


def describe_days_short(meeting: Meeting, lang: Lang) -> str:
    """The same without weekdays: 30-31 ม.ค. 2550."""
    return thai.format_range_short(meeting.starts_on, meeting.ends_on, lang)


def has_place(meeting: Meeting) -> bool:
    """Whether its place is known, in whatever language."""
    return bool(meeting.venue_th or meeting.venue_en)


def name_place(meeting: Meeting, lang: Lang) -> str:
    """The place alone, as a list has room for it; empty while it is not known."""
    return meeting.venue(lang)


def name_address(meeting: Meeting) -> str:
    """The address of the place; empty while it is not known."""
    return meeting.venue_address or ""


def name_province(meeting: Meeting, lang: Lang, *, named_in: Sequence[str] = (), formal: bool = False) -> str:
    """Its province as it stands behind a place; empty where there is none, or where these texts name it already."""
    province = meeting.province
    if province is None or any(province.name(lang) in text for text in named_in):
        return ""
    if province.code != BANGKOK_CODE:
        return (FORMAL_PROVINCE if formal else PROVINCE)[lang].format(province.name(lang))
    if any(name in text for text in named_in for name in CAPITAL_NAMES):
        return ""
    return CAPITAL[lang]


def describe_place(meeting: Meeting, lang: Lang, *, with_address: bool = True, formal: bool = False) -> str:
    """Place, address and province in one line; a province that has been named already is not named again.

    With neither place nor address it is the province alone, or empty.
    """
    said = [text for text in (meeting.venue(lang), meeting.venue_address if with_address else None) if text]
    province = name_province(meeting, lang, named_in=said, formal=formal)
    return (" " if lang == "th" else ", ").join([*said, province] if province else said)


def known_hours(meeting: Meeting) -> dict[date, tuple[time, time]]:
    """When each of its days opens and closes; days whose hours are not known are left out."""
    return {day.on: (day.opens_at, day.closes_at) for day in meeting.days}


def describe_hours(meeting: Meeting, lang: Lang, today: date) -> tuple[str, ...]:
    """Its hours: nothing while none are known, one text where every day has the same, else one a day with its weekday.

    A day without hours says so; that they are still to be set, only until the meeting is over.
    """
    known = known_hours(meeting)
    unknown = (NOT_GIVEN if meeting.ends_on < today else NOT_SET)[lang]
    days = days_between(meeting.starts_on, meeting.ends_on)
    texts = [thai.format_time_range(*known[on], lang) if on in known else unknown for on in days]
    if not known:
        return ()
    if len(set(texts)) == 1:
        return (texts[0],)
    return tuple(f"{thai.weekday_name(on, lang)} {on.day}: {text}" for on, text in zip(days, texts, strict=True))
