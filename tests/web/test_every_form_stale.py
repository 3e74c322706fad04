"""Every form about something that exists: two people open it, both save, and nothing of either is lost.

Which forms are about something that exists shows when one is saved: it is drawn again with what was typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from werkzeug.test import TestResponse

from forumplanner.web.access import PRIVATE_LINK, access_of
from tests.every_form import FoundForm, drawn, parsed, post_forms, send
from tests.pages import form_values, text_of
from tests.typing_in import controls_of, is_text, retyped
from tests.walked import Walked

# Buttons about something, and the form by which another person changes it meanwhile: its page and endpoint.
BESIDE = {
    "desks.announce_all": ("/rounds/2551-1/south/dates", "desks.dates"),
    "outcomes.submit_outcomes": ("/rounds/2550-1/north/outcomes/24", "outcomes.record_item"),
    "rounds.bring_provinces": ("/settings/provinces/81", "rounds.province"),
}
# To send these is to do something: an answer was given once more, outcomes were decided on.
ACTS = {"invitations.record_answer", "outcomes.decide_outcomes"}
# Done once: whoever comes second is told, and led to what is there (tests/desks/merging).
DONE_ONCE = {"desks.merge"}
# One's own choice in two windows: each tick is carried out by itself, and none that the other window set is taken back.
OWN_TICKS = {"invitations.choose"}


@dataclass
class Opened:
    """A form that one person has open."""

    form: FoundForm
    node: Element
    action: str

    @property
    def values(self) -> dict[str, Any]:
        return form_values(self.node)

    def typed(self, turn: int) -> dict[str, Any]:
        return retyped(self.node, self.form.endpoint, self.form.page, turn)

    def texts(self) -> list[str]:
        """Its fields that take text."""
        return [name for name, nodes in controls_of(self.node).items() if is_text(nodes[0])]


def opened(walked: Walked, form: FoundForm, number: int) -> Opened:
    return Opened(form, *drawn(form, walked.client(form.who, number)))


def redrawn(walked: Walked, form: FoundForm) -> Opened | None:
    """As its page draws it now, where it still does."""
    try:
        return opened(walked, form, 1)
    except AssertionError:
        return None


def row_of(name: str) -> str:
    """The number of a field's row, or its name."""
    return "".join(char for char in name if char.isdecimal()) or name


def errors_of(answer: TestResponse) -> str:
    """What the page says is wrong."""
    found = [node for node in parsed(answer).iter("div") if node.get("class") == "error-summary"]
    return " ".join(map(text_of, found))


def words_of(value: object) -> str:
    """The letters alone: spans that keep words whole part a text without parting what is read."""
    return "".join(str(value).split())


def same(one: object, other: object) -> bool:
    """Whether two values read the same."""
    plain = [" ".join(map(str, value)) if isinstance(value, list) else str(value or "") for value in (one, other)]
    return plain[0].split() == plain[1].split()


def edits(walked: Walked) -> Iterator[tuple[FoundForm, Opened, dict[str, Any]]]:
    """Each form about something that exists, as somebody opened it before another person saved other values."""
    for form in walked.forms():
        if not form.names - {"csrf_token", "form_key"} or access_of(walked.app, form.endpoint) is PRIVATE_LINK:
            continue
        walked.begin_anew()
        mine, their = opened(walked, form, 1), opened(walked, form, 2)
        fields = controls_of(mine.node)
        if not fields or form.endpoint in {*BESIDE, *OWN_TICKS, *DONE_ONCE, "upkeep.start"}:
            continue
        theirs = their.typed(0)
        answer = send(walked.client(form.who, 2), their.action, theirs)
        if form.endpoint.startswith("security."):
            continue
        assert answer.status_code in (302, 303), f"{form}: {errors_of(answer)}"
        now = redrawn(walked, form)
        shown = [name for name in fields if now and same(now.values.get(name), theirs.get(name))]
        if mine.values.get("seen") or any(not same(mine.values.get(name), theirs.get(name)) for name in shown):
            yield form, mine, theirs


def test_whoever_saves_second_sees_both_texts_and_loses_none(walked: Walked) -> None:
    wrong, found = [], []
    for form, mine, theirs in edits(walked):
        found.append(form.endpoint)
        client, typed, saved = walked.client(form.who), mine.typed(1), walked.rows()
        refused = send(client, mine.action, typed)
        if refused.status_code != 409 or walked.rows() != saved:
            wrong.append((str(form), f"was not refused but answered {refused.status_code}"))
            continue
        root = parsed(refused)
        again = next((node for node in post_forms(root) if form.names & set(controls_of(node))), None)
        kept = form_values(again) if again is not None else {}
        # What both added stands in rows of its own, the other's first.
        words_kept = {words_of(value) for value in kept.values()}
        both = " ".join(text_of(node) for node in root.iter() if node.get("class") == "conflict")
        page = words_of(both if again is not None else text_of(root))
        for name in mine.texts():
            words = [words_of(values[name]) for values in (theirs, typed)]
            if words[0] != words[1] and not all(each in page or each in words_kept for each in words):
                wrong.append((str(form), name, "is not shown as both wrote it"))
            if again is not None and words[1] not in words_kept:
                wrong.append((str(form), name, "was lost", kept.get(name)))
        if again is None:
            continue
        if send(client, mine.action, kept).status_code not in (302, 303):
            wrong.append((str(form), "could not be saved a second time"))
        after = redrawn(walked, form)
        wrong += [
            (str(form), name, "was not saved", after.values.get(name))
            for name in (mine.texts() if after else ())
            if after and not same(after.values.get(name), kept.get(name))
        ]
    assert wrong == [], "\n".join(map(str, wrong))
    assert len(found) > 20, found


