"""Places while one types, and where the data come from."""

import geothai
from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forumplanner.places.searching import search_places
from forumplanner.web.access import ANYONE, SIGNED_IN, opens_to
from forumplanner.web.locale import current_language

blueprint = Blueprint("places", __name__)

LONGEST_SEARCHED = 100


@blueprint.get("/places")
@opens_to(SIGNED_IN)
def find() -> ResponseReturnValue:
    """The few likeliest places for what somebody is typing (`q`), as JSON for place.js: code and name of each."""
    typed = request.args.get("q", "")
    found = search_places(typed) if len(typed) <= LONGEST_SEARCHED else []
    lang = current_language()
    answer: Response = jsonify(places=[{"code": place.code, "text": place.shown(lang)} for place in found])
    answer.headers["Cache-Control"] = "private, max-age=600"
    answer.vary.add("Cookie")
    return answer


def sources_href() -> str:
    """The page that says where the data come from, for the foot of every page."""
    return url_for("places.sources")


@blueprint.get("/sources")
@opens_to(ANYONE)
def sources() -> ResponseReturnValue:
    """Where the names of places and the outlines of provinces come from, and under which licence."""
    return render_template("places/sources.html", version=geothai.DATA_VERSION)
