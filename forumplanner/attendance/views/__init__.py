"""Pages of `attendance`: the three lists and their lines; placing the invited on them."""

from forumplanner.attendance.views import lists, placing
from forumplanner.attendance.views.addresses import blueprint

__all__ = ["blueprint", "lists", "placing"]
