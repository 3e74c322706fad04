"""For a WSGI server: `gunicorn wsgi:app`."""

from forumplanner.factory import create_app

app = create_app()
