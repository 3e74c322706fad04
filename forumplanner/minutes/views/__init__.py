"""Pages of `minutes`."""

from forumplanner.minutes.views.pages import blueprint

__all__ = ["blueprint"]
