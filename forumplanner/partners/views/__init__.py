"""Pages of partners: the list, adding and changing one, who stands there twice, and lists from spreadsheets."""

from forumplanner.partners.views import correcting, duplicates, editing, importing, listing
from forumplanner.partners.views.pages import blueprint

__all__ = ["blueprint", "correcting", "duplicates", "editing", "importing", "listing"]
