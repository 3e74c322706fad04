"""Who acts where no account does, and how pages name them."""

from forumplanner.core.i18n import N_
from forumplanner.history.services import SYSTEM, Actor

BY_LINK = Actor(None, "by private link")
CALENDAR_LINK = Actor(None, "private link")
COMMAND_LINE = Actor(None, "command line")

IN_WORDS = {
    SYSTEM.name: N_("the system"),
    BY_LINK.name: N_("by private link"),
    CALENDAR_LINK.name: N_("by private link"),
    COMMAND_LINE.name: N_("command line"),
}
"""What is stored, and the words for it; whoever is not here is a person and is called by name."""
