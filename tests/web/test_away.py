"""While the database is away: pages say so and keep what was typed, calendars and health tell programs."""

import json
import os
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask

from forumplanner.core.db import db, make_database_file
from forumplanner.factory import create_app
from tests import keeper
from tests.databases import Databases, command, make_settings
from tests.guards.test_access import ROLES, address, browser, parameters, rules
from tests.pages import PageClient, text_of
from tests.waiting import wait_until
from tests.whole_words import without_terms

TYPED = "กรุณานำสมุดบัญชีกลุ่มมาด้วย ทุกกลุ่ม"
ADDRESS = "/rounds/2550-1/south/details"
Away = Callable[[], None]


class Server:
    """An application of its own whose database can go away and come back."""

    def __init__(self, app: Flask, leave: Away, come_back: Away) -> None:
        self.app, self.leave, self.come_back = app, leave, come_back


def _sqlite(databases: Databases, folder: Path, leave: str) -> Server:
    app = create_app(make_settings(folder, databases.copy_of("sample", folder)))
    path = folder / "forumplanner.sqlite3"
    aside = folder / "aside"

    def go() -> None:
        for ending in ("", "-wal", "-shm"):
            if Path(f"{path}{ending}").exists():
                os.rename(f"{path}{ending}", f"{aside}{ending}")
        if leave == "replaced":
            make_database_file(path)

    def back() -> None:
        path.unlink(missing_ok=True)
        for ending in ("", "-wal", "-shm"):
            if Path(f"{aside}{ending}").exists():
                os.rename(f"{aside}{ending}", f"{path}{ending}")

    return Server(app, go, back)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, int]]:
    """A server of our own, with its main process."""
    with tempfile.TemporaryDirectory(prefix="fp-away-") as name, pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", name)
        folder = Path(name)
        # It runs as another user where the tests run as root.
        folder.chmod(0o755)
        server = keeper.Server(folder)
        url = server.uri.replace("postgresql://", "postgresql+psycopg://")
        for words in (("db", "upgrade"), ("demo", "load")):
            done = command(folder, url, *words)
            assert done.returncode == 0, done.stderr
        app = create_app(make_settings(folder, url))
        yield app, server.process.pid
        with app.app_context():
            db.engine.dispose()
        server.stop()


