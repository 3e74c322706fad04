"""Pages on which a list from a spreadsheet is read, shown, imported, taken back and removed."""

import json
from typing import Any

from flask import Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forumplanner.accounts.access import COORDINATORS, acting, noting_look, opens_to
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.partners.access import current_sight
from forumplanner.partners.forms.importing import STATES, ImportForm, say
from forumplanner.partners.importing import asking, committing, jobs, previews
from forumplanner.partners.importing.matching import State
from forumplanner.partners.importing.models import PartnerImport, PartnerImportRow
from forumplanner.partners.importing.remarks import Remark
from forumplanner.partners.views.pages import XLSX, blueprint, own_regions
from forumplanner.partners.views.rows import (
    ShownRow,
    columns_of,
    importer,
    own_words,
    seen_people,
    show_row,
    without_empty,
)
from forumplanner.sheets import MOST_BYTES, TOO_LARGE, column_letters, write_xlsx
from forumplanner.web.application import let_take_file
from forumplanner.web.downloads import download
from forumplanner.web.forms import PostForm
from forumplanner.web.jobs import jobs_of, wake

PAGE_SIZE = 50
# With what a form carries besides the file.
MOST_SENT = MOST_BYTES + 1_000_000
AGAIN_SECONDS = 3
LISTS = "work on lists"
SHAPES = {State.NEW: "done", State.UPDATE: "waiting", State.DUPLICATE: "blocked", State.ERROR: "problem"}


def allow_files() -> None:
    """Before each request: the page that takes a list takes a larger body than forms do."""
    if request.endpoint == "partners.begin_import":
        request.max_content_length = request.max_form_memory_size = MOST_SENT


def init_importing(app: Flask) -> None:
    """Let the page take a file, larger than what is typed, and register what the worker does for lists."""
    # Before anything reads the form.
    app.before_request_funcs.setdefault(None, []).insert(0, allow_files)
    let_take_file(app, "partners.begin_import", "file", TOO_LARGE)
    worker = jobs_of(app)
    worker.add_task(LISTS, _work_on_lists)
    # What a lost wake-up left lying.
    worker.add_periodic("look for lists", _work_on_lists)
    worker.add_periodic("remove lists", _remove_old)


def _work_on_lists() -> None:
    jobs.work_on_lists(db.session())


def _remove_old() -> None:
    session = db.session()
    if previews.remove_old(session, clock.now()):
        session.commit()


