"""Settings of the regions: adding, renaming and retiring them, and which provinces belong to each."""

from collections import Counter
from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import ORGANISERS, acting, opens_to
from forumplanner.core.db import db
from forumplanner.core.errors import NotFound
from forumplanner.core.i18n import N_
from forumplanner.history.services import list_changes
from forumplanner.places.models import Province, Region
from forumplanner.places.services import get_region, list_provinces, list_regions
from forumplanner.rounds import regions as services
from forumplanner.rounds.regions import move_provinces
from forumplanner.rounds.views.addresses import blueprint
from forumplanner.rounds.views.region_forms import ProvinceForm, ProvincesForm, RegionForm
from forumplanner.web.forms import PostForm
from forumplanner.web.locale import current_language

FIELDS = {
    "name_th": N_("Name in Thai"),
    "name_en": N_("Name in English"),
    "retired_at": N_("Retired"),
    "provinces": N_("Provinces"),
    "confirmed": N_("Confirmed"),
}
# The same changes, told of a province.
OF_A_PROVINCE = {"provinces": N_("Belongs to"), "confirmed": N_("Confirmed")}


@blueprint.get("/settings/regions")
@opens_to(ORGANISERS)
def regions() -> ResponseReturnValue:
    """All regions with the number of their provinces, the retired ones apart."""
    session = db.session()
    found, provinces = list_regions(session), list_provinces(session)
    counts = Counter(item.region_id for item in provinces)
    return render_template(
        "rounds/regions.html",
        regions=[region for region in found if region.retired_at is None],
        retired=[region for region in found if region.retired_at is not None],
        counts=counts,
        homeless=_homeless(found, provinces),
        doubtful=[item for item in provinces if item.please_check],
        unsure=Counter(item.region_id for item in provinces if item.please_check),
    )


def _homeless(regions: Iterable[Region], provinces: Iterable[Province]) -> list[Province]:
    """Provinces that still belong to a region that is retired."""
    retired = {region.id for region in regions if region.retired_at is not None}
    return [item for item in provinces if item.region_id in retired]


