"""Pages of `outcomes`."""

from flask import Blueprint

blueprint = Blueprint("outcomes", __name__)
