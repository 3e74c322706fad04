"""The page on which a meeting's agenda is made; it closes with the record that stands under it (`agenda.record`)."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import COORDINATORS, acting, opens_to
from forumplanner.agenda.access import current_record
from forumplanner.agenda.forms import AgendaItemForm
from forumplanner.agenda.models import AgendaItem
from forumplanner.agenda.rules import check_can_delete
from forumplanner.agenda.services import add_item as add_agenda_item
from forumplanner.agenda.services import begin_with_usual_agenda, change_item, get_item, list_items, shown_of_item
from forumplanner.agenda.services import delete_item as delete_agenda_item
from forumplanner.agenda.services import move_item as move_agenda_item
from forumplanner.agenda.views.addresses import AGENDA, ITEM, blueprint
from forumplanner.core.db import db
from forumplanner.core.errors import Conflict, Invalid
from forumplanner.core.i18n import N_
from forumplanner.core.stamps import make_stamp
from forumplanner.rounds.access import meeting_to_change
from forumplanner.rounds.addresses import meeting_url
from forumplanner.rounds.models import Meeting, MeetingKind
from forumplanner.rounds.services import meeting_title
from forumplanner.web.errors import translated
from forumplanner.web.locale import current_language
from forumplanner.web.saying import say_at

STEPS = {"up": -1, "down": 1}


@blueprint.get(AGENDA)
@opens_to(COORDINATORS)
def agenda(code: str, slug: str) -> ResponseReturnValue:
    """The agenda, and the form for one more item."""
    meeting = meeting_to_change(code, slug)
    under = request.args.get("under", "")
    parent = int(under) if under.isascii() and under.isdecimal() and len(under) < 10 else None
    return _agenda_page(meeting, AgendaItemForm(formdata=None, parent_id=parent))


@blueprint.post(AGENDA)
@opens_to(COORDINATORS)
def add_item(code: str, slug: str) -> ResponseReturnValue:
    """Add an item."""
    meeting = meeting_to_change(code, slug)
    form = AgendaItemForm()
    form.offer_parents(list_items(db.session(), meeting), current_language(), None)
    if form.validate():
        with form.showing_refusals():
            current_record().check_open(db.session(), meeting)
            item = add_agenda_item(
                db.session(),
                meeting,
                acting(),
                title_th=form.title_th.data or "",
                title_en=form.title_en.data,
                parent_id=form.parent_id.data,
            )
            db.session.commit()
            say_at("add", _("Added to the agenda: %(title)s", title=item.title(current_language())))
            # The next one mostly stands below the same.
            return redirect(meeting_url(meeting, "agenda.agenda", under=item.parent_id) + "#title_th")
    return _agenda_page(meeting, form), form.status


@blueprint.post(AGENDA + "/usual")
@opens_to(COORDINATORS)
def add_usual(code: str, slug: str) -> ResponseReturnValue:
    """Give a meeting that has none the usual agenda."""
    meeting = meeting_to_change(code, slug)
    form = AgendaItemForm(formdata=None)
    with form.showing_refusals():
        current_record().check_open(db.session(), meeting)
        added = begin_with_usual_agenda(db.session(), meeting, acting())
        db.session.commit()
        flash(_("The usual agenda was added, with %(count)s items.", count=len(added)), "done")
    if form.refusal is None:
        return redirect(meeting_url(meeting, "agenda.agenda"))
    return _agenda_page(meeting, form), form.status


@blueprint.route(ITEM, methods=["GET", "POST"])
@opens_to(COORDINATORS)
def agenda_item(code: str, slug: str, item_id: int) -> ResponseReturnValue:
    """Rename an item, put it below another, or delete it."""
    meeting = meeting_to_change(code, slug)
    item = get_item(db.session(), meeting, item_id)
    form = AgendaItemForm(obj=item, seen=make_stamp(shown_of_item(item)))
    form.offer_parents(list_items(db.session(), meeting), current_language(), item)
    if form.validate_on_submit():
        with form.showing_refusals():
            current_record().check_open(db.session(), meeting)
            item = change_item(
                db.session(),
                meeting,
                item_id,
                acting(),
                title_th=form.title_th.data or "",
                title_en=form.title_en.data,
                parent_id=form.parent_id.data,
                seen=form.stamp,
            )
            db.session.commit()
            say_at(f"item-{item.id}", _("The agenda item is saved."))
            return _to_item(meeting, item.id)
    return _item_page(meeting, item, form), form.status


@blueprint.post(ITEM + "/move")
@opens_to(COORDINATORS)
def move_item(code: str, slug: str, item_id: int) -> ResponseReturnValue:
    """Move an item one place up or down among its siblings."""
    meeting = meeting_to_change(code, slug)
    step = STEPS.get(request.form.get("direction", ""))
    shown = AgendaItemForm(formdata=None)
    with shown.showing_refusals():
        current_record().check_open(db.session(), meeting)
        if step is None:
            raise Invalid(N_("An item moves up or down. Please use the buttons of the page."))
        move_agenda_item(db.session(), meeting, item_id, acting(), step=step)
        db.session.commit()
    if shown.refusal is None:
        return _to_item(meeting, item_id)
    return _agenda_page(meeting, shown), shown.status


@blueprint.post(ITEM + "/delete")
@opens_to(COORDINATORS)
def delete_item(code: str, slug: str, item_id: int) -> ResponseReturnValue:
    """Delete an item; refused with the reason where something would be lost."""
    meeting = meeting_to_change(code, slug)
    item = get_item(db.session(), meeting, item_id)
    form = AgendaItemForm(formdata=None, obj=item, seen=make_stamp(shown_of_item(item)))
    with form.showing_refusals():
        record = current_record()
        record.check_open(db.session(), meeting)
        recorded = record.count_by_item(db.session(), meeting).get(item_id, 0)
        deleted = delete_agenda_item(
            db.session(), meeting, item_id, acting(), outcomes=recorded, seen=request.form.get("seen", "")
        )
        title = deleted.title(current_language())
        db.session.commit()
        flash(_("Deleted from the agenda: %(title)s", title=title), "done")
    if form.refusal is None:
        return redirect(meeting_url(meeting, "agenda.agenda"))
    form.offer_parents(list_items(db.session(), meeting), current_language(), item)
    return _item_page(meeting, item, form), form.status


def _to_item(meeting: Meeting, item_id: int) -> ResponseReturnValue:
    return redirect(meeting_url(meeting, "agenda.agenda") + f"#item-{item_id}")


def _agenda_page(meeting: Meeting, form: AgendaItemForm) -> str:
    items = list_items(db.session(), meeting)
    record = current_record()
    refusal = record.find_refusal(db.session(), meeting)
    form.offer_parents(items, current_language(), None)
    siblings: dict[int | None, list[int]] = {}
    for _number, item in items:
        siblings.setdefault(item.parent_id, []).append(item.id)
    return render_template(
        "agenda/agenda.html",
        meeting=meeting,
        title=meeting_title(meeting, current_language()),
        items=items,
        counts=record.count_by_item(db.session(), meeting),
        firsts={ids[0] for ids in siblings.values()},
        lasts={ids[-1] for ids in siblings.values()},
        closed=_(refusal) if refusal else None,
        has_questions=meeting.kind != MeetingKind.WORKING and bool(meeting.round.questions),
        form=form,
    )


def _item_page(meeting: Meeting, item: AgendaItem, form: AgendaItemForm) -> str:
    numbered = list_items(db.session(), meeting)
    refusal = current_record().find_refusal(db.session(), meeting)
    return render_template(
        "agenda/agenda_item.html",
        meeting=meeting,
        title=meeting_title(meeting, current_language()),
        number=next(number for number, found in numbered if found.id == item.id),
        item=item,
        kept=_why_kept(meeting, numbered, item),
        closed=_(refusal) if refusal else None,
        form=form,
    )


def _why_kept(meeting: Meeting, numbered: list[tuple[str, AgendaItem]], item: AgendaItem) -> str | None:
    """Why the item cannot be deleted, so that the page need not offer it."""
    try:
        check_can_delete(
            children=sum(found.parent_id == item.id for _number, found in numbered),
            is_question=item.question_id is not None,
            discussion=item.discussion,
            outcomes=current_record().count_by_item(db.session(), meeting).get(item.id, 0),
        )
    except Conflict as refusal:
        return translated(refusal)
    return None
