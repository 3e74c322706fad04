"""Pages of accounts: one's own, and those that organisers keep."""

from forumplanner.accounts.views import managing, own
from forumplanner.accounts.views.addresses import blueprint

__all__ = ["blueprint", "managing", "own"]
