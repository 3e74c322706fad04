"""A field for a place: one line as people write it; what is not certain is asked beside it, and nothing typed is lost.

It is sent as three: the line; what was chosen (`-choice`, a code); and the line for which that was offered (`-asked`),
since somebody who writes another line means another place. A script (place.js) sets the latter two when something is
picked while typing; without it the page comes back with the choices as radio buttons.
"""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import StringField
from wtforms.utils import unset_value

from forumplanner.core import thai
from forumplanner.core.errors import Refused
from forumplanner.places.gazetteer import Place, places
from forumplanner.places.reading import LONGEST, Reading, read_place, rest_beside
from forumplanner.web.errors import translated
from forumplanner.web.forms import printable
from forumplanner.web.locale import current_language

MOST_SENT = 5000


class PlaceField(StringField):
    """A place, as deep as it is certain. `data` is a Place or None, `rest` what was typed besides it."""

    data: Place | None  # type: ignore[assignment]  # the text is read into a value

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.typed = ""
        self.rest = ""
        self.choices: Sequence[Place] = ()
        self.chosen = self.asked = ""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take what was chosen before the line is read."""
        if formdata is not None and self.name in formdata:
            self.chosen = formdata.get(f"{self.name}-choice", "")
            self.asked = _on_one_line(formdata.get(f"{self.name}-asked", ""))
        super().process(formdata, data, extra_filters)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the line; raises what stands beside the field where it names no one place."""
        if not valuelist:
            return
        self.data, self.typed = None, printable(valuelist[0][:MOST_SENT])
        try:
            reading = read_place(valuelist[0])
            chosen = places().get(self.chosen) if self.asked == _on_one_line(self.typed) else None
            if chosen and self.asked:
                self.data, self.rest = chosen, rest_beside(valuelist[0], chosen)
                # Should the page come back for another reason, it shows what was chosen.
                self.typed = " ".join(part for part in (self.rest, chosen.shown(current_language())) if part)
                return
        except Refused as refusal:
            raise ValueError(translated(refusal)) from refusal
        self.data, self.rest, self.choices = reading.place, reading.rest, reading.choices
        if reading.message:
            raise ValueError(sentence_of(reading))

    def _value(self) -> str:
        if self.raw_data:
            return self.typed
        return self.data.shown(current_language()) if self.data else ""

    @property
    def line(self) -> str:
        """What stands in the box."""
        return self._value()

    def show(self, value: Any) -> str:
        """A place, or how history names one, in the reader's language."""
        place = value if isinstance(value, Place) else read_place(str(value)[:LONGEST]).place
        return place.shown(current_language()) if place else str(value)


def sentence_of(reading: Reading) -> str:
    """What is answered to a reading that is not certain, in the reader's language."""
    lang = current_language()
    words = {
        name: (value.called(lang) if name == "name" else value.shown(lang)) if isinstance(value, Place) else value
        for name, value in reading.words
    }
    sentence: str = _(reading.message, **words)
    return sentence


def _on_one_line(text: str) -> str:
    return thai.repair(printable(text[:MOST_SENT]))
