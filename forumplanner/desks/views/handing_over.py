"""A person's data for whoever asks what is kept of them: a paper, and a file for programs."""

import json
from datetime import date, datetime

from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from forumplanner.accounts.access import COORDINATORS, noting_look, opens_to
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict
from forumplanner.core.i18n import N_, Lang
from forumplanner.desks.documents import DataOfKind, PersonPaper, person_pdf
from forumplanner.desks.handing_over import Kind, PersonData, Value, as_json, gather
from forumplanner.desks.looking import UNKNOWN_CHANGE, UNKNOWN_PAGE
from forumplanner.desks.views.data_words import CHANGED_FIELDS, label_of, words_of
from forumplanner.desks.views.pages import blueprint
from forumplanner.partners import services
from forumplanner.partners.access import check_in_sight, check_may_change
from forumplanner.partners.models import Partner, Person
from forumplanner.printing.views.serving import paper_response
from forumplanner.retention.views.words import held_until
from forumplanner.web.downloads import download, paper_asked_for

# Values that are an instant or a day in the form that programs read.
_INSTANTS = (
    "at",
    "created_at",
    "answered_at",
    "revoked_at",
    "renewed_at",
    "last_fetched_at",
    "consented_at",
    "sent_at",
)
_DAYS = ("on", "due_on")


@blueprint.get("/partners/<int(max=2147483647):partner_id>/data.pdf")
@opens_to(COORDINATORS)
def data_paper(partner_id: int) -> ResponseReturnValue:
    """All that is kept of a person as a PDF, `?lang=en` in English, `?digits=thai` with Thai digits."""
    found = _person(partner_id)
    lang, thai_digits = paper_asked_for()
    with force_locale(lang):
        paper = _paper(gather(db.session(), found), found, lang, thai_digits=thai_digits)
    db.session.rollback()
    answer = paper_response(paper, person_pdf, name=f"{paper.title} {paper.name}.pdf", plain_name="person.pdf")
    return noting_look(answer, services.HISTORY, partner_id)


@blueprint.get("/partners/<int(max=2147483647):partner_id>/data.json")
@opens_to(COORDINATORS)
def data_file(partner_id: int) -> ResponseReturnValue:
    """The same for programs; what stands in it says docs/personal-data.md."""
    found = _person(partner_id)
    content = json.dumps(as_json(gather(db.session(), found)), ensure_ascii=False, indent=2).encode()
    name = f"{_('All data of a person')} {found.shown_name('th')}.json"
    answer = download(content, "application/json", name=name, plain_name=f"person-{found.id}.json")
    return noting_look(answer, services.HISTORY, found.id)


def _person(partner_id: int) -> Person:
    """The person, for whoever may change them; organisations have no personal data."""
    found: Partner = services.get_partner(db.session(), partner_id)
    check_in_sight(found)
    check_may_change(found)
    if not isinstance(found, Person):
        raise Conflict(N_("An organisation is not a person. What is kept of its people stands on their own pages."))
    return found


def _paper(data: PersonData, person: Person, lang: Lang, *, thai_digits: bool) -> PersonPaper:
    today = clock.today()
    return PersonPaper(
        title=_("All data of a person"),
        name=person.shown_name(lang),
        as_of=_("As of %(day)s", day=thai.format_long(today, lang=lang)),
        on=today,
        kinds=tuple(_kind(kind, lang) for kind in data.kinds),
        none=_("Nothing of this is kept."),
        about=_(
            "Whoever is kept may ask the coordinator or the organisers to see, correct, hand over or remove "
            "what is kept of them, and may take consent back at any time. The pages where data is given say so."
        ),
        lang=lang,
        thai_digits=thai_digits,
    )


def _kind(kind: Kind, lang: Lang) -> DataOfKind:
    held = kind.held
    said = f"{_(held.why)} ({_('How long')}: {held_until(held)})"
    things = (
        tuple((_(label_of(table, name)), _shown(table, name, value, lang)) for name, value in row.items() if value)
        for table, row in kind.rows
    )
    return DataOfKind(_(held.name), said, tuple(thing for thing in dict.fromkeys(things) if thing))


def _shown(table: str, name: str, value: Value, lang: Lang) -> str:
    """A value as people read it."""
    text = str(value)
    words = words_of(table, name)
    if words:
        unknown = {"thing": UNKNOWN_CHANGE, "page": UNKNOWN_PAGE}.get(name, text)
        text = _(words.get(text, unknown))
    elif name == "field" and text in CHANGED_FIELDS:
        text = _(CHANGED_FIELDS[text])
    elif name == "number" and table == "phones":
        text = thai.format_phone(text, lang=lang)
    elif name == "meeting":
        title, _blank, day = text.rpartition(" ")
        text = f"{title} {thai.format_short(date.fromisoformat(day), lang=lang)}"
    elif name in _DAYS:
        text = thai.format_long(date.fromisoformat(text), lang=lang)
    elif name in _INSTANTS:
        at = datetime.fromisoformat(text)
        text = f"{thai.format_short(at.date(), lang=lang)} {thai.format_time(at.time(), lang)}"
    return text
