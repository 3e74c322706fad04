"""Adding a partner and changing one; a possible second record of somebody is pointed out first."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import COORDINATORS, acting, noting_look, opens_to
from forumplanner.core.db import db
from forumplanner.core.errors import Invalid, NotFound
from forumplanner.partners import search, services, words
from forumplanner.partners.access import (
    check_in_sight,
    check_may_change,
    check_stays_in_reach,
    current_sight,
)
from forumplanner.partners.duplicates.alike import Why
from forumplanner.partners.duplicates.asking import find_possible_duplicates
from forumplanner.partners.facts import Facts, fact_texts, facts_of
from forumplanner.partners.forms import EditPersonForm, NewPersonForm
from forumplanner.partners.forms.organisations import OrganisationForm
from forumplanner.partners.models import Partner, PartnerKind
from forumplanner.partners.views.pages import blueprint, in_words, offered_regions
from forumplanner.places.services import find_region_of
from forumplanner.web.locale import current_language
from forumplanner.web.redrawing import is_drawn_again
from forumplanner.web.returning import way_back, with_more

AnyForm = NewPersonForm | EditPersonForm | OrganisationForm
Found = tuple[Partner, tuple[Why, ...]]


@blueprint.get("/partners/new")
@opens_to(COORDINATORS)
def new() -> ResponseReturnValue:
    """A person or an organisation?"""
    return render_template("partners/new.html", then=way_back(), name=_searched() or None)


def _searched() -> str:
    """What was looked for and not found, when this partner was to be added."""
    return search.clean_text(request.args.get("name", ""))


@blueprint.route("/partners/new/<kind>", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def new_partner(kind: str) -> ResponseReturnValue:
    """Add one; a possible second record of somebody is pointed out first.

    `then` in the address is the list this was asked from: it gets the new partner ticked. `name` is what was looked for
    there.
    """
    if kind not in set(PartnerKind):
        raise NotFound
    session = db.session()
    form: AnyForm = NewPersonForm() if kind == PartnerKind.PERSON else OrganisationForm()
    regions = offered_regions()
    form.offer(regions)
    _offer_kinds(form)
    form.needs_region = not current_sight().everything
    duplicates: list[Found] = []
    if not form.is_submitted():
        form.begin_with(_searched())
        if len(regions) == 1:
            form.regions.data = [regions[0].id]
    elif not is_drawn_again():
        form.propose_region(find_region_of(session, form.place.data))
    if form.validate_on_submit():
        with form.showing_refusals():
            facts = form.facts()
            check_stays_in_reach(facts)
            if not form.is_another.data:
                duplicates = find_possible_duplicates(session, current_sight(), facts)
            if not duplicates:
                partner = services.add_partner(session, acting(), facts)
                db.session.commit()
                flash(_("%(name)s was added.", name=partner.shown_name(current_language())), "done")
                _say_of_place(form, facts)
                then = way_back()
                if then:
                    return redirect(with_more(then, partner=partner.id))
                if request.form.get("go") == "invite":
                    return redirect(url_for("desks.invite_partner", partner_id=partner.id))
                return redirect(url_for("desks.partner", partner_id=partner.id))
    return _form_page(form, kind, duplicates=duplicates)


@blueprint.route("/partners/<int(max=2147483647):partner_id>/edit", methods=["GET", "POST"])
@opens_to(COORDINATORS)
def edit(partner_id: int) -> ResponseReturnValue:
    """Change one; where somebody saved meanwhile, both texts are shown and nothing typed is lost."""
    session = db.session()
    found = services.get_partner(session, partner_id, to_change=request.method == "POST")
    check_in_sight(found)
    check_may_change(found)
    form: AnyForm = EditPersonForm() if found.kind == PartnerKind.PERSON else OrganisationForm()
    form.offer(offered_regions(found.regions), kept=found.regions)
    _offer_kinds(form)
    form.needs_region = not current_sight().everything
    duplicates: list[Found] = []
    form.saved = facts_of(found)
    if not form.is_submitted():
        form.show(form.saved)  # type: ignore[arg-type]  # the form was chosen by the partner's kind
        form.saw(fact_texts(form.saved))
    elif form.place.data is not form.saved.place and not is_drawn_again():
        form.propose_region(find_region_of(session, form.place.data))
    if form.validate_on_submit():
        with form.showing_refusals():
            facts = form.facts()
            check_stays_in_reach(facts)
            if not form.is_another.data and _is_renamed(found, facts):
                duplicates = find_possible_duplicates(session, current_sight(), facts, besides=found.id)
            if not duplicates:
                services.change_partner(session, acting(), found, facts, seen=form.stamp)
                db.session.commit()
                flash(_("%(name)s is saved.", name=found.shown_name(current_language())), "done")
                _say_of_place(form, facts)
                return redirect(url_for("desks.partner", partner_id=found.id))
    page = _form_page(form, found.kind, partner=found, duplicates=duplicates)
    return noting_look(page, services.HISTORY, found.id)


def _offer_kinds(form: AnyForm) -> None:
    if isinstance(form, OrganisationForm):
        form.offer_kinds(services.list_finance_kinds(db.session()))


def _say_of_place(form: AnyForm, facts: Facts) -> None:
    """What else became of the line typed for the place, and that its region is another than the partner's."""
    if form.place.rest:
        flash(_("“%(rest)s” is kept in the note.", rest=form.place.rest), "info")
    other = _region_beside(facts)
    if other:
        flash(other, "info")


def _region_beside(facts: Facts) -> str:
    """That the place lies in another region than those the partner is of, in words; which may well be meant."""
    region = find_region_of(db.session(), facts.place) if facts.regions else None
    if facts.place is None or region is None or region in facts.regions:
        return ""
    lang = current_language()
    names = ", ".join(each.called(lang) for each in facts.regions)
    province = facts.place.line[-1].called(lang)
    said: str = _(
        "%(province)s lies in the region %(region)s; this partner is of %(regions)s, which may be so.",
        province=province,
        region=region.called(lang),
        regions=names,
    )
    return said


def _is_renamed(partner: Partner, facts: Facts) -> bool:
    before = facts_of(partner)
    return (before.whole_name, before.phones) != (facts.whole_name, facts.phones)


def _form_page(
    form: AnyForm,
    kind: str,
    *,
    partner: Partner | None = None,
    duplicates: list[Found],
) -> ResponseReturnValue:
    form.offer_row()
    if duplicates:
        form.show_refusal(Invalid(words.MAYBE_KNOWN, field="is_another"))
    page = render_template(
        "partners/edit.html",
        form=form,
        kind=kind,
        partner=partner,
        duplicates=[(found, in_words(why)) for found, why in duplicates],
        then=way_back(),
        searched=_searched() or None,
        sees_all=current_sight().everything,
        beside=_region_beside(facts_of(partner)) if partner else "",
    )
    answer = (page, 409 if duplicates else form.status)
    return noting_look(answer, "partners", 0, whose=[each.id for each, _why in duplicates]) if duplicates else answer
