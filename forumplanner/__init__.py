"""forumplanner: rounds of regional forums, from the first date to the national brief."""

__version__ = "0.1.0"
