"""Ranges of days, and what contradicts what, in the reader's language."""

from datetime import date

from flask_babel import gettext as _

from forumplanner.core import thai
from forumplanner.rounds.contradictions import MESSAGES, Contradiction
from forumplanner.rounds.models import Round
from forumplanner.rounds.services import meeting_title
from forumplanner.web.locale import current_language


def days_short(start: date, end: date) -> str:
    """30-31 ม.ค. 2550."""
    return thai.format_range_short(start, end, lang=current_language())


def days_words(start: date, end: date) -> str:
    """อังคาร 30 - พุธ 31 ม.ค. 2550."""
    return thai.format_days(start, end, lang=current_language())


def days_full(start: date, end: date) -> str:
    """วันอังคารที่ 30 - วันพุธที่ 31 มกราคม 2550, for showing a reading back."""
    return thai.format_range_full(start, end, lang=current_language())


def contradiction_words(found: Round, each: Contradiction) -> str:
    """What cannot all be meant, as a sentence."""
    lang = current_language()
    told = each.meeting or each.other
    due, other = found.outcomes_due_on, each.other
    return str(
        _(
            MESSAGES[each.kind],
            code=found.code,
            window=days_short(found.starts_on, found.ends_on),
            due=thai.format_short(due, lang) if due else "",
            meeting=meeting_title(told, lang) if told else "",
            days=days_short(told.starts_on, told.ends_on) if told else "",
            national=days_short(other.starts_on, other.ends_on) if other else "",
            day=thai.format_short(each.day, lang) if each.day else "",
        )
    )
