"""Every form that is sent twice under one key does its work once and answers both times in the same words."""

from typing import Any

from werkzeug.test import TestResponse

from forumplanner.web.once import is_repeatable
from tests.every_form import carry_out, drawn
from tests.pages import PageClient
from tests.typing_in import retyped
from tests.walked import Walked

# Where no page of the walk leads: without mail nobody is sent a link for a forgotten password, and leaving the sample
# takes it away (`tests/accounts/test_password_link.py`, `tests/upkeep/test_starting.py`). The others are closed.
# Sheets are chosen of a file that has several: see tests/partners/importing/test_deciding.py.
ELSEWHERE = {"security.forgot_password", "security.reset_password", "upkeep.start", "partners.import_sheets"}


def post_endpoints(walked: Walked) -> set[str]:
    """Where forms can be sent that do something to what is stored."""
    rules = [rule for rule in walked.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return {rule.endpoint for rule in rules if not is_repeatable(walked.app, rule.endpoint)} - {
        endpoint for endpoint, view in walked.app.view_functions.items() if view.__name__ == "_closed"
    }


def said_by(client: PageClient) -> list[Any]:
    """What the next page would say; it is not said again."""
    with client.http.session_transaction() as session:
        return list(session.pop("_flashes", []))


def heard(answer: TestResponse) -> tuple[bool, str | None]:
    """Whether it was taken, and where it led."""
    return answer.status_code < 400, answer.location


def test_every_form_sent_twice_does_its_work_once(walked: Walked) -> None:
    wrong, sent = [], set()
    for form in walked.forms():
        if is_repeatable(walked.app, form.endpoint) or form.endpoint in ELSEWHERE:
            continue
        sent.add(form.endpoint)
        walked.begin_anew()
        said_by(form.client)
        node, action = drawn(form, form.client)
        answer, action, data = carry_out(form.client, action, retyped(node, form.endpoint, form.page, 0))
        first, after = (*heard(answer), said_by(form.client)), walked.rows()
        if answer.status_code >= 400:
            wrong.append((str(form), "was refused", answer.get_data(as_text=True).partition("error-summary")[2][:600]))
            continue
        again = form.client.http.post(action, data=data)
        if (*heard(again), said_by(form.client)) != first:
            wrong.append((str(form), "answers otherwise", str(again.location)))
        if (found := walked.rows()) != after:
            wrong.append((str(form), "acts twice", ", ".join(name for name in after if after[name] != found[name])))
    assert wrong == [], "\n".join(map(str, wrong))
    assert post_endpoints(walked) - ELSEWHERE - sent == set(), "no page of the walk draws these"
