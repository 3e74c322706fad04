"""Pages about partners who may stand in the list twice: the list to work through, and who was told apart."""

from dataclasses import dataclass

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forumplanner.accounts.access import COORDINATORS, acting, noting_look, opens_to
from forumplanner.core import thai
from forumplanner.core.db import db
from forumplanner.core.errors import Refused
from forumplanner.partners import search, services, words
from forumplanner.partners.access import check_in_sight, check_may_change, current_sight, may_change
from forumplanner.partners.duplicates.asking import find_possible_duplicates
from forumplanner.partners.duplicates.deciding import list_apart, take_back, tell_apart
from forumplanner.partners.duplicates.finding import Pair, list_pairs
from forumplanner.partners.facts import Facts, OrganisationFacts, PersonFacts
from forumplanner.partners.models import Partner, PartnerKind
from forumplanner.partners.rules import split_name
from forumplanner.partners.views.pages import blueprint, in_words
from forumplanner.places.reading import read_place
from forumplanner.web.forms import PostForm
from forumplanner.web.locale import current_language

PAIRS_A_PAGE = 20
LONGEST = 300


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A pair as the list shows it."""

    partners: tuple[Partner, Partner]
    why: str
    may_merge: bool


@blueprint.get("/partners/duplicates")
@opens_to(COORDINATORS)
def duplicates() -> ResponseReturnValue:
    """The pairs in sight who may be one, the surest first."""
    session, sight = db.session(), current_sight()
    pairs = list_pairs(session, sight)
    last = max((len(pairs) + PAIRS_A_PAGE - 1) // PAIRS_A_PAGE, 1)
    number = min(max(request.args.get("page", 1, type=int), 1), last)
    first = (number - 1) * PAIRS_A_PAGE
    shown = _shown(pairs[first : first + PAIRS_A_PAGE])
    page = render_template(
        "partners/duplicates.html",
        pairs=shown,
        count=len(pairs),
        first=first + 1,
        previous_href=url_for("partners.duplicates", page=number - 1) if number > 1 else None,
        next_href=url_for("partners.duplicates", page=number + 1) if number < last else None,
        number=number,
        any_apart=bool(list_apart(session, sight)),
    )
    return noting_look(page, "partners", 0, whose={each.id for row in shown for each in row.partners})


def _shown(pairs: list[Pair]) -> list[ShownPair]:
    ids = {number for pair in pairs for number in (pair.first, pair.second)}
    known = {each.id: each for each in search.list_partners_by_id(db.session(), current_sight(), sorted(ids))}
    both = [(known[pair.first], known[pair.second], pair) for pair in pairs if {pair.first, pair.second} <= set(known)]
    return [
        ShownPair((one, other), in_words(pair.why), may_change(one) and may_change(other)) for one, other, pair in both
    ]


@blueprint.get("/partners/duplicates/apart")
@opens_to(COORDINATORS)
def told_apart() -> ResponseReturnValue:
    """The pairs that somebody said are not the same, by whom and when."""
    rows = list_apart(db.session(), current_sight())
    return render_template("partners/told_apart.html", rows=rows, may_change=may_change)


@blueprint.post("/partners/<int(max=2147483647):partner_id>/not-same/<int(max=2147483647):other_partner_id>")
@opens_to(COORDINATORS)
def not_same(partner_id: int, other_partner_id: int) -> ResponseReturnValue:
    """These are two: never offered as one again."""
    one, other = _both(partner_id, other_partner_id)
    if PostForm().validate_on_submit():
        tell_apart(db.session(), acting(), one, other)
        db.session.commit()
        flash(_("%(one)s and %(other)s are kept as two.", **_names(one, other)), "done")
    return redirect(url_for("partners.duplicates", page=request.args.get("page", type=int)), 303)


@blueprint.post("/partners/<int(max=2147483647):partner_id>/maybe-same/<int(max=2147483647):other_partner_id>")
@opens_to(COORDINATORS)
def maybe_same(partner_id: int, other_partner_id: int) -> ResponseReturnValue:
    """They may be the same after all."""
    one, other = _both(partner_id, other_partner_id)
    if PostForm().validate_on_submit():
        take_back(db.session(), acting(), one, other)
        db.session.commit()
        flash(_("%(one)s and %(other)s are compared again.", **_names(one, other)), "done")
    return redirect(url_for("partners.told_apart"), 303)


def _both(partner_id: int, other_id: int) -> tuple[Partner, Partner]:
    found = [services.get_partner(db.session(), number) for number in (partner_id, other_id)]
    for partner in found:
        check_in_sight(partner)
        check_may_change(partner)
    return found[0], found[1]


def _names(one: Partner, other: Partner) -> dict[str, str]:
    lang = current_language()
    return {"one": one.shown_name(lang), "other": other.shown_name(lang)}


@blueprint.get("/partners/alike.json")
@opens_to(COORDINATORS)
def alike() -> ResponseReturnValue:
    """Who may be the one that is being typed: names, why and links, no numbers."""
    try:
        facts = _typed()
    except Refused:
        facts = None
    found = find_possible_duplicates(db.session(), current_sight(), facts) if facts else []
    lang = current_language()
    return jsonify(
        [
            {
                "name": partner.shown_name(lang),
                "about": ", ".join(part for part in (words.describe(partner, lang), in_words(why)) if part),
                "href": url_for("desks.partner", partner_id=partner.id),
            }
            for partner, why in found
        ]
    )


def _typed() -> Facts | None:
    def text(name: str) -> str:
        return thai.check_plain_text(request.args.get(name, "")[:LONGEST], LONGEST)

    name = text("name")
    if len(name) < 2:
        return None
    place = read_place(text("place")).place if text("place") else None
    phones = tuple(thai.find_phones(text("phones")))
    if request.args.get("kind") == PartnerKind.ORGANISATION:
        return OrganisationFacts(name=name, short_name=text("short") or None, phones=phones, place=place)
    parts = split_name(name)
    return PersonFacts(
        given_name=parts.given_name,
        surname=parts.surname,
        phones=phones,
        place=place,
        organisation_text=text("group") or None,
    )
