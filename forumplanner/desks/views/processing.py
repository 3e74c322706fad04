"""The record of processing that section 39 of the law on personal data asks for: a page and a paper."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from forumplanner.accounts.access import ORGANISERS, opens_to
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.core.i18n import Lang
from forumplanner.core.personal import Held
from forumplanner.desks.documents import Activity, ProcessingRecord, record_pdf
from forumplanner.desks.held import HELD
from forumplanner.desks.views.pages import blueprint
from forumplanner.printing.views.serving import paper_response
from forumplanner.retention.views.words import held_until
from forumplanner.web.downloads import paper_asked_for
from forumplanner.web.locale import current_language


@blueprint.get("/settings/processing")
@opens_to(ORGANISERS)
def processing() -> ResponseReturnValue:
    """What is kept of people, why, how long, and who sees it; made from the declarations beside the models."""
    lang = current_language()
    href = url_for("desks.processing_paper", lang=None if lang == "th" else lang)
    return render_template("desks/processing.html", record=compile_record(lang), paper_href=href)


@blueprint.get("/settings/processing.pdf")
@opens_to(ORGANISERS)
def processing_paper() -> ResponseReturnValue:
    """The same as a PDF, `?lang=en` in English, `?digits=thai` with Thai digits."""
    lang, thai_digits = paper_asked_for()
    with force_locale(lang):
        record = compile_record(lang, thai_digits=thai_digits)
    db.session.rollback()
    return paper_response(record, record_pdf, name=f"{record.title}.pdf", plain_name="record-of-processing.pdf")


def compile_record(lang: Lang, *, thai_digits: bool = False) -> ProcessingRecord:
    """The record in the language at hand."""
    today = clock.today()
    return ProcessingRecord(
        title=_("Record of processing of personal data (section 39)"),
        as_of=_("As of %(day)s", day=thai.format_long(today, lang=lang)),
        on=today,
        activities=tuple(_activity(held) for held in HELD),
        consent=_("Kept only with explicit consent (section 26)."),
        general_title=_("What holds for all of it"),
        general=(
            (_("Who keeps it"), _("The organisers of the forums, through the coordinators of the regions.")),
            (
                _("Rights of its people"),
                _(
                    "Whoever is kept may ask the coordinator or the organisers to see, correct, hand over or remove "
                    "what is kept of them, and may take consent back at any time. The pages where data is given say so."
                ),
            ),
            (
                _("Passed on"),
                _("To nobody outside but by what is printed or sent: minutes, letters, messages, calendars."),
            ),
            (
                _("How it is kept safe"),
                _(
                    "Passwords nobody can read back, two steps for organisers, each region's data for its coordinators "
                    "alone, private links that can be replaced, encrypted connections, and a record of who looked at "
                    "whose data."
                ),
            ),
            (
                _("Requests that were refused"),
                _("To be written down here by hand, with the reason."),
            ),
        ),
        lang=lang,
        thai_digits=thai_digits,
    )


def _activity(held: Held) -> Activity:
    said = (
        (_("Whose data"), _(held.whose)),
        (_("What is kept"), _(held.what)),
        (_("Why"), _(held.why)),
        (_("How long"), held_until(held)),
        (_("Who sees it"), _(held.seen_by)),
    )
    return Activity(_(held.name), said, held.needs_consent)
