"""Pages of `rounds`: the rounds themselves, the regions that take part in them, holidays kept by hand."""

from forumplanner.rounds.views import holidays, regions, rounds, taking_part
from forumplanner.rounds.views.addresses import blueprint

__all__ = ["blueprint", "holidays", "regions", "rounds", "taking_part"]