def test_what_one_had_not_touched_shows_what_the_other_saved(walked: Walked) -> None:
    wrong = []
    for form, mine, theirs in edits(walked):
        texts = [name for name in mine.texts() if not same(mine.values.get(name), theirs[name])]
        choices = [name for name, nodes in controls_of(mine.node).items() if nodes[0].get("type") == "radio"]
        # What is first of all to be chosen, and was not, cannot be sent with a text alone.
        if len(texts) < 2 or any(mine.values.get(name) is None for name in choices):
            continue
        # A row of a list is one thing, and one that was empty needs more than a field.
        alone = [name for name in texts if row_of(name) == name]
        own = (alone or [name for name in texts if mine.values.get(name)])[-1]
        texts = [name for name in texts if row_of(name) != row_of(own)]
        typed = mine.values | {own: mine.typed(1)[own]}
        refused = send(walked.client(form.who), mine.action, typed)
        again = next((node for node in post_forms(parsed(refused)) if form.names & set(controls_of(node))), None)
        if refused.status_code != 409 or again is None:
            wrong.append((str(form), own, f"was not refused but answered {refused.status_code}", errors_of(refused)))
            continue
        kept = {words_of(value) for value in form_values(again).values()}
        wrong += [(str(form), name, "would be set back") for name in texts if words_of(theirs[name]) not in kept]
    assert wrong == [], "\n".join(map(str, wrong))


def test_what_is_opened_and_saved_unchanged_stays_as_it_is(walked: Walked) -> None:
    wrong = []
    for form, _mine, _theirs in edits(walked):
        if form.endpoint in ACTS:
            continue
        client = walked.client(form.who)
        for words in ("filled", "emptied", "as it was found"):
            if words == "as it was found":
                walked.begin_anew()
            now = redrawn(walked, form)
            if now is None:
                continue
            if words == "emptied":
                needed = {name for name, nodes in controls_of(now.node).items() if nodes[0].get("required") is not None}
                emptied = now.values | dict.fromkeys(set(now.texts()) - needed, "")
                if send(client, now.action, emptied).status_code not in (302, 303):
                    continue
                now = opened(walked, form, 1)
            saved = walked.rows()
            answer = send(client, now.action, as_sent(now.values))
            if answer.status_code not in (302, 303):
                wrong.append((str(form), words, answer.status_code))
            changed = [name for name, rows in walked.rows().items() if rows != saved[name]]
            if changed:
                wrong.append((str(form), words, changed))
    assert wrong == [], "\n".join(map(str, wrong))


def as_sent(values: dict[str, Any]) -> dict[str, Any]:
    """Lines end in what browsers send."""
    return {name: "\r\n".join(value.split("\n")) if isinstance(value, str) else value for name, value in values.items()}


def test_a_button_about_what_was_changed_meanwhile_does_nothing(walked: Walked) -> None:
    wrong, found = [], []
    forms = walked.forms()
    for button in forms:
        walked.begin_anew()
        mine = opened(walked, button, 1)
        if not mine.values.get("seen") or (controls_of(mine.node) and button.endpoint not in BESIDE):
            continue
        found.append(button.endpoint)
        changing = by_another(walked, forms, button)
        their = opened(walked, changing, 2)
        assert send(walked.client(button.who, 2), their.action, their.typed(0)).status_code in (302, 303), changing
        saved = walked.rows()
        answer = send(walked.client(button.who), mine.action, mine.typed(1))
        if answer.status_code != 409 or walked.rows() != saved:
            wrong.append((str(button), answer.status_code))
    assert wrong == [], "\n".join(map(str, wrong))
    assert len(found) > 4, found


def by_another(walked: Walked, forms: list[FoundForm], button: FoundForm) -> FoundForm:
    """The form that changes what the button is about: another on its page, or the one named in `BESIDE`."""
    if button.endpoint in BESIDE:
        page, endpoint = BESIDE[button.endpoint]
        return FoundForm(endpoint, button.who, page, 0, page, {}, frozenset(), walked.client(button.who, 2))
    return next(form for form in forms if form.page == button.page and "seen" in form.names and form is not button)
