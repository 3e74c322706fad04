"""Pages of `invitations`: a meeting's invitations, choosing whom to invite, and the invited one's own."""

from forumplanner.invitations.views import choosing, replying
from forumplanner.invitations.views.pages import blueprint

__all__ = ["blueprint", "choosing", "replying"]
