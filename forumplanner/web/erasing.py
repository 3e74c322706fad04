"""How the notes of sent forms forget a person: what was searched for stands in addresses."""

from urllib.parse import unquote_plus, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from forumplanner.core.erasing import Erasing, Leaving
from forumplanner.web.once import SpentForm


def _clean_addresses(session: Session, leaving: Leaving) -> None:
    query = select(SpentForm).where(SpentForm.led_to.is_not(None)).order_by(SpentForm.mark)
    for form in session.scalars(query):
        if leaving.traces.found_in(unquote_plus(form.led_to or "")):
            path = urlsplit(form.led_to or "").path
            form.led_to = "/" if leaving.traces.found_in(unquote_plus(path)) else path
    session.flush()


ERASING = Erasing(
    left={
        "spent_forms.led_to": "an address, cleaned in a way of its own",
        "marks.value": "a day, or a count",
    },
    after=_clean_addresses,
)
