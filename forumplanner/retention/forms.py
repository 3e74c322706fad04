"""Forms of the periods, and of a person who is kept longer."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forumplanner.core import clock
from forumplanner.core.periods import ACCOUNTS, ADJUSTABLE, AFTER_MEETING, HISTORY, LOOKS, MESSAGES, PARTNERS, Period
from forumplanner.core.stamps import Shown
from forumplanner.retention.fields import NumberField
from forumplanner.retention.rules import check_hold, check_number
from forumplanner.retention.services import HoldGiven
from forumplanner.web.forms import Checked, Needed, PlainField, ThaiDateField
from forumplanner.web.seen import SeenForm


def _number(period: Period) -> NumberField:
    needed = Needed(_l("Please write a number."))
    return NumberField(_l(period.name), [needed, Checked(lambda number: check_number(period, number))])


def _check_until(until: date) -> None:
    check_hold(until, clock.today())


class PeriodsForm(SeenForm):
    """The number of each period that may be set; a test compares the fields with `periods.ADJUSTABLE`."""

    partners = _number(PARTNERS)
    after_meeting = _number(AFTER_MEETING)
    messages = _number(MESSAGES)
    history = _number(HISTORY)
    looks = _number(LOOKS)
    accounts = _number(ACCOUNTS)

    def show_numbers(self, shown: Shown) -> None:
        """Fill the fields."""
        for name, value in shown.items():
            self._fields[name].data = value
        self.saw(shown)

    def numbers(self) -> dict[str, int | None]:
        """What was typed, by the period's slug."""
        return {period.slug: self._fields[period.slug].data for period in ADJUSTABLE}


class HoldForm(SeenForm):
    """Until when somebody is kept, and why."""

    until = ThaiDateField(_l("Keep until"), [Needed(_l("Please write a day.")), Checked(_check_until)])
    reason = PlainField(
        _l("Reason"),
        [Needed(_l("Please write why."))],
        max_length=300,
        description=_l("For example: will be invited again when the fund is founded."),
    )

    def show_hold(self, shown: Shown) -> None:
        """Fill the fields."""
        self.until.data, self.reason.data = shown["until"], shown["reason"]
        self.saw(shown)

    def given(self) -> HoldGiven:
        """What was typed."""
        assert self.until.data is not None, _("Please write a day.")
        return HoldGiven(self.until.data, self.reason.data or "")
