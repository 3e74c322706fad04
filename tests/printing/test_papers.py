"""Two papers are printed at a time, and one that has not changed is not printed again."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from forumplanner.core.db import db
from forumplanner.printing import papers
from forumplanner.printing.papers import Busy, find_or_print, forget_papers, paper_key
from forumplanner.rounds.services import get_meeting
from tests.pages import PageClient
from tests.waiting import CEILING_SECONDS

PAPER = "/rounds/2550-1/south/minutes.pdf"


@dataclass(frozen=True)
class Document:
    title: str
    lang: str = "th"


def draw(document: Document) -> bytes:
    return document.title.encode()


def draw_otherwise(document: Document) -> bytes:
    return document.title.encode()


def test_the_same_document_has_the_same_key_and_another_another() -> None:
    same = {paper_key(Document("ก"), draw) for _ in range(3)}
    others = {
        paper_key(Document("ข"), draw),
        paper_key(Document("ก", "en"), draw),
        paper_key(Document("ก"), draw_otherwise),
    }
    assert (len(same), len(same | others)) == (1, 4)


def test_what_would_differ_each_time_is_no_document() -> None:
    with pytest.raises(TypeError, match="plain values"):
        paper_key(object(), draw)


def test_other_templates_or_fonts_make_other_papers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = paper_key(Document("ก"), draw)
    (tmp_path / "print").mkdir()
    (tmp_path / "print/minutes.html").write_text("<p>")
    monkeypatch.setattr(papers, "templates_dir", lambda: tmp_path)
    papers._version.cache_clear()
    after = paper_key(Document("ก"), draw)
    papers._version.cache_clear()
    assert before != after


class Printing:
    """Papers that are being printed until they are let go."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.go_on = folder, threading.Event()
        self.began = threading.Semaphore(0)
        self.printed: list[bytes] = []
        self._threads: list[threading.Thread] = []

    def begin(self, key: str) -> None:
        def make() -> bytes:
            self.began.release()
            assert self.go_on.wait(CEILING_SECONDS)
            return key.encode()

        thread = threading.Thread(target=lambda: self.printed.append(find_or_print(self.folder, key, make)))
        thread.start()
        self._threads.append(thread)
        assert self.began.acquire(timeout=CEILING_SECONDS)

    def end(self) -> None:
        self.go_on.set()
        for thread in self._threads:
            thread.join()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "PATIENCE_SECONDS", 0)


@pytest.mark.usefixtures("impatient")
def test_two_are_printed_at_once_and_the_third_waits(tmp_path: Path) -> None:
    printing = Printing(tmp_path)
    printing.begin("a")
    printing.begin("b")
    with pytest.raises(Busy):
        find_or_print(tmp_path, "c", lambda: b"c")
    printing.end()
    assert (sorted(printing.printed), find_or_print(tmp_path, "c", lambda: b"c")) == ([b"a", b"b"], b"c")


@pytest.mark.usefixtures("impatient")
def test_a_paper_that_is_being_printed_is_not_printed_twice(tmp_path: Path) -> None:
    printing = Printing(tmp_path)
    printing.begin("a")
    with pytest.raises(Busy):
        find_or_print(tmp_path, "a", lambda: b"again")
    printing.end()
    assert find_or_print(tmp_path, "a", lambda: b"again") == b"a"


@pytest.mark.usefixtures("impatient")
def test_all_processes_together_print_two(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from forumplanner.printing.papers import find_or_print\n"
        "def make():\n    print('began', flush=True); sys.stdin.read(); return b'x'\n"
        "find_or_print(Path(sys.argv[1]), sys.argv[2], make)"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path), key], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for key in ("a", "b")
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == b"began\n"
    with pytest.raises(Busy):
        find_or_print(tmp_path, "c", lambda: b"c")
    # One that is killed in the middle leaves its turn to others.
    running[0].kill()
    running[0].communicate()
    assert find_or_print(tmp_path, "c", lambda: b"c") == b"c"
    running[1].communicate(b"")
    assert find_or_print(tmp_path, "b", lambda: b"again") == b"x"


def test_a_fault_while_printing_leaves_the_turn_to_the_next(tmp_path: Path) -> None:
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            find_or_print(tmp_path, "a", lambda: 1 // 0)  # type: ignore[arg-type,return-value]
    assert find_or_print(tmp_path, "a", lambda: b"a") == b"a"


def test_where_nothing_can_be_kept_it_is_printed_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert find_or_print(tmp_path / "file", "a", lambda: b"a") == b"a"


def test_what_is_kept_is_ours_alone_and_takes_a_bounded_room(tmp_path: Path) -> None:
    for number in range(10):
        find_or_print(tmp_path, f"paper-{number}", lambda: b"x" * 1000)
        os.utime(tmp_path / f"paper-{number}.pdf", (2_000_000_000 + number,) * 2)
    assert {oct(path.stat().st_mode)[-3:] for path in tmp_path.iterdir()} == {"600"}
    forget_papers(tmp_path, 3500, 1e12)
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == [f"paper-{number}.pdf" for number in (7, 8, 9)]
    os.utime(tmp_path / "paper-9.pdf", (1_000_000_000,) * 2)
    forget_papers(tmp_path, 3500, 3600)
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == ["paper-7.pdf", "paper-8.pdf"]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch, sample: Flask, tmp_path: Path) -> list[str]:
    """The papers that are printed, in a folder of their own."""
    found: list[str] = []

    def note(folder: Path, key: str, make: Callable[[], bytes]) -> bytes:
        def noting() -> bytes:
            found.append(key)
            return make()

        return find_or_print(tmp_path, key, noting)

    monkeypatch.setattr("forumplanner.printing.views.serving.find_or_print", note)
    return found


def test_unchanged_minutes_are_printed_once_and_answered_by_their_tag(
    client: PageClient, counted: list[str], sample: Flask
) -> None:
    http = client.sign_in_as("organiser").http
    first, second = http.get(PAPER), http.get(PAPER)
    assert (first.data[:5], first.data == second.data, len(counted)) == (b"%PDF-", True, 1)
    known = http.get(PAPER, headers={"If-None-Match": first.headers["ETag"]})
    assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert http.get(f"{PAPER}?lang=en", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    with sample.app_context():
        meeting = get_meeting(db.session(), "2550-1", "south")
        meeting.venue_th = "ห้องประชุมใหม่"
        db.session.commit()
        db.session.remove()
    changed = http.get(PAPER, headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, changed.headers["ETag"] == first.headers["ETag"], len(counted)) == (200, False, 3)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("lang", "heading"), [("th", "กำลังจัดเตรียมเอกสารของท่าน"), ("en", "Your document is being prepared")]
)
def test_whoever_waits_is_told_and_led_to_the_paper(
    client: PageClient, counted: list[str], sample: Flask, tmp_path: Path, lang: str, heading: str
) -> None:
    client.sign_in_as("organiser")
    printing = Printing(tmp_path)
    printing.begin("a")
    printing.begin("b")
    client.get("/rounds/2550-1", lang=lang)
    page = client.get(PAPER, 503)
    headers = page.response.headers
    assert (page.heading, headers["Retry-After"], headers["Refresh"]) == (heading, "5", "5")
    assert PAPER.removesuffix(".pdf") in page.links().values()
    printing.end()
    assert client.http.get(PAPER).data[:5] == b"%PDF-"
