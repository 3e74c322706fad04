"""Pages of partners: the list, adding and changing one, and lists from spreadsheets."""

from forumplanner.partners.views import correcting, editing, importing, listing
from forumplanner.partners.views.pages import blueprint

__all__ = ["blueprint", "correcting", "editing", "importing", "listing"]
