"""Pages of `invitations`: a meeting's invitations, choosing whom to invite, and the invited one's own."""

from forumplanner.invitations.views import checking, choosing, replying, withdrawing
from forumplanner.invitations.views.pages import blueprint

__all__ = ["blueprint", "checking", "choosing", "replying", "withdrawing"]
