"""Pages of `outcomes`: the agenda that is recorded against, the record itself, its way to the organisers."""

from forumplanner.outcomes.views import agenda, record, removed, submission
from forumplanner.outcomes.views.addresses import blueprint

__all__ = ["agenda", "blueprint", "record", "removed", "submission"]
