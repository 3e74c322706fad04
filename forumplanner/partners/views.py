"""Pages of `partners`."""

from flask import Blueprint

blueprint = Blueprint("partners", __name__)
