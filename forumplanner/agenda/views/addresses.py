"""The blueprint and the addresses of its pages."""

from flask import Blueprint

blueprint = Blueprint("agenda", __name__)

AGENDA = "/rounds/<code>/<meeting:slug>/agenda"
PROGRAMME = "/rounds/<code>/<meeting:slug>/programme"
# The largest key both databases take.
ITEM = AGENDA + "/<int(max=2147483647):item_id>"
ENTRY = PROGRAMME + "/<int(max=2147483647):entry_id>"
