"""For a WSGI server, from the source tree: `gunicorn wsgi:app`."""

from forumplanner.wsgi import app

__all__ = ["app"]
