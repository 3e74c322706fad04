"""The two eras. Nothing outside this package adds or subtracts 543."""

from datetime import date

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_

BUDDHIST_OFFSET = 543
# BE = CE + 543 holds from 1 January 2484 BE (1941) on; before, the Thai year began in April.
FIRST_GREGORIAN, LAST_GREGORIAN = 1941, 2100
FIRST_BUDDHIST, LAST_BUDDHIST = FIRST_GREGORIAN + BUDDHIST_OFFSET, LAST_GREGORIAN + BUDDHIST_OFFSET

YEAR_OUT_OF_RANGE = N_(
    "The year %(year)s is out of range. Please write a year from 1941 to 2100 (BE 2484 to 2643), for example 2007."
)


def buddhist_year(value: date | int) -> int:
    """The Buddhist year of a date or of a Gregorian year: 2007 gives 2550."""
    return (value if isinstance(value, int) else value.year) + BUDDHIST_OFFSET


def gregorian_year(year: int) -> int:
    """The Gregorian year of a year as typed: 2484-2643 is Buddhist, 1941-2100 Gregorian; all else raises Invalid."""
    if FIRST_BUDDHIST <= year <= LAST_BUDDHIST:
        return year - BUDDHIST_OFFSET
    if FIRST_GREGORIAN <= year <= LAST_GREGORIAN:
        return year
    raise Invalid(YEAR_OUT_OF_RANGE, year=year)
