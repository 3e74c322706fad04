"""The list of partners: searched, narrowed, found while typing, and taken away as a file."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import ColumnElement

from forumplanner.accounts.access import COORDINATORS, noting_look, opens_to
from forumplanner.core import clock
from forumplanner.core.db import db
from forumplanner.partners import search, services, words
from forumplanner.partners.access import (
    current_sight,
)
from forumplanner.partners.addresses import Asked, filter_of, read_asked
from forumplanner.partners.answered import Answered, condition_of
from forumplanner.partners.exporting import Exported, export_partners
from forumplanner.partners.search import PartnerFilter
from forumplanner.partners.views.pages import XLSX, blueprint, own_regions
from forumplanner.places.models import Region
from forumplanner.places.services import list_provinces
from forumplanner.sheets import write_csv, write_xlsx
from forumplanner.web.downloads import download
from forumplanner.web.locale import current_language

MOST_FOUND = 8
# In letters, by the columns of `exporting`; the notes behind them share the last.
EXPORT_WIDTHS = (10, 20, 20, 24, 32, 24, 26, 16, 16, 16, 16, 16, 30, 18, 16, 14, 24, 24, 30, *(20,) * 20)


@blueprint.get("/partners")
@opens_to(COORDINATORS)
def partners() -> ResponseReturnValue:
    """The partners in sight, in Thai order, searched and filtered."""
    session, sight, lang = db.session(), current_sight(), current_language()
    regions, kinds, networks, asked = _asked()
    wanted, also = filter_of(asked, regions), _answered(asked)
    page = search.list_partners(session, sight, wanted, also=also, page=asked.page)
    offered = {
        "kind": [("person", _("People")), ("organisation", _("Organisations"))],
        "region": [(region.slug, region.name(lang)) for region in regions],
        "sector": _words(words.SECTORS),
        "province": [(place.code, place.name(lang)) for place in list_provinces(session)],
        "level": _words(words.LEVELS),
        "of_kind": list(kinds.items()),
        "network": list(networks.items()),
        "without": _words(words.WITHOUT),
        "answered": _words(words.ANSWERED),
    }
    shown = render_template(
        "partners/partners.html",
        asked=asked,
        offered=offered,
        page=page,
        first=(page.number - 1) * search.PAGE_SIZE + 1,
        count=search.count_found(session, sight, wanted, also=also, first=page),
        counted_to=search.COUNTED_TO,
        regions=regions,
        sectors=words.SECTORS,
        sees_all=sight.everything,
    )
    return noting_look(shown, "partners", 0, whose=[partner.id for partner in page.partners])


def _asked() -> tuple[list[Region], dict[str, str], dict[str, str], Asked]:
    """The regions, kinds and networks that the list can be narrowed to, and what its address asks for."""
    session, lang = db.session(), current_language()
    regions = own_regions()
    kinds = {str(kind.id): kind.name(lang) for kind in services.list_finance_kinds(session)}
    networks = {str(network.id): network.shown_name(lang) for network in services.list_networks(session)}
    return regions, kinds, networks, read_asked(regions, kinds, networks)


def _answered(asked: Asked) -> ColumnElement[bool] | None:
    return condition_of(current_app, Answered(asked.answered)) if asked.answered else None


@blueprint.get("/partners/export.xlsx")
@opens_to(COORDINATORS)
def export_xlsx() -> ResponseReturnValue:
    """The list as it is narrowed, as a workbook."""
    exported = _exported()
    content = write_xlsx([(_("Partners"), exported.rows)], widths=EXPORT_WIDTHS)
    return _download(exported, content, XLSX, "xlsx")


@blueprint.get("/partners/export.csv")
@opens_to(COORDINATORS)
def export_csv() -> ResponseReturnValue:
    """The list as it is narrowed, as text."""
    exported = _exported()
    return _download(exported, write_csv(exported.rows), "text/csv; charset=utf-8", "csv")


def _exported() -> Exported:
    regions, _kinds, _networks, asked = _asked()
    wanted, lang = filter_of(asked, regions), current_language()
    return export_partners(db.session(), current_sight(), wanted, _, lang, also=_answered(asked))


def _download(exported: Exported, content: bytes, mimetype: str, ending: str) -> ResponseReturnValue:
    name = f"{_('Partners')} {clock.today().isoformat()}.{ending}"
    file = download(content, mimetype, name=name, plain_name=f"partners-{clock.today().isoformat()}.{ending}")
    return noting_look(file, "partners", 0, whose=exported.partner_ids)


def _words(named: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(value.value, _(word)) for value, word in named.items()]


@blueprint.get("/partners/find")
@opens_to(COORDINATORS)
def find() -> ResponseReturnValue:
    """To the one whom a name or a telephone number fits; to the list where several fit, or nobody."""
    text = search.clean_text(request.args.get("q", ""))
    found = search.list_partners(db.session(), current_sight(), PartnerFilter(text=text)).partners if text else []
    if len(found) == 1:
        return redirect(url_for("desks.partner", partner_id=found[0].id))
    return redirect(url_for("partners.partners", q=text or None))


@blueprint.get("/partners/found.json")
@opens_to(COORDINATORS)
def found() -> ResponseReturnValue:
    """The first few whom a piece of a name or a number fits, while it is being typed: names and links, no numbers."""
    text = search.clean_text(request.args.get("q", ""))
    wanted, lang = PartnerFilter(text=text), current_language()
    page = search.list_partners(db.session(), current_sight(), wanted, size=MOST_FOUND) if len(text) > 1 else None
    return jsonify(
        [
            {
                "name": partner.shown_name(lang),
                "about": words.describe(partner, lang),
                "href": url_for("desks.partner", partner_id=partner.id),
            }
            for partner in (page.partners if page else [])
        ]
    )
