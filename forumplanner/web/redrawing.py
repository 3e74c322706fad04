"""The other language for a page with a half-filled form: the form goes along and is drawn again as it was typed.

A link would open the page anew and empty. So where a page holds a form, its language switch is a button of that form,
which needs no script. What arrives by it is never carried out: no form is valid (`web.forms`), so each view shows its
page with what was typed.
"""

from dataclasses import dataclass

from flask import Flask, g, request

FIELD = "draw_in"


@dataclass(frozen=True, slots=True)
class TypedForm:
    """A form of the page that somebody may have typed into, and where it is sent."""

    id: str
    action: str


def is_drawn_again() -> bool:
    """Whether this form was sent only to be shown in another language."""
    return request.method == "POST" and FIELD in request.form


def typed_form(name: str | None = None, action: str | None = None) -> str:
    """Note that the page draws such a form; returns its id."""
    noted: list[TypedForm] = g.setdefault("typed_forms", [])
    found = TypedForm(name or f"form-{len(noted) + 1}", action or request.full_path.rstrip("?"))
    noted.append(found)
    return found.id


def first_typed_form() -> TypedForm | None:
    """The first of the page's forms; None where it has none."""
    noted: list[TypedForm] = g.get("typed_forms", [])
    return noted[0] if noted else None


def begin_page() -> str:
    """Forget the forms of a page that was not finished: an error page is drawn in its place."""
    g.pop("typed_forms", None)
    return ""


def init_redrawing(app: Flask) -> None:
    """Templates note their forms and ask for them."""
    app.jinja_env.globals.update(
        typed_form=typed_form,
        first_typed_form=first_typed_form,
        begin_page=begin_page,
        is_drawn_again=is_drawn_again,
    )
