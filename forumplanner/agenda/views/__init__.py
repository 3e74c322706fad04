"""Pages of `agenda`: the agenda of a meeting and its programme."""

from forumplanner.agenda.views import agenda, programme, removed
from forumplanner.agenda.views.addresses import blueprint

__all__ = ["agenda", "blueprint", "programme", "removed"]