@blueprint.route("/settings/regions/new", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def new_region() -> ResponseReturnValue:
    """Add a region; its provinces come to it on its own page."""
    form = RegionForm()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            with form.showing_refusals():
                added = services.add_region(db.session(), form.names(), acting())
                db.session.commit()
                name = added.name(current_language())
                flash(_("%(region)s was added. Now choose its provinces.", region=name), "done")
                return redirect(url_for("rounds.region", slug=added.slug))
    return render_template("rounds/new_region.html", form=form), status


@blueprint.route("/settings/regions/<slug>", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def region(slug: str) -> ResponseReturnValue:
    """A region: its names, its provinces, what was changed on it."""
    session = db.session()
    found = get_region(session, slug)
    form = RegionForm()
    if not form.is_submitted():
        form.show_region(found)
    elif form.validate():
        with form.showing_refusals():
            services.rename_region(session, found, form.names(), acting(), seen=form.stamp)
            db.session.commit()
            flash(_("The names are saved. Titles and calendars follow."), "done")
            return redirect(url_for("rounds.region", slug=slug))
    return _region_page(slug, form, _provinces_form(slug)), form.status


def _provinces_form(slug: str, *, is_sent: bool = False) -> ProvincesForm:
    """The form that brings provinces here. The page has another form, which may have been sent instead."""
    session = db.session()
    form = ProvincesForm(formdata=request.form if is_sent else None)
    by_id = {each.id: each for each in list_regions(session)}
    elsewhere = [item for item in list_provinces(session) if by_id[item.region_id].slug != slug]
    form.offer(elsewhere, by_id, is_sent=is_sent)
    return form


def _region_page(slug: str, form: RegionForm, provinces_form: ProvincesForm) -> str:
    session = db.session()
    found = get_region(session, slug)
    return render_template(
        "rounds/region.html",
        region=found,
        form=form,
        provinces_form=provinces_form,
        provinces=[item for item in list_provinces(session) if item.region_id == found.id],
        changes=list_changes(session, "region", found.id, limit=30),
        fields=FIELDS,
    )


@blueprint.post("/settings/regions/<slug>/provinces")
@opens_to(ORGANISERS)
def bring_provinces(slug: str) -> ResponseReturnValue:
    """Let provinces of other regions belong to this one."""
    session = db.session()
    found = get_region(session, slug)
    form = _provinces_form(slug, is_sent=True)
    if form.validate():
        with form.showing_refusals():
            moved = move_provinces(session, form.provinces.data or (), found, acting(), seen=form.stamp)
            db.session.commit()
            flash(_("Provinces brought in: %(count)s.", count=len(moved)), "done")
            return redirect(url_for("rounds.region", slug=slug))
    names = RegionForm(formdata=None)
    names.show_region(get_region(session, slug))
    return _region_page(slug, names, form), form.status


@blueprint.route("/settings/regions/<slug>/retire", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def retire_region(slug: str) -> ResponseReturnValue:
    """Let a region take part in nothing new, after a question."""
    session = db.session()
    found = get_region(session, slug)
    form = PostForm()
    if form.validate_on_submit():
        services.retire_region(session, found, acting())
        db.session.commit()
        flash(_("%(region)s is retired. Past rounds keep it.", region=found.name(current_language())), "done")
        return redirect(url_for("rounds.regions"))
    left = [item for item in list_provinces(session) if item.region_id == found.id]
    return render_template("rounds/retire_region.html", region=found, provinces=left)


@blueprint.post("/settings/regions/<slug>/revive")
@opens_to(ORGANISERS)
def revive_region(slug: str) -> ResponseReturnValue:
    """Take a retired region up again."""
    session = db.session()
    found = get_region(session, slug)
    if PostForm().validate():
        services.revive_region(session, found, acting())
        db.session.commit()
        flash(_("%(region)s takes part again.", region=found.name(current_language())), "done")
    return redirect(url_for("rounds.region", slug=slug))


@blueprint.get("/settings/provinces")
@opens_to(ORGANISERS)
def provinces() -> ResponseReturnValue:
    """Every province with its region; what is still to be confirmed comes first."""
    session = db.session()
    found = list_provinces(session)
    names = {each.id: each.name(current_language()) for each in list_regions(session)}
    return render_template(
        "rounds/provinces.html",
        doubtful=[item for item in found if item.please_check],
        provinces=found,
        names=names,
        last={name: changes[0] for name, changes in services.list_province_changes(session).items()},
    )


@blueprint.route("/settings/provinces/<province_code>", methods=["GET", "POST"])
@opens_to(ORGANISERS)
def province(province_code: str) -> ResponseReturnValue:
    """Say which region a province belongs to, and confirm it."""
    session = db.session()
    found = session.get(Province, province_code[:3])
    if found is None:
        raise NotFound(N_("There is no such province. Please choose one from the list."))
    choices = [each for each in list_regions(session) if each.retired_at is None or each.id == found.region_id]
    form = ProvinceForm()
    form.offer(found, choices)
    if form.validate_on_submit():
        with form.showing_refusals():
            target = next(each for each in choices if each.slug == form.region.data)
            confirm = bool(form.is_right.data)
            move_provinces(session, [found.code], target, acting(), seen=form.stamp, confirm=confirm)
            names = {"province": found.name(current_language()), "region": target.name(current_language())}
            db.session.commit()
            flash(_("%(province)s: %(region)s.", **names), "done")
            return redirect(url_for("rounds.provinces"))
    changes = services.list_province_changes(session).get(found.name_th, [])
    called = {each.id: each.called(current_language()) for each in list_regions(session)}
    page = render_template(
        "rounds/province.html", province=found, form=form, changes=changes, names=called, fields=OF_A_PROVINCE
    )
    return page, form.status
