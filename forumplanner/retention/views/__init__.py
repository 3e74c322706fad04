"""Pages of the periods: setting them, what will be removed, what was, and the mail that tells of it."""

from forumplanner.retention.views import coming, holding, periods
from forumplanner.retention.views.addresses import blueprint
from forumplanner.retention.views.coming import coming_notice
from forumplanner.retention.views.telling import tell_organisers
from forumplanner.retention.views.words import kept_for

__all__ = ["blueprint", "coming", "coming_notice", "holding", "kept_for", "periods", "tell_organisers"]
