"""Pages of `rounds`."""

from flask import Blueprint

blueprint = Blueprint("rounds", __name__)
