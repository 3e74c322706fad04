"""The part of a form that finds a stale save: what it showed, and both texts where somebody else saved meanwhile."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from wtforms import Field

from forumplanner.core.errors import Refused, Stale
from forumplanner.core.stamps import Shown, make_stamp
from forumplanner.web.forms import BaseForm, HiddenField


class SeenForm(BaseForm):
    """A form that carries the stamp of what it showed (`core.stamps`).

    After a stale save `conflict` holds both texts by label, the form what was typed, but in fields that the person had
    not touched what is saved now; with the new stamp, so that saving again is deliberate. `status` is the HTTP status
    of a page that shows the form.
    """

    # A page may hold several such forms, so their marks have no ids.
    seen = HiddenField(render_kw={"id": False})
    refusal: Refused | None = None
    conflict: Stale | None = None

    def saw(self, shown: Shown) -> None:
        """Carry the stamp of these values from now on."""
        self.seen.raw_data = None
        self.seen.data = make_stamp(shown)

    @property
    def stamp(self) -> str:
        """What the page showed that this form was sent from."""
        return self.seen.data or ""

    def show_refusal_of(self, other: "SeenForm") -> None:
        """Show what refused another form, in whose place this one stands on the page now."""
        self.refusal, self.conflict, self.form_errors = other.refusal, other.conflict, list(other.form_errors)

    def show_refusal(self, refusal: Refused) -> None:
        """Show it, and on a stale save both texts."""
        super().show_refusal(refusal)
        self.refusal = refusal
        if not isinstance(refusal, Stale):
            return
        self.conflict = self._both_in_words(refusal)
        for name, value in refusal.untouched.items():
            self.take(name, value)
        if refusal.seen is not None:
            self.seen.raw_data, self.seen.data = None, refusal.seen

    def take(self, name: str, value: Any) -> None:
        """Show in that field what is saved."""
        box = self.box(name)
        if box is not None:
            box.raw_data, box.data = None, value

    def box(self, name: str) -> Field | None:
        """The field of that name; `hours-0` is the first of the list `hours`."""
        if name in self._fields:
            found: Field = self._fields[name]
            return found
        head, _dash, place = name.rpartition("-")
        entries: list[Field] = getattr(self._fields.get(head), "entries", [])
        return entries[int(place)] if place.isdecimal() and int(place) < len(entries) else None

    def label_of(self, name: str) -> str:
        """What the field of that name is called on the page."""
        box = self.box(name)
        return str(box.label.text) if box is not None else name

    def words_of(self, name: str, value: Any) -> str:
        """A value as that field shows it."""
        box = self.box(name)
        if value in (None, ""):
            return ""
        show = getattr(box, "show", None)
        if show is not None:
            return str(show(value))
        names = dict(self._choices_of(box))
        if isinstance(value, list | tuple):
            return ", ".join(names.get(str(each), str(each)) for each in value)
        return names.get(str(getattr(value, "value", value)), str(value))

    @staticmethod
    def _choices_of(box: Field | None) -> list[tuple[str, str]]:
        choices: Any = getattr(box, "choices", None) or ()
        pairs = choices.items() if isinstance(choices, Mapping) else choices
        return [(str(value), str(words)) for value, words in pairs]

    def _both_in_words(self, stale: Stale) -> Stale:
        theirs, yours = dict[str, str](), dict[str, str]()
        for name in stale.yours:
            texts = self.words_of(name, stale.theirs.get(name)), self.words_of(name, stale.yours[name])
            if texts[0] != texts[1]:
                label = self._label_beside(name, yours)
                theirs[label], yours[label] = texts
        return Stale(stale.message, theirs=theirs, yours=yours)

    def _label_beside(self, name: str, others: Mapping[str, str]) -> str:
        """What the field is called, numbered where another is called the same: each has its own pair of texts."""
        label = self.label_of(name)
        numbers = count(2)
        found = label
        while found in others:
            found = f"{label} ({next(numbers)})"
        return found

    @property
    def status(self) -> int:
        """200, 409 after a stale save or a refusal by the state of things, 422 after any other refusal."""
        if self.refusal is not None:
            return self.refusal.status
        return 422 if self.errors else 200
