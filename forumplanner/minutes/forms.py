"""The form about who signs the minutes."""

from flask_babel import lazy_gettext as _l

from forumplanner.minutes.services import LONGEST_NAME
from forumplanner.web.forms import PlainField
from forumplanner.web.seen import SeenForm


class SignersForm(SeenForm):
    """Who wrote the minutes down, and who checked them; without a checker there is one signature."""

    recorder_name = PlainField(_l("Recorder of the minutes"), max_length=LONGEST_NAME)
    checker_name = PlainField(_l("Checker of the minutes"), max_length=LONGEST_NAME)
