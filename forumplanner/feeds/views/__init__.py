"""Calendars for programs, and pages about them for people."""

from forumplanner.feeds.views import calendars, pages
from forumplanner.feeds.views.addresses import blueprint

__all__ = ["blueprint", "calendars", "pages"]