@blueprint.route("/partners/import", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def begin_import() -> ResponseReturnValue:
    """Paste a table or choose a file; it is read at once, a long one by the worker. Nothing is written yet."""
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
            return lead_to(kept)
    page = render_template(
        "partners/import.html", form=form, own_words=own_words, lists=previews.list_imports(session, importer())
    )
    return page, 422 if form.is_submitted() else 200


def lead_to(kept: PartnerImport) -> ResponseReturnValue:
    """To the preview; the worker is woken where it has something to do."""
    import_id = kept.id
    if kept.is_at_work:
        db.session.commit()
        wake(LISTS)
    return redirect(url_for("partners.preview", import_id=import_id))


@blueprint.get("/partners/import/<int(max=2147483647):import_id>")
@opens_to(COORDINATORS)
def preview(import_id: int) -> ResponseReturnValue:
    """The list's own table, each row with what becomes of it; while the worker has it in hand, how far it is."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id)
    if kept.is_at_work or kept.refusal:
        said = say(Remark(*json.loads(kept.refusal))) if kept.refusal else None
        page = render_template("partners/import_waiting.html", kept=kept, said=said, own_words=own_words)
        return page, 200, {} if kept.refusal else {"Refresh": str(AGAIN_SECONDS)}
    counts = previews.count_states(session, kept)
    wanted = request.args.get("state", "")
    state = State(wanted) if wanted in set(State) else None
    number = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    rows = previews.list_rows(session, kept, state=state, first=(number - 1) * PAGE_SIZE, most=PAGE_SIZE + 1)
    columns, sheets = columns_of(kept), json.loads(kept.sheets)
    groups: list[tuple[int, list[ShownRow]]] = []
    for row in rows[:PAGE_SIZE]:
        if not groups or groups[-1][0] != row.sheet:
            groups.append((row.sheet, []))
        groups[-1][1].append(show_row(row, columns[row.sheet]))
    asked, unsaid = asking.count_asked(session, kept)
    page = render_template(
        "partners/preview.html",
        kept=kept,
        counts=counts,
        asked=asked,
        unsaid=unsaid,
        to_write=committing.count_to_write(session, kept),
        state=state,
        states=STATES,
        shapes=SHAPES,
        State=State,
        groups=groups,
        shown_columns=[without_empty(columns[sheet], of_sheet) for sheet, of_sheet in groups],
        sheets=sheets,
        notes=[(sheet["name"], [say(Remark(*note)) for note in sheet["notes"]]) for sheet in sheets],
        number=number,
        has_more=len(rows) > PAGE_SIZE,
        letters=column_letters,
        own_words=own_words,
        form=PostForm(),
    )
    return noting_look(page, "partners", 0, whose=seen_people(rows[:PAGE_SIZE]))


@blueprint.post("/partners/import/<int(max=2147483647):import_id>/write")
@opens_to(COORDINATORS)
def write_import(import_id: int) -> ResponseReturnValue:
    """Write the faultless rows, all or none; very many are left to the worker."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id, to_change=True)
    previews.check_open(kept)
    if committing.count_to_write(session, kept) > committing.AT_ONCE:
        jobs.ask_to_write(session, acting(), kept)
        session.commit()
        return lead_to(kept)
    count = committing.write_import(session, acting(), importer(), kept)
    session.commit()
    flash(ngettext("%(num)s person is imported.", "%(num)s people are imported.", count), "done")
    return redirect(url_for("partners.preview", import_id=import_id))


@blueprint.post("/partners/import/<int(max=2147483647):import_id>/take-back")
@opens_to(COORDINATORS)
def take_back(import_id: int) -> ResponseReturnValue:
    """Undo the import as a whole."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id, to_change=True)
    committing.take_back(session, acting(), kept)
    session.commit()
    flash(_("The import is taken back; the list of partners is as it was before."), "done")
    return redirect(url_for("partners.preview", import_id=import_id))


@blueprint.post("/partners/import/<int(max=2147483647):import_id>/remove")
@opens_to(COORDINATORS)
def remove_import(import_id: int) -> ResponseReturnValue:
    """Remove a list that was not imported."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id, to_change=True)
    previews.remove_import(session, kept)
    session.commit()
    flash(_("The list is removed. Nobody was imported from it."), "done")
    return redirect(url_for("partners.begin_import"))


@blueprint.get("/partners/import/<int(max=2147483647):import_id>/left-out.xlsx")
@opens_to(COORDINATORS)
def left_out(import_id: int) -> ResponseReturnValue:
    """The rows that are left out, as the same sheet with a column of reasons, to be mended and imported again."""
    session = db.session()
    kept = previews.get_import(session, importer(), import_id)
    columns, sheets = columns_of(kept), json.loads(kept.sheets)
    found = []
    rows = [row for row in previews.list_rows(session, kept) if row.state in (State.ERROR, State.DUPLICATE)]
    for number, sheet in enumerate(sheets):
        of_sheet = [row for row in rows if row.sheet == number]
        if of_sheet:
            found.append((sheet["name"] or _("List"), _with_reasons(of_sheet, columns[number])))
    content = write_xlsx(found or [(_("List"), [[_("Reason")]])], widths=[18] * 20)
    name = _("Left out of the import") + f" {clock.today().isoformat()}.xlsx"
    file = download(content, XLSX, name=name, plain_name="left-out.xlsx")
    return noting_look(file, "partners", 0, whose=seen_people(rows))


def _with_reasons(rows: list[PartnerImportRow], columns: list[list[Any]]) -> list[list[str]]:
    """Rows as they stood, with a column of reasons behind."""
    table = [[*(column[1] or column_letters(column[0]) for column in columns), _("Reason")]]
    for row in rows:
        shown = show_row(row, columns)
        reasons = [text for _cell, texts in shown.cells for text in texts] + shown.said
        table.append([*(text for text, _said in shown.cells), "\n".join(reasons)])
    return table
