"""Pages on which a list from a spreadsheet is read, shown, corrected, imported and taken back."""

import json
import re
from dataclasses import dataclass
from typing import Any

from flask import Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from markupsafe import Markup

from forumplanner.accounts.access import COORDINATORS, acting, opens_to
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.core.stamps import check_fresh
from forumplanner.partners.access import current_sight
from forumplanner.partners.forms.importing import STATES, ImportForm, box_name, columns_form, say
from forumplanner.partners.importing import previews
from forumplanner.partners.importing.headers import Field
from forumplanner.partners.importing.matching import State
from forumplanner.partners.importing.models import PartnerImport, PartnerImportRow
from forumplanner.partners.importing.previews import CELL_END, Importer
from forumplanner.partners.importing.remarks import Remark
from forumplanner.partners.views.pages import XLSX, blueprint, own_regions
from forumplanner.sheets import column_letters, write_xlsx
from forumplanner.web.application import let_take_file
from forumplanner.web.downloads import download
from forumplanner.web.forms import PostForm
from forumplanner.web.jobs import jobs_of

PAGE_SIZE = 50
# What one list may weigh on its way in; the reader itself takes more (the command).
MOST_SENT = 20_000_000
SHAPES = {State.NEW: "done", State.UPDATE: "waiting", State.DUPLICATE: "blocked", State.ERROR: "problem"}


def allow_files() -> None:
    """Before each request: the page that takes a list takes a larger body than forms do."""
    if request.endpoint == "partners.begin_import":
        request.max_content_length = request.max_form_memory_size = MOST_SENT


def init_importing(app: Flask) -> None:
    """Let the page take a file, larger than what is typed, and register the job that removes old lists."""
    # Before anything reads the form.
    app.before_request_funcs.setdefault(None, []).insert(0, allow_files)
    let_take_file(app, "partners.begin_import", "file")
    jobs_of(app).add_periodic("remove lists", _remove_old)


def _remove_old() -> None:
    session = db.session()
    if previews.remove_old(session, clock.now()):
        session.commit()


_LATIN, _THAI = re.compile("[A-Za-z]"), re.compile("[ก-๛]")


def own_words(text: str) -> str:
    """A cell or heading of somebody's own; what has Latin letters alone is read aloud as English."""
    if _LATIN.search(text) and not _THAI.search(text):
        return Markup('<span lang="en">{}</span>').format(text)
    return text


def importer() -> Importer:
    """Whoever is signed in."""
    user: Any = current_user
    return Importer(user.id, current_sight())