def _processes(pid: int) -> list[int]:
    return [pid, *(int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


@pytest.fixture(params=["moved", "replaced", "stopped"])
def server(request: pytest.FixtureRequest, databases: Databases, tmp_path: Path) -> Iterator[Server]:
    if request.param != "stopped":
        found = _sqlite(databases, tmp_path, request.param)
    else:
        app, pid = request.getfixturevalue("postgres")

        def send(number: int) -> Away:
            def act() -> None:
                for process in _processes(pid):
                    with suppress(ProcessLookupError):
                        os.kill(process, number)

            return act

        found = Server(app, send(signal.SIGSTOP), send(signal.SIGCONT))
    yield found
    found.come_back()
    with found.app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a request waits for is no part of these tests."""
    monkeypatch.setattr("forumplanner.web.database.PATIENCE", 1)
    monkeypatch.setattr("forumplanner.web.database.HEALTH_PATIENCE", 1)


def test_health_feeds_and_pages_say_so_and_are_well_again_afterwards(server: Server) -> None:
    client = PageClient(server.app).sign_in_as("organiser")
    assert client.http.get("/healthz").status_code == 200
    feed = parameters_of(server.app)
    server.leave()
    health = client.http.get("/healthz")
    assert (health.status_code, health.get_json()) == (503, {"database": False, "schema": False})
    for path in ("/feeds/all.ics", "/feeds/regions/south.ics", feed):
        answer = client.http.get(path)
        assert (answer.status_code, answer.mimetype, answer.headers["Retry-After"]) == (503, "text/plain", "30"), path
        assert "กรุณาลองใหม่" in answer.get_data(as_text=True)
    for path in ("/", "/rounds/2550-1", ADDRESS, "/no/such/page", "/rounds/9999-1"):
        page = client.get(path, 503)
        assert (page.heading, page.response.headers["Retry-After"]) == ("ขณะนี้ระบบยังไม่พร้อม", "30"), path
        assert page.links()["ลองใหม่อีกครั้ง"] == path
    server.come_back()
    wait_until_well(client)
    assert client.get("/rounds/2550-1").status == 200
    assert client.http.get("/feeds/all.ics").status_code == 200


def parameters_of(app: Flask) -> str:
    """Somebody's own calendar."""
    return f"/feeds/p/{parameters(app)['feeds.link']}/my.ics"


def wait_until_well(client: PageClient) -> None:
    wait_until(lambda: client.http.get("/healthz").status_code == 200, "the database")


def test_what_was_typed_stands_on_the_page_and_is_sent_once_the_database_is_back(server: Server) -> None:
    client = PageClient(server.app).sign_in_as("coordinator")
    page = client.get(ADDRESS)
    form = next(node for node in page.root.iter("form") if node.get("method") == "post" and "note_th" in names(node))
    token = next(node.get("value") for node in form.iter("input") if node.get("name") == "csrf_token")
    server.leave()
    sent = client.http.post(
        ADDRESS, data={"csrf_token": token, "note_th": TYPED}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    refused = client._checked(sent, 503)
    assert text_of(refused.find_all("conflict-text")[0]).startswith(TYPED)
    server.come_back()
    wait_until_well(client)
    again = client.submit(refused, {}, form="/details", status=422)
    assert TYPED in again.text or TYPED in json.dumps(names(again.root), ensure_ascii=False)


def names(node: object) -> dict[str, str]:
    """What the fields below this hold."""
    found = {}
    for field in node.iter():  # type: ignore[attr-defined]
        if field.tag in ("input", "textarea") and field.get("name"):
            found[field.get("name")] = field.get("value") or field.text or ""
    return found


@pytest.mark.parametrize("role", ["nobody", "organiser"])
def test_every_address_answers_in_words_while_the_file_is_gone(databases: Databases, tmp_path: Path, role: str) -> None:
    assert role in ROLES
    server = _sqlite(databases, tmp_path, "moved")
    client, values = browser(server.app, role), parameters(server.app)
    asked = [
        (method, address(server.app, rule, values)) for method in ("GET", "POST") for rule in rules(server.app, method)
    ]
    server.leave()
    wrong = []
    for method, path in asked:
        with client.open(path, method=method, data={"note": TYPED} if method == "POST" else None) as answer:
            words = without_terms(answer.get_data(as_text=True))
            if answer.status_code >= 500 and (answer.status_code != 503 or not answer.headers.get("Retry-After")):
                if path != "/healthz":
                    wrong.append((method, path, answer.status_code))
            elif method == "POST" and answer.status_code == 503 and TYPED not in words:
                wrong.append((method, path, "lost"))
    assert wrong == []
    assert not (tmp_path / "forumplanner.sqlite3").exists()


def test_a_lost_file_is_never_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "forumplanner.sqlite3"
    app = create_app(make_settings(tmp_path, f"sqlite:///{path}"))
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, path.exists()) == (503, False)
    done = command(tmp_path, f"sqlite:///{path}", "db", "upgrade")
    assert (done.returncode, oct(path.stat().st_mode)[-3:]) == (0, "600")
    assert app.test_client().get("/healthz").status_code == 200


def test_nothing_is_written_into_a_file_that_was_moved_away(databases: Databases, tmp_path: Path) -> None:
    server = _sqlite(databases, tmp_path, "moved")
    client = server.app.test_client()
    link = parameters(server.app)["reply.link"]
    assert client.get(f"/reply/{link}").status_code == 200
    server.leave()
    aside = sqlite3.connect(tmp_path / "aside")
    before = aside.execute("SELECT count(*) FROM rate_windows").fetchone()
    for _ in range(3):
        client.post(f"/reply/{link}", data={"answer": "accepted"})
    assert aside.execute("SELECT count(*) FROM rate_windows").fetchone() == before
    aside.close()
