"""What pages and commands say of a list that is imported."""

from flask_babel import gettext as _

from forumplanner.core.i18n import N_
from forumplanner.partners.importing.matching import State
from forumplanner.partners.importing.remarks import Remark
from forumplanner.partners.words import FIELDS

STATES = {
    State.NEW: N_("New"),
    State.UPDATE: N_("Adds something"),
    State.DUPLICATE: N_("There already"),
    State.ERROR: N_("To be mended"),
}


def say(remark: Remark) -> str:
    """A remark in the language at hand."""
    params = {
        name: _(FIELDS[value]) if name == "field" and value in FIELDS else value
        for name, value in remark.params.items()
    }
    return str(_(remark.text, **params) if params else _(remark.text))
