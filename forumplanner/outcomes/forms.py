"""Forms on which outcomes are recorded, sent and decided upon."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FormField, SelectField

from forumplanner.core import thai
from forumplanner.core.errors import Refused
from forumplanner.core.stamps import is_seen, make_stamp
from forumplanner.outcomes.models import Outcome, OutcomeKind
from forumplanner.outcomes.rules import KIND_WORDS, MOST_OUTCOMES, check_commitment
from forumplanner.outcomes.services import StaleItem, TypedOutcome, shown_of_discussion, typed_of
from forumplanner.web.forms import (
    BaseForm,
    BooleanField,
    HiddenField,
    LongTextField,
    PlainField,
    RowList,
    ThaiDateField,
)
from forumplanner.web.locale import current_language
from forumplanner.web.seen import SeenForm

LONGEST_DISCUSSION = 50_000
LONGEST_OUTCOME = 4_000


def kind_words(kind: str) -> str:
    """A kind in the reader's language."""
    return str(_(KIND_WORDS[OutcomeKind(kind)]))


def _kind_or_none(value: Any) -> OutcomeKind | None:
    return OutcomeKind(value) if value else None


class OutcomeRow(BaseForm):
    """One outcome among those of an item; the last one on the page is empty and waits for a new one."""

    class Meta:
        csrf = False  # the form around it carries the token

    held_on: date = date.min

    outcome_id = HiddenField()
    seen = HiddenField()
    kind = SelectField(_l("Kind"), coerce=_kind_or_none)
    text = LongTextField(_l("Words of the outcome"), max_length=LONGEST_OUTCOME)
    owner = PlainField(_l("Owner"), max_length=300)
    due_on = ThaiDateField(_l("Due date"))
    delete = BooleanField(_l("Delete this outcome when saving"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        first = [] if self.known_id is not None else [("", _("Please choose"))]
        self.kind.choices = [*first, *((kind.value, kind_words(kind)) for kind in OutcomeKind)]

    @property
    def known_id(self) -> int | None:
        """The id of the outcome it shows; None for a new one."""
        text = self.outcome_id.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    @property
    def is_blank(self) -> bool:
        """Whether it is a new one that nobody typed into; a kind alone is nothing yet."""
        typed = (self.text.data, self.owner.data, (self.due_on.raw_data or [""])[0])
        return self.known_id is None and not any((text or "").strip() for text in typed)

    @property
    def is_dropped(self) -> bool:
        """Whether what it holds is not to be read: blank, or to be deleted."""
        return bool(self.is_blank or self.delete.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """What is dropped needs nothing; all else needs a kind and words."""
        if self.is_dropped:
            return True
        found = bool(super().validate(extra_validators))
        for field, words in ((self.kind, _("Please choose a kind.")), (self.text, _("Please write the outcome."))):
            if not field.data and not field.errors:
                field.errors = [words]
                found = False
        lacking = check_commitment(self.kind.data, self.owner.data, self.due_on.data, self.held_on) if found else []
        for refusal in lacking:
            self.show_refusal(refusal)
        return found and not lacking

    def typed(self) -> TypedOutcome:
        """Its values, after validation."""
        return TypedOutcome(
            kind=self.kind.data or OutcomeKind.PROGRESS,
            text=self.text.data or "",
            owner=self.owner.data or None,
            due_on=self.due_on.data,
            id=self.known_id,
            seen=self.seen.data or "",
            delete=bool(self.delete.data),
        )


class ItemForm(SeenForm):
    """Everything recorded under one agenda item. `seen` is the discussion's stamp; each row has its own."""

    discussion = LongTextField(_l("Discussion"), max_length=LONGEST_DISCUSSION)
    # One more than there may be: the empty one that waits.
    outcomes = RowList(FormField(OutcomeRow), most=MOST_OUTCOMES + 1)

    def held_on(self, day: date) -> None:
        """Tell the rows the meeting's first day, which no due date lies before."""
        for entry in self.outcomes:
            entry.form.held_on = day

    def typed(self) -> list[TypedOutcome]:
        """The rows' values in the order of the page, blank ones left out."""
        return [entry.form.typed() for entry in self.outcomes if not entry.form.is_blank]

    def show_refusal(self, refusal: Refused) -> None:
        """Show it; after a stale save `theirs` and `yours` hold what two people wrote, in the words of the page."""
        super().show_refusal(refusal)
        if isinstance(refusal, StaleItem):
            assert self.conflict is not None
            if refusal.discussion:
                label = str(self.discussion.label.text)
                self.conflict.theirs[label], self.conflict.yours[label] = refusal.discussion
            for place, theirs, yours in refusal.outcomes:
                label = _("Outcome %(number)s", number=place + 1)
                self.conflict.theirs[label] = outcome_words(theirs) if theirs else _("(deleted)")
                self.conflict.yours[label] = _("(to be deleted)") if yours.delete else outcome_words(yours)


def outcome_words(typed: TypedOutcome) -> str:
    """An outcome as text, for comparing."""
    lines = [kind_words(typed.kind), typed.text]
    if typed.kind == OutcomeKind.COMMITMENT and typed.due_on:
        due = thai.format_short(typed.due_on, lang=current_language())
        lines.append(_("%(owner)s, by %(due)s", owner=typed.owner or "", due=due))
    return "\n".join(lines)


def form_of(discussion: str, outcomes: Iterable[Outcome]) -> ItemForm:
    """The form as nobody has typed into it yet."""
    return _filled(discussion, make_stamp(shown_of_discussion(discussion)), [typed_of(found) for found in outcomes])


def merged(form: ItemForm, discussion: str, outcomes: Sequence[Outcome]) -> ItemForm:
    """After a stale save: what this person typed, among what is saved now; saving it once more is deliberate.

    Untouched rows show what is saved. A row that somebody deleted meanwhile comes back as a new one where this person
    had typed into it.
    """
    touched = not is_seen(form.stamp, shown_of_discussion(form.discussion.data or ""))
    typed = {row.id: row for row in form.typed() if row.id is not None and row.is_touched}
    rows = []
    for found in outcomes:
        current = typed_of(found)
        mine = typed.pop(found.id, None)
        if mine is None:
            rows.append(current)
        else:
            rows.append(
                TypedOutcome(mine.kind, mine.text, mine.owner, mine.due_on, found.id, current.seen, mine.delete)
            )
    rows += [TypedOutcome(mine.kind, mine.text, mine.owner, mine.due_on) for mine in typed.values() if not mine.delete]
    rows += [row for row in form.typed() if row.id is None]
    seen = make_stamp(shown_of_discussion(discussion))
    shown = _filled(form.discussion.data or "" if touched else discussion, seen, rows)
    shown.conflict, shown.form_errors, shown.refusal = form.conflict, form.form_errors, form.refusal
    return shown


def _filled(discussion: str, seen: str, rows: Iterable[TypedOutcome]) -> ItemForm:
    values = [
        {
            "outcome_id": str(row.id or ""),
            "seen": row.seen,
            "kind": row.kind,
            "text": row.text,
            "owner": row.owner,
            "due_on": row.due_on,
            "delete": row.delete,
        }
        for row in rows
    ]
    return ItemForm(formdata=None, data={"discussion": discussion, "seen": seen, "outcomes": [*values, {}]})


class SubmitForm(SeenForm):
    """Sends what was checked."""


class DecisionForm(SeenForm):
    """Accepts or returns what was read."""

    remark = LongTextField(_l("Remark for the region"), max_length=LONGEST_OUTCOME)
