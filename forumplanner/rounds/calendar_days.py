"""Days to know of when setting a date: public holidays, Buddhist observance days (วันพระ), Songkran week.

All of it warns, nothing blocks: the real Bangkok forum of 2550 was held over a public holiday.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise

from forumplanner.core.i18n import N_, Lang
from forumplanner.core.thai import format_days

_FIRST_LUNAR_YEAR, _LAST_LUNAR_YEAR = 1914, 2157
_FIRST_LUNAR_DAY = date(1913, 11, 28)
# Known to the `holidays` package as public holidays, but nobody is off: always a Saturday.
_NO_DAY_OFF = frozenset({"วันเด็กแห่งชาติ", "National Children's Day"})
_SUBSTITUTE = "ชดเชย"


@dataclass(frozen=True, order=True)
class Holiday:
    """A day on which offices are closed; `is_substitute` where it stands for a holiday that fell on a weekend.

    Of those kept by hand: `region_id` where it is a holiday of one region alone, `is_withdrawn` where the day is none.
    """

    date: date
    name_th: str
    name_en: str
    is_substitute: bool = False
    region_id: int | None = None
    is_withdrawn: bool = False

    def name(self, lang: Lang) -> str:
        """Its name in a language."""
        return self.name_en if lang == "en" else self.name_th


class DateWarningKind(StrEnum):
    """What a day is that should make organisers think twice."""

    HOLIDAY = "holiday"
    OBSERVANCE = "observance"
    SONGKRAN = "songkran"


MESSAGES = {
    DateWarningKind.HOLIDAY: N_("%(day)s is a public holiday: %(name)s."),
    DateWarningKind.OBSERVANCE: N_("%(day)s is a Buddhist observance day (wan phra). Monks may not be free to come."),
    DateWarningKind.SONGKRAN: N_(
        "%(day)s is in the week of Songkran, when many people travel home and roads are busy."
    ),
}


@dataclass(frozen=True)
class DateWarning:
    """One thing to know about one day of a meeting; `holiday` is given where the kind is one."""

    kind: DateWarningKind
    date: date
    holiday: Holiday | None = None

    @property
    def message(self) -> str:
        """The untranslated sentence; fill it with `params`."""
        return MESSAGES[self.kind]

    def params(self, lang: Lang) -> dict[str, str]:
        """What fills the sentence, in the reader's language: day with its weekday, and the holiday's name."""
        return {"day": format_days(self.date, lang=lang), "name": self.holiday.name(lang) if self.holiday else ""}


@lru_cache(maxsize=1)
def _lunar_month_starts() -> list[date]:
    """The first day of every lunar month from 1913 on, by the year types in data/thai-lunar-years.json.

    Months have 29 and 30 days in turn; an adhikawan year gives the seventh month a 30th day, an adhikamat year repeats
    the eighth, of 30 days.
    """
    years = json.loads((files("forumplanner") / "data" / "thai-lunar-years.json").read_text("utf-8"))
    with_extra_month, with_extra_day = frozenset(years["adhikamat"]), frozenset(years["adhikawan"])
    lengths: list[int] = []
    for year in range(_FIRST_LUNAR_YEAR, _LAST_LUNAR_YEAR + 1):
        months = [29, 30] * 6
        if year in with_extra_day:
            months[6] = 30
        if year in with_extra_month:
            months.insert(8, 30)
        lengths += months
    return [_FIRST_LUNAR_DAY + timedelta(days) for days in accumulate(lengths, initial=0)]


def observance_days(start: date, end: date) -> list[date]:
    """The Buddhist observance days (วันพระ) from `start` to `end`, both included, in order.

    Waxing 8, waxing 15, waning 8 and the last day of each lunar month; known from 1913 to 2157.
    """
    starts = _lunar_month_starts()
    months = pairwise(starts[max(bisect_right(starts, start) - 1, 0) :])
    found: list[date] = []
    for first, following in months:
        if first > end:
            break
        days = (first + timedelta(7), first + timedelta(14), first + timedelta(22), following - timedelta(1))
        found += [day for day in days if start <= day <= end]
    return found


@lru_cache(maxsize=256)
def _holidays_of(year: int) -> tuple[Holiday, ...]:
    import holidays

    # Government holidays too: on the day of the Royal Ploughing Ceremony agencies are closed, others are not.
    by_language = [
        holidays.country_holidays("TH", years=year, language=language, categories=("public", "government"))
        for language in ("th", "en_US")
    ]
    found: list[Holiday] = []
    for day in sorted(by_language[0]):
        names = [[name for name in known.get_list(day) if name not in _NO_DAY_OFF] for known in by_language]
        if names[0]:
            substitute = all(name.startswith(_SUBSTITUTE) for name in names[0])
            found.append(Holiday(day, ", ".join(names[0]), ", ".join(names[1]), substitute))
    return tuple(found)


def public_holidays(
    start: date, end: date, extra: Iterable[Holiday] = (), *, region_id: int | None = None
) -> list[Holiday]:
    """The public holidays from `start` to `end`, both included, with their substitution days, in order of date.

    From the `holidays` package; `extra` are days organisers keep by hand: added late, of one region (which count where
    `region_id` is that one), withdrawn (which are left out). Where a day is in both, only the one kept by hand counts.
    Several holidays of one day are one entry, their names joined.
    """
    by_hand = [day for day in extra if day.region_id is None or day.region_id == region_id]
    # A region's own holiday says more of that day than the country's.
    by_hand.sort(key=lambda day: (day.date, day.region_id is not None))
    known = {holiday.date: holiday for year in range(start.year, end.year + 1) for holiday in _holidays_of(year)}
    found = known | {holiday.date: holiday for holiday in by_hand}
    return [day for on, day in sorted(found.items()) if start <= on <= end and not day.is_withdrawn]


def is_in_songkran_week(day: date) -> bool:
    """Whether a day lies in the seven days of Songkran traffic, 11 to 17 April."""
    return day.month == 4 and 11 <= day.day <= 17


def date_warnings(
    start: date, end: date, extra: Iterable[Holiday] = (), *, region_id: int | None = None
) -> list[DateWarning]:
    """What to know about the days of a meeting from `start` to `end`, by day, then holiday before observance day.

    A weekend day is none by itself; in Songkran week a holiday is named as such, the other days as of that week.
    """
    holidays = {holiday.date: holiday for holiday in public_holidays(start, end, extra, region_id=region_id)}
    observed = frozenset(observance_days(start, end))
    warnings: list[DateWarning] = []
    for number in range((end - start).days + 1):
        day = start + timedelta(number)
        if day in holidays:
            warnings.append(DateWarning(DateWarningKind.HOLIDAY, day, holidays[day]))
        elif is_in_songkran_week(day):
            warnings.append(DateWarning(DateWarningKind.SONGKRAN, day))
        if day in observed:
            warnings.append(DateWarning(DateWarningKind.OBSERVANCE, day))
    return warnings
