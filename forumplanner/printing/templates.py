"""The templates of paper have an environment of their own: a document's language is not its reader's."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from forumplanner.config import templates_dir
from forumplanner.printing import typesetting


@cache
def print_templates() -> Environment:
    """Jinja over `templates/print`: autoescape on, a missing name is an error, the filters of `typesetting`."""
    environment = Environment(
        loader=FileSystemLoader(templates_dir() / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        unbreakable=typesetting.unbreakable,
        whole=typesetting.whole,
        as_is=typesetting.as_is,
        address=typesetting.address,
        at_spaces=typesetting.at_spaces,
        paragraphs=typesetting.paragraphs,
        thai_digits_if=typesetting.thai_digits_if,
    )
    return environment


def render_print(template: str, **context: object) -> str:
    """The HTML of a print template."""
    return print_templates().get_template(template).render(**context)
