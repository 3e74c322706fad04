"""What every address is held to: the host it names, control characters, doubled slashes, the proxy in front."""

import dataclasses
from collections.abc import Iterator

import pytest
from flask import Flask

from forumplanner.core.db import db
from forumplanner.factory import create_app
from forumplanner.web.limits import client_address
from tests.guards.test_access import address, browser, parameters, rules
from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("sample")
BASE = "https://forum.example.org"


@pytest.fixture
def production(app: Flask) -> Iterator[Flask]:
    """The application as it runs behind its proxy."""
    found = create_app(dataclasses.replace(app.config["SETTINGS"], env="production", base_url=BASE))
    yield found
    with found.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.both_databases
@pytest.mark.parametrize("control", ["%00", "%01", "%1B", "%7F", "%C2%85", "%0D%0A"])
def test_no_address_takes_control_characters(app: Flask, control: str) -> None:
    client, values = browser(app, "organiser"), parameters(app)
    adapter = app.url_map.bind("localhost")
    wrong = []
    for rule in rules(app, "GET"):
        own = rule.endpoint.partition(".")[0]
        wanted = {name: values.get(f"{own}.{name}", values.get(name)) for name in rule.arguments}
        texts = {name for name in wanted if isinstance(wanted[name], str)}
        for name in texts:
            wanted = {
                key: values.get(f"{rule.endpoint.partition('.')[0]}.{key}", values.get(key)) for key in rule.arguments
            }
            marked = {**wanted, name: f"{wanted[name]}CONTROL"}
            with app.test_request_context():
                path = adapter.build(rule.endpoint, marked).replace("CONTROL", control)
            answer = client.get(path)
            answer.close()
            if answer.status_code != 404:
                wrong.append((path, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize(("path", "kind"), [("/rounds/2550-1%00", "text/html"), ("/feeds/2550-1%00.ics", "text/plain")])
def test_a_control_character_is_told_in_words(client: PageClient, path: str, kind: str) -> None:
    answer = client.http.get(path)
    assert (answer.status_code, answer.mimetype) == (404, kind)
    assert "กรุณา" in answer.get_data(as_text=True)


def test_doubled_slashes_send_nobody_anywhere(app: Flask) -> None:
    link = parameters(app)["reply.link"]
    answer = app.test_client().get(f"/reply//{link}", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers.get("Location")) == (404, None)


@pytest.mark.parametrize("path", ["/", "/login", "/healthz", "/feeds/all.ics", "/static/icon.svg", "/no/such/page"])
def test_in_production_another_host_is_refused(production: Flask, path: str) -> None:
    answer = production.test_client().get(path, headers={"Host": "evil.example"})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert "evil" not in f"{answer.headers}{answer.get_data(as_text=True)}"


@pytest.mark.parametrize("host", ["forum.example.org", "127.0.0.1:8000", "localhost"])
def test_in_production_our_host_and_this_machine_are_answered(production: Flask, host: str) -> None:
    assert production.test_client().get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("peer", "counted"),
    [
        ("127.0.0.1", "203.0.113.7"),
        ("::1", "203.0.113.7"),
        ("", "203.0.113.7"),
        ("198.51.100.4", "198.51.100.4"),
        ("127x.example", "127x.example"),
    ],
)
def test_only_the_proxy_on_this_machine_says_who_asks(production: Flask, peer: str, counted: str) -> None:
    found = []
    production.before_request_funcs[None].insert(0, lambda: found.append(client_address()))
    headers = {"X-Forwarded-For": "203.0.113.7", "Host": "localhost"}
    production.test_client().get("/login", headers=headers, environ_base={"REMOTE_ADDR": peer})
    assert found == [counted]


@pytest.mark.parametrize("role", ["nobody", "organiser"])
def test_every_page_says_who_may_keep_it(app: Flask, role: str) -> None:
    client, values = browser(app, role), parameters(app)
    wrong = []
    for rule in rules(app, "GET"):
        answer = client.get(address(app, rule, values))
        answer.close()
        said = answer.headers.get("Cache-Control")
        own = "private, no-store" if rule.endpoint.startswith("security.") else "private, no-cache"
        if answer.mimetype == "text/html" and said not in (own, "private, no-store"):
            wrong.append((rule.endpoint, answer.status_code, said))
    assert wrong == []
