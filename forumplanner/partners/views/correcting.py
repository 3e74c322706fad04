"""Pages on which somebody says how a list is to be read: its columns, its sheets, who its possible duplicates are."""

import json
from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from forumplanner.accounts.access import COORDINATORS, noting_look, opens_to
from forumplanner.core.db import db
from forumplanner.core.stamps import check_fresh
from forumplanner.partners import services
from forumplanner.partners.forms.importing import (
    box_name,
    columns_form,
    decisions_form,
    row_name,
    sheets_form,
)
from forumplanner.partners.importing import asking, previews
from forumplanner.partners.importing.deciding import Decision
from forumplanner.partners.importing.headers import Field
from forumplanner.partners.importing.models import PartnerImportRow
from forumplanner.partners.importing.previews import CELL_END
from forumplanner.partners.models import Partner
from forumplanner.partners.views.importing import PAGE_SIZE, lead_to
from forumplanner.partners.views.pages import blueprint
from forumplanner.partners.views.rows import columns_of, importer, own_words, seen_people, show_row
from forumplanner.sheets import column_letters

ASKED_AT_ONCE = 20


@blueprint.route("/partners/import/<int(max=2147483647):import_id>/columns", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def import_columns(import_id: int) -> ResponseReturnValue:
    """Say what the columns hold; the list is read anew."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id, to_change=request.method == "POST")
    sheets, columns = json.loads(kept.sheets), columns_of(kept)
    of_list = {
        (number, place): (heading or _("Column %(letter)s", letter=column_letters(place)), field)
        for number, of_sheet in enumerate(columns)
        for place, heading, field, _guess in of_sheet
    }
    saved = {box_name(*place): field for place, (_label, field) in of_list.items()}
    form = columns_form(of_list)
    if not form.is_submitted():
        form.saw(saved)
    elif form.validate_on_submit():
        with form.showing_refusals():
            typed = {name: str(form[name].data) for name in saved}
            check_fresh(form.stamp, saved, typed)
            if typed != saved:
                chosen: dict[int, dict[int, Field]] = {}
                for number, place in of_list:
                    chosen.setdefault(number, {})[place] = Field(typed[box_name(number, place)])
                previews.choose_columns(session, importer(), kept, chosen)
                session.commit()
            return lead_to(kept)
    page = render_template(
        "partners/import_columns.html",
        kept=kept,
        form=form,
        sheets=sheets,
        columns=columns,
        box_name=box_name,
        examples=_examples(previews.list_rows(session, kept, most=PAGE_SIZE)),
        own_words=own_words,
    )
    return page, form.status


def _examples(rows: list[PartnerImportRow]) -> dict[tuple[int, int], str]:
    """For each column what stands in its first filled cells."""
    found: dict[tuple[int, int], list[str]] = {}
    for row in rows:
        for place, text in enumerate(row.cells.split(CELL_END)):
            texts = found.setdefault((row.sheet, place), [])
            if text and text not in texts and len(texts) < 3:
                texts.append(text[:40])
    return {place: " / ".join(texts) for place, texts in found.items()}


@blueprint.route("/partners/import/<int(max=2147483647):import_id>/sheets", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def import_sheets(import_id: int) -> ResponseReturnValue:
    """Say which sheets of the file are read together; the list is read anew."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id, to_change=request.method == "POST")
    sheets = json.loads(kept.sheets)
    names = {str(number): sheet["name"] or kept.file_name for number, sheet in enumerate(sheets)}
    read = [number for number in names if sheets[int(number)]["is_read"]]
    form = sheets_form(names, read)
    saved = {"sheets": ",".join(read)}
    if not form.is_submitted():
        form.saw(saved)
    elif form.validate_on_submit():
        with form.showing_refusals():
            chosen = [number for number in names if number in (form.sheets.data or ())]
            check_fresh(form.stamp, saved, {"sheets": ",".join(chosen)})
            if chosen != read:
                previews.choose_sheets(session, importer(), kept, [sheets[int(number)]["name"] for number in chosen])
                session.commit()
            return lead_to(kept)
    return render_template("partners/import_sheets.html", kept=kept, form=form), form.status


@blueprint.route("/partners/import/<int(max=2147483647):import_id>/duplicates", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def decide(import_id: int) -> ResponseReturnValue:
    """Say of rows that may be people who are kept, or rows before, who they are: one by one, or the rest at once."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id, to_change=request.method == "POST")
    if kept.imported_at is not None and request.method == "GET":
        return redirect(url_for("partners.preview", import_id=import_id))
    number = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    first = (number - 1) * ASKED_AT_ONCE
    rows = previews.list_rows(session, kept, asks=True, first=first, most=ASKED_AT_ONCE + 1)
    has_more, rows = len(rows) > ASKED_AT_ONCE, rows[:ASKED_AT_ONCE]
    form = decisions_form(rows)
    saved = {row_name(row.id): row.decision.value if row.decision else "" for row in rows}
    if not form.is_submitted():
        form.saw(saved)
    elif form.validate_on_submit():
        with form.showing_refusals():
            previews.check_open(kept)
            typed = {name: str(form[name].data or "") for name in saved}
            check_fresh(form.stamp, saved, typed)
            said = {row.id: Decision(typed[row_name(row.id)]) for row in rows if typed[row_name(row.id)]}
            count = asking.decide(session, kept, said)
            rest = request.form.get("rest", "")
            if rest in set(Decision):
                count += asking.decide_the_others(session, kept, Decision(rest))
            session.commit()
            flash(ngettext("%(num)s row is decided.", "%(num)s rows are decided.", count), "done")
            if has_more and not rest:
                return redirect(url_for("partners.decide", import_id=import_id, page=number + 1))
            return redirect(url_for("partners.preview", import_id=import_id))
    columns = columns_of(kept)
    asked, unsaid = asking.count_asked(session, kept)
    page = render_template(
        "partners/import_duplicates.html",
        kept=kept,
        form=form,
        rows=[(row, show_row(row, columns[row.sheet])) for row in rows],
        row_name=row_name,
        people=_people(rows),
        asked=asked,
        unsaid=unsaid,
        number=number,
        has_more=has_more,
        Decision=Decision,
    )
    return noting_look((page, form.status), "partners", 0, whose=seen_people(rows))


def _people(rows: Sequence[PartnerImportRow]) -> dict[int, Partner]:
    """Those whom these rows may be."""
    ids = {row.maybe_id for row in rows if row.maybe_id is not None}
    query = services.with_everything(select(Partner).where(Partner.id.in_(ids)))
    return {partner.id: partner for partner in db.session.scalars(query)}
