"""Two partners become one: field by field, with all that pointed at either; undone within the day.

`rows` knows every column that refers to a partner; `choices` what differs; `obstacles` what would be lost;
`carrying` moves; `doing` does it as a whole, and undoes it.
"""

from forumplanner.desks.merging.choices import Difference, differences, shown_of, unite
from forumplanner.desks.merging.doing import (
    find_undoable,
    forget_merges,
    merge_partners,
    undo_merge,
    who_merged,
)
from forumplanner.desks.merging.obstacles import Obstacle, find_obstacles

__all__ = [
    "Difference",
    "Obstacle",
    "differences",
    "find_obstacles",
    "find_undoable",
    "forget_merges",
    "merge_partners",
    "shown_of",
    "undo_merge",
    "unite",
    "who_merged",
]
