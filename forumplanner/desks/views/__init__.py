"""Pages of `desks`: home, the round board, one meeting, its scheduling, and what stands around every page."""

from forumplanner.desks.views import (
    all_dates,
    arranging,
    erasing,
    handing_over,
    looks,
    meeting,
    merging,
    partner,
    processing,
    scheduling,
)
from forumplanner.desks.views.navigation import init_navigation
from forumplanner.desks.views.pages import blueprint

__all__ = [
    "all_dates",
    "arranging",
    "blueprint",
    "erasing",
    "handing_over",
    "init_navigation",
    "looks",
    "meeting",
    "merging",
    "partner",
    "processing",
    "scheduling",
]
