"""The first page and the health check."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from forumplanner.web.access import ANYONE, bare, opens_to
from forumplanner.web.database import health

blueprint = Blueprint("desks", __name__)


@blueprint.get("/healthz")
@opens_to(ANYONE)
@bare
def healthz() -> ResponseReturnValue:
    """Whether the database answers and its schema is current; 503 where not."""
    found = health()
    return jsonify(found), 200 if all(found.values()) else 503
