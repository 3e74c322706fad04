"""Pages of `rounds`, and what other pages say of a round in the reader's language."""

from forumplanner.rounds.views.pages import blueprint

__all__ = ["blueprint"]
