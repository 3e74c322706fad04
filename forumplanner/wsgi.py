"""For a WSGI server: `waitress-serve forumplanner.wsgi:app`."""

from forumplanner.factory import create_app
from forumplanner.web.log_lines import set_up_logging

set_up_logging()
app = create_app()
