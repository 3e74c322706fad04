"""What the layouts show around every page: the main menu, the account, the sample's banner."""

from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from forumplanner.accounts.access import is_coordinator, is_organiser, is_signed_in
from forumplanner.core import clock, thai
from forumplanner.core.errors import NotFound
from forumplanner.desks.views.ways import may_open
from forumplanner.web.locale import current_language


def navigation() -> list[dict[str, Any]]:
    """The main menu by role; nothing for visitors but the dates."""
    ways = [(_("Rounds"), "/rounds")]
    if is_coordinator():
        ways.append((_("Partners"), "/partners"))
    if may_open("register.figures"):
        ways.append((_("Figures"), "/figures"))
    if may_open("desks.settings"):
        ways.append((_("Settings"), "/settings"))
    here = request.path
    return [
        {"label": label, "href": href, "current": here == href or here.startswith(f"{href}/")} for label, href in ways
    ]


def may_find_partners() -> bool:
    """Whether the box that leads to a partner is for this person; the home page has a larger one of its own."""
    return is_coordinator() and request.endpoint not in ("desks.home", "partners.partners")


def ways_on(status: int) -> list[tuple[str, str]]:
    """From an error page to what stands above it, as (label, address); read off the address alone.

    What was not found may lack the round or the meeting itself, so it leads to the list.
    """
    found = request.view_args or {}
    code, slug = found.get("code"), found.get("slug")
    if request.path.startswith("/partners/") and is_coordinator():
        return [(_("Partners"), url_for("partners.partners"))]
    if not request.path.startswith("/rounds/"):
        return []
    if status == NotFound.status or code is None:
        return [(_("All rounds"), url_for("rounds.index"))]
    ways = [(_("Round %(code)s", code=code), url_for("desks.board", code=code))]
    if slug is not None:
        ways.insert(0, (_("To the meeting"), url_for("desks.meeting", code=code, slug=slug)))
    return ways


def account() -> dict[str, str] | None:
    """The signed-in person, or None."""
    if not is_signed_in():
        return None
    return {
        "name": current_user.display_name,
        "href": url_for("accounts.account"),
        "sign_out_href": url_for("security.logout"),
    }


def sign_in_href() -> str:
    """Where to sign in."""
    return url_for("security.login")


def sample_today() -> str | None:
    """Today in words where the calendar was moved, else None."""
    moved = clock.moved_today()
    return thai.format_full(moved, lang=current_language()) if moved else None


def sample_exit_href() -> str | None:
    """Where an organiser leaves the sample."""
    return "/start" if g.get("sample_today") and is_organiser() else None


def subscribe_href() -> str:
    """Where the dates come into one's own calendar."""
    return "/subscribe"


def init_navigation(app: Flask) -> None:
    """Give them to the templates."""
    app.jinja_env.globals.update(
        navigation=navigation,
        may_find_partners=may_find_partners,
        account=account,
        ways_on=ways_on,
        sign_in_href=sign_in_href,
        sample_today=sample_today,
        sample_exit_href=sample_exit_href,
        subscribe_href=subscribe_href,
    )
