"""What the page of choosing is asked for: by its address, by its ticks, by the button that was pressed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import request, url_for

from forumplanner.invitations import lists
from forumplanner.invitations.lists import Key
from forumplanner.partners.search import clean_text
from forumplanner.rounds.models import Meeting

# Of partners that an address names beside the list, as those just added.
MOST_NAMED = 50
CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: whom to list, from where on, and who was just added and stands ticked above."""

    meeting: Meeting
    q: str = ""
    region: str = ""
    kind: str = ""
    show: str = ""
    after: int = 0
    before: int = 0
    added: Sequence[str] = ()

    def address(self) -> str:
        """The address that asks for it."""
        asked = {name: getattr(self, name) for name in ("q", "region", "kind", "show", "after", "before")}
        return url_for(
            "invitations.add",
            code=self.meeting.round.code,
            slug=self.meeting.slug,
            partner=list(self.added),
            **{name: value for name, value in asked.items() if value},
        )

    def turned(self, go: str) -> "Asked":
        """The same list from another place on: "after-812" or "before-900"; else from its beginning."""
        way, _hyphen, number = go.partition("-")
        found = min(int(number), 2**31 - 1) if number.isascii() and number.isdecimal() else 0
        return replace(self, after=found if way == "after" else 0, before=found if way == "before" else 0, added=())


def read_asked(meeting: Meeting) -> Asked:
    """Read the address; what it names wrongly is not asked for."""

    def number(name: str) -> int:
        return min(max(request.args.get(name, 0, type=int), 0), 2**31 - 1)

    added = [text for text in request.args.getlist("partner") if lists.read_key(text)]
    return Asked(
        meeting,
        q=clean_text(request.args.get("q", "")),
        region=request.args.get("region", ""),
        kind=request.args.get("kind", ""),
        show=CHOSEN if request.args.get("show") == CHOSEN else "",
        after=number("after"),
        before=number("before"),
        added=tuple(dict.fromkeys(added))[:MOST_NAMED],
    )


@dataclass(frozen=True, slots=True)
class Ticks:
    """What a sent page says of its ticks: which stand, and which stood when it was drawn.

    Only what differs is carried out. A guest that stood unticked and still does may have been ticked in another window.
    """

    now: frozenset[Key] = frozenset()
    before: frozenset[Key] = frozenset()

    @property
    def added(self) -> frozenset[Key]:
        return self.now - self.before

    @property
    def removed(self) -> frozenset[Key]:
        return self.before - self.now


def read_ticks() -> Ticks:
    """Read them from the form."""

    def keys(name: str) -> frozenset[Key]:
        return frozenset(key for text in request.form.getlist(name) if (key := lists.read_key(text)))

    return Ticks(keys("partner"), keys("was"))


def led_to(asked: Asked, go: str) -> str:
    """Where a button of the page leads."""
    typed = Asked(
        asked.meeting,
        q=clean_text(request.form.get("q", "")),
        region=request.form.get("region", ""),
        kind=request.form.get("kind", ""),
        show=CHOSEN if request.form.get("show") == CHOSEN else "",
    )
    if go == "check":
        return url_for("invitations.check", code=asked.meeting.round.code, slug=asked.meeting.slug)
    if go == "partner":
        return url_for("partners.new", then=Asked(asked.meeting).address(), name=typed.q or None)
    if go == "chosen":
        return Asked(asked.meeting, show=CHOSEN).address()
    if go in ("clear", "search-all"):
        return Asked(asked.meeting).address()
    if go in ("found", "save"):
        return replace(asked, added=()).address()
    return asked.turned(go).address() if go.startswith(("after", "before")) else typed.address()