@blueprint.route("/partners/import", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def begin_import() -> ResponseReturnValue:
    """Paste a table or choose a file; it is read at once, and nothing is written yet."""
    session, form = db.session(), ImportForm()
    regions = [region for region in own_regions() if region.retired_at is None]
    form.offer(regions, needs_one=not current_sight().everything)
    if form.validate_on_submit():
        with form.showing_refusals():
            kept = previews.begin_import(
                session,
                importer(),
                content=form.content(),
                name=form.file_name(),
                is_pasted=form.is_pasted(),
                region=next((region for region in regions if region.slug == form.region.data), None),
            )
            session.commit()
            return redirect(url_for("partners.preview", import_id=kept.id))
    page = render_template(
        "partners/import.html", form=form, own_words=own_words, lists=previews.list_imports(session, importer())
    )
    return page, 422 if form.is_submitted() else 200


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the page shows it: what is said of its cells by their columns, and of the whole."""

    row: PartnerImportRow
    cells: list[tuple[str, list[str]]]
    said: list[str]


def _shown(row: PartnerImportRow, columns: list[list[Any]]) -> ShownRow:
    texts = row.cells.split(CELL_END)
    remarks = previews.remarks_of(row)
    places = [place for place, *_rest in columns]
    cells = [
        (
            texts[place] if place < len(texts) else "",
            [say(remark) for remark in remarks if remark.column == place and remark.is_error],
        )
        for place in places
    ]
    rest = [say(r) for r in remarks if not (r.is_error and r.column in places)]
    return ShownRow(row, cells, rest)


def _without_empty(columns: list[list[Any]], rows: list[ShownRow]) -> list[list[Any]]:
    """The columns in which something stands on this page; the cells of the others go."""
    filled = [any(row.cells[place][0] or row.cells[place][1] for row in rows) for place in range(len(columns))]
    for row in rows:
        row.cells[:] = [cell for cell, is_filled in zip(row.cells, filled, strict=True) if is_filled]
    return [column for column, is_filled in zip(columns, filled, strict=True) if is_filled]


def _columns(kept: PartnerImport) -> list[list[list[Any]]]:
    """The columns of each sheet, one a place: place, heading, field, whether it is a guess."""
    found = []
    for sheet in json.loads(kept.sheets):
        by_place: dict[int, list[Any]] = {}
        for column in sheet["columns"]:
            by_place.setdefault(column[0], column)
        found.append(list(by_place.values()))
    return found


@blueprint.get("/partners/import/<int(max=2147483647):import_id>")
@opens_to(COORDINATORS)
def preview(import_id: int) -> ResponseReturnValue:
    """The list's own table, each row with what becomes of it."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id)
    counts = previews.count_states(session, kept)
    wanted = request.args.get("state", "")
    state = State(wanted) if wanted in set(State) else None
    number = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    rows = previews.list_rows(session, kept, state=state, first=(number - 1) * PAGE_SIZE, most=PAGE_SIZE + 1)
    columns = _columns(kept)
    sheets = json.loads(kept.sheets)
    groups: list[tuple[int, list[ShownRow]]] = []
    for row in rows[:PAGE_SIZE]:
        if not groups or groups[-1][0] != row.sheet:
            groups.append((row.sheet, []))
        groups[-1][1].append(_shown(row, columns[row.sheet]))
    shown_columns = [_without_empty(columns[sheet], of_sheet) for sheet, of_sheet in groups]
    return render_template(
        "partners/preview.html",
        kept=kept,
        counts=counts,
        total=sum(counts.values()),
        state=state,
        states=STATES,
        shapes=SHAPES,
        State=State,
        groups=groups,
        shown_columns=shown_columns,
        sheets=sheets,
        notes=[(sheet["name"], [say(Remark(*note)) for note in sheet["notes"]]) for sheet in sheets],
        number=number,
        has_more=len(rows) > PAGE_SIZE,
        letters=column_letters,
        own_words=own_words,
        form=PostForm(),
    )


@blueprint.post("/partners/import/<int(max=2147483647):import_id>/write")
@opens_to(COORDINATORS)
def write_import(import_id: int) -> ResponseReturnValue:
    """Write the faultless rows, all or none."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id, to_change=True)
    count = previews.write_import(session, acting(), importer(), kept)
    session.commit()
    flash(ngettext("%(num)s person is imported.", "%(num)s people are imported.", count), "done")
    return redirect(url_for("partners.preview", import_id=import_id))


@blueprint.post("/partners/import/<int(max=2147483647):import_id>/take-back")
@opens_to(COORDINATORS)
def take_back(import_id: int) -> ResponseReturnValue:
    """Undo the import as a whole."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id, to_change=True)
    previews.take_back(session, acting(), kept)
    session.commit()
    flash(_("The import is taken back; the list of partners is as it was before."), "done")
    return redirect(url_for("partners.preview", import_id=import_id))


@blueprint.route("/partners/import/<int(max=2147483647):import_id>/columns", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def import_columns(import_id: int) -> ResponseReturnValue:
    """Say what the columns hold; the list is read anew."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id, to_change=request.method == "POST")
    sheets, columns = json.loads(kept.sheets), _columns(kept)
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
            return redirect(url_for("partners.preview", import_id=import_id))
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


@blueprint.get("/partners/import/<int(max=2147483647):import_id>/left-out.xlsx")
@opens_to(COORDINATORS)
def left_out(import_id: int) -> ResponseReturnValue:
    """The rows that are left out, as the same sheet with a column of reasons, to be mended and imported again."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id)
    columns, sheets = _columns(kept), json.loads(kept.sheets)
    found = []
    rows = [row for row in previews.list_rows(session, kept) if row.state in (State.ERROR, State.DUPLICATE)]
    for number, sheet in enumerate(sheets):
        of_sheet = [row for row in rows if row.sheet == number]
        if of_sheet:
            head = [column[1] or column_letters(column[0]) for column in columns[number]]
            table = [[*head, _("Reason")]]
            for row in of_sheet:
                shown = _shown(row, columns[number])
                reasons = [text for _cell, texts in shown.cells for text in texts] + shown.said
                table.append([*(text for text, _said in shown.cells), "\n".join(reasons)])
            found.append((sheet["name"] or _("List"), table))
    content = write_xlsx(found or [(_("List"), [[_("Reason")]])], widths=[18] * 20)
    name = _("Left out of the import") + f" {clock.today().isoformat()}.xlsx"
    return download(content, XLSX, name=name, plain_name="left-out.xlsx")
