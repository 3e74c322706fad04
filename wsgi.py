"""For a WSGI server, from the source tree: `waitress-serve wsgi:app`."""

from forumplanner.wsgi import app

__all__ = ["app"]
