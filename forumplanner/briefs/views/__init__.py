"""Pages of `briefs`."""

from forumplanner.briefs.views.pages import blueprint

__all__ = ["blueprint"]
