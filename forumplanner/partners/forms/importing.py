"""Forms and words of lists that are imported."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import RadioField, SelectField, SelectMultipleField, TextAreaField, widgets
from wtforms.validators import Optional

from forumplanner.core.i18n import N_
from forumplanner.partners.importing.deciding import Decision
from forumplanner.partners.importing.headers import FIELD_WORDS
from forumplanner.partners.importing.matching import State
from forumplanner.partners.importing.models import PartnerImportRow
from forumplanner.partners.importing.remarks import Remark
from forumplanner.partners.words import FIELDS
from forumplanner.places.models import Region
from forumplanner.web.forms import BaseForm
from forumplanner.web.locale import current_language
from forumplanner.web.seen import SeenForm

STATES = {
    State.NEW: N_("New"),
    State.UPDATE: N_("Adds something"),
    State.DUPLICATE: N_("There already"),
    State.ERROR: N_("To be mended"),
}

# As the boxes offer them, and as the preview says them.
DECISIONS = {
    Decision.SAME: N_("The same person: add what this row says more"),
    Decision.OTHER: N_("Another person: import as a new one"),
    Decision.LEAVE: N_("Leave this row out"),
}
DECIDED = {
    Decision.SAME: N_("Decided: the same person."),
    Decision.OTHER: N_("Decided: another person."),
    Decision.LEAVE: N_("Decided: left out."),
}


def say(remark: Remark) -> str:
    """A remark in the language at hand."""
    params = {name: _value(name, value) for name, value in remark.params.items()}
    return str(_(remark.text, **params) if params else _(remark.text))


def _value(name: str, value: object) -> object:
    """What fills a sentence: names of facts in words."""
    if name == "fields" and isinstance(value, list):
        return ", ".join(_(FIELDS[each]) if each in FIELDS else str(each) for each in value)
    return _(FIELDS[str(value)]) if name == "field" and value in FIELDS else value


class PastedTableField(TextAreaField):
    """A pasted table: its tabs and line breaks are kept, unlike in any other text."""


class ImportForm(BaseForm):
    """A table that is pasted, or a file."""

    pasted = PastedTableField(_l("Table, copied from the spreadsheet"))
    file = FileField(_l("File"))
    region = SelectField(_l("Region"))

    def offer(self, regions: Sequence[Region], *, needs_one: bool) -> None:
        """Fill in the regions that people may be added to."""
        choices = {region.slug: region.name(current_language()) for region in regions}
        self.region.choices = choices if needs_one else {"": _("as their provinces say"), **choices}

    def _upload(self) -> FileStorage | None:
        found = self.file.data
        return found if isinstance(found, FileStorage) and found.filename else None

    def is_pasted(self) -> bool:
        """Whether it is the pasted table that is meant."""
        return self._upload() is None

    def file_name(self) -> str:
        """The file's name, "" of what was pasted."""
        upload = self._upload()
        return (upload.filename or "") if upload else ""

    def content(self) -> bytes:
        """What is to be read."""
        upload = self._upload()
        if upload is None:
            return (self.pasted.data or "").encode("utf-8", "replace")
        try:
            content: bytes = upload.read()
            return content
        finally:
            upload.close()


class ColumnsForm(SeenForm):
    """What the columns of a list hold; its boxes follow from the list (`columns_form`)."""


def box_name(sheet: int, place: int) -> str:
    """What the box of a column is called."""
    return f"column-{sheet}-{place}"


def columns_form(columns: Mapping[tuple[int, int], tuple[str, str]]) -> ColumnsForm:
    """A form with a box for each column: its sheet and place, its label and what it is read as now."""
    choices = {field.value: _(word) for field, word in FIELD_WORDS.items()}
    boxes = {
        box_name(*place): SelectField(label, choices=choices, default=chosen)
        for place, (label, chosen) in columns.items()
    }
    form: ColumnsForm = type("ColumnsFormOfList", (ColumnsForm,), boxes)()
    return form


class SheetsForm(SeenForm):
    """Which sheets of a file are read."""

    sheets = SelectMultipleField(
        _l("Sheets that are read together"),
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )


def sheets_form(names: Mapping[str, str], read: Sequence[str]) -> SheetsForm:
    """A form with a box for each sheet, by its place."""
    form = SheetsForm(data={"sheets": list(read)})
    form.sheets.choices = dict(names)
    return form


class DecisionsForm(SeenForm):
    """Who rows are that may be duplicates; its boxes follow from the rows (`decisions_form`)."""


def row_name(row_id: int) -> str:
    """What the choice of a row is called."""
    return f"row-{row_id}"


def decisions_form(rows: Sequence[PartnerImportRow]) -> DecisionsForm:
    """A form with a choice for each row; nothing is chosen where nothing was said."""
    choices = {decision.value: _(words) for decision, words in DECISIONS.items()}
    boxes = {
        row_name(row.id): RadioField(
            _("Row %(number)s", number=row.number),
            choices=choices,
            default=row.decision.value if row.decision else None,
            validators=[Optional()],
        )
        for row in rows
    }
    form: DecisionsForm = type("DecisionsFormOfRows", (DecisionsForm,), boxes)()
    return form
