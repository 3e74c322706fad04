"""Pages of `outcomes`: the record, its way to the organisers."""

from forumplanner.outcomes.views import record, removed, submission, versions
from forumplanner.outcomes.views.addresses import blueprint

__all__ = ["blueprint", "record", "removed", "submission", "versions"]
