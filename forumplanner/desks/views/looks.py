"""Who looked at personal data, or changed it: for organisers, in words, the latest first."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import ValidationError

from forumplanner.accounts.access import ORGANISERS, opens_to
from forumplanner.accounts.services import list_accounts
from forumplanner.core import clock, thai
from forumplanner.core.db import db
from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import N_
from forumplanner.desks.looking import (
    CHANGED,
    EXPORTS,
    PAGES,
    UNKNOWN_CHANGE,
    UNKNOWN_PAGE,
    Names,
    find_people,
    list_names_of,
)
from forumplanner.desks.looking import list_names as names_of
from forumplanner.desks.views.pages import blueprint
from forumplanner.history import looks as history
from forumplanner.history.looks import Entry, Wanted
from forumplanner.history.models import Look
from forumplanner.partners import words
from forumplanner.partners.models import Partner
from forumplanner.partners.search import clean_text
from forumplanner.web.forms import BaseForm, PlainField, ThaiDateField
from forumplanner.web.locale import current_language

LAST_NUMBER = 2**31 - 1


class LooksForm(BaseForm):
    """What the list is filtered by; it stands in the address."""

    class Meta:
        csrf = False

    account = SelectField(_l("Account"), default="")
    first = ThaiDateField(_l("From"))
    last = ThaiDateField(_l("Until"))
    q = PlainField(_l("Name or telephone of whoever was looked at"), max_length=100)

    def validate_last(self, field: ThaiDateField) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("The last day lies before the first. Please write the earlier day first."))


def _number(name: str) -> int | None:
    found = request.args.get(name, type=int)
    return found if found and 0 < found <= LAST_NUMBER else None


@blueprint.get("/settings/looks")
@opens_to(ORGANISERS)
def looks() -> ResponseReturnValue:
    """Looks and changes, filtered by account, days and partner; each page goes on where the last one ended."""
    session, lang = db.session(), current_language()
    form = LooksForm(request.args)
    form.account.choices = [("", _("everybody"))] + [
        (str(user.id), user.display_name) for user in list_accounts(session)
    ]
    valid = form.validate()
    partner = session.get(Partner, _number("partner") or 0)
    found: list[Partner] = []
    typed = clean_text(form.q.data or "")
    if valid and typed and partner is None:
        found = find_people(session, typed)
        if len(found) == 1:
            partner = found[0]
    wanted = Wanted(
        actor_id=int(form.account.data) if form.account.data else None,
        first=form.first.data,
        last=form.last.data,
        partner_id=partner.id if partner else None,
    )
    is_asking = bool(typed) and partner is None
    page = (
        history.list_entries(session, wanted, behind=request.args.get("behind", ""))
        if valid and not is_asking
        else None
    )
    names = list_names_of(session, page.entries, lang) if page else Names({}, {})
    shown = render_template(
        "desks/looks.html",
        form=form,
        page=page,
        rows=[_row(entry, names) for entry in page.entries] if page else [],
        partner=partner,
        found=found,
        nobody=is_asking and valid and not found,
        is_filtered=not wanted.is_open or bool(typed),
        later=_address(behind=page.later, partner=wanted.partner_id) if page and page.later else None,
        latest=_address(),
        without_partner=_address(partner=None, q=None),
        with_partner=lambda number: _address(partner=number, q=None),
    )
    return shown, 200 if valid else 422


def _address(**changes: object) -> str:
    """This list's address with some of it changed."""
    asked: dict[str, Any] = {name: request.args.get(name) for name in ("account", "first", "last", "partner", "q")}
    return url_for("desks.looks", **{name: value for name, value in (asked | changes).items() if value})


@blueprint.get("/settings/looks/<int(max=2147483647):look_id>")
@opens_to(ORGANISERS)
def look(look_id: int) -> ResponseReturnValue:
    """Everybody whose data one look showed."""
    session, lang = db.session(), current_language()
    found = session.get(Look, look_id)
    if found is None:
        raise NotFound(N_("There is no such entry. It may have been removed when its time was over."))
    number = min(max(request.args.get("page", 1, type=int), 1), LAST_NUMBER // history.PAGE_SIZE)
    shown, has_more = history.list_shown(session, look_id, page=number)
    names = names_of(
        session,
        [each.partner_id for each in shown],
        [found.thing_id] if found.thing == "meeting" else [],
        lang,
    )
    return render_template(
        "desks/look.html",
        look=found,
        what=_what(found.page, found.thing, found.thing_id, None, names),
        times=_times(found.first_at, found.at),
        rows=[(each, names.partners.get(each.partner_id)) for each in shown],
        first=(number - 1) * history.PAGE_SIZE + 1,
        earlier=url_for("desks.look", look_id=look_id, page=number - 1) if number > 1 else None,
        later=url_for("desks.look", look_id=look_id, page=number + 1) if has_more else None,
    )


def _row(entry: Entry, names: Names) -> dict[str, object]:
    """A line of the list in words."""
    known = [(number, names.partners.get(number)) for number in entry.partner_ids]
    return {
        "entry": entry,
        "day": clock.day_of(entry.at),
        "times": _times(entry.since, entry.at),
        "did": _("Changed") if entry.field is not None else _("Exported") if entry.page in EXPORTS else _("Looked at"),
        "what": _what(entry.page, entry.thing, entry.thing_id, entry.field, names),
        "people": known,
        "more": entry.partners - len(known),
    }


def _what(page: str, thing: str, thing_id: int, field: str | None, names: Names) -> str:
    """Which page or which field, and of which meeting."""
    if field is None:
        said = _(PAGES.get(page, UNKNOWN_PAGE))
    elif thing == "partner" and field in words.FIELDS:
        said = _(words.FIELDS[field])
    elif thing == "partner" and field == "added":
        said = _("Added")
    else:
        said = _(CHANGED.get(thing, UNKNOWN_CHANGE))
    under = names.meetings.get(thing_id) if thing == "meeting" else None
    return f"{said}: {under}" if under else said


def _times(since: Any, at: Any) -> str | None:
    """The hours in Thailand; None where they were not kept."""
    if since is None:
        return None
    first, last = (each.astimezone(clock.BANGKOK).time().replace(second=0, microsecond=0) for each in (since, at))
    lang = current_language()
    return thai.format_time(first, lang) if last <= first else thai.format_time_range(first, last, lang)
