"""Pages of `invitations`: a meeting's invitations, choosing whom to invite, and the invited one's own."""

from forumplanner.invitations.views import caring, checking, choosing, replying, telling, withdrawing
from forumplanner.invitations.views.pages import blueprint

__all__ = ["blueprint", "caring", "checking", "choosing", "replying", "telling", "withdrawing"]
