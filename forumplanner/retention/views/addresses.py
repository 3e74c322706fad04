"""The blueprint."""

from flask import Blueprint

blueprint = Blueprint("retention", __name__)
