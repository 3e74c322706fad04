"""Before Sarabun has arrived: the device's own face is drawn so that nothing moves when it does."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import fontpkg_noto_sans_thai
import fontpkg_roboto
import pytest
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, BrowserContext, Route

from tests.look.test_screens import address  # noqa: F401
from tests.page_checks import CATALOGUE
from tests.waiting import CEILING_MS

STATIC = Path(__file__).parent.parent.parent / "forumplanner/static"
TOKENS = (STATIC / "css/tokens.css").read_text(encoding="utf-8")
FACES = re.findall(r"@font-face \{([^}]*)\}", TOKENS)
LIKE = [face for face in FACES if "Like Sarabun" in face]
DEVICE = {
    "Noto Sans Thai": fontpkg_noto_sans_thai.ROOT / "files/NotoSansThai[wdth,wght].ttf",
    "Roboto": fontpkg_roboto.ROOT / "files/Roboto[wdth,wght].ttf",
}
SARABUN = {400: "Regular", 700: "Bold"}
# The movements that readers see, added up as browsers do (Layout Instability).
SHIFTS = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({type: 'layout-shift', buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 0)));
})"""

LOAD = """() => Promise.all([400, 700].flatMap(weight => ['ก', 'a'].map(
    letter => document.fonts.load(`${weight} 16px "Like Sarabun"`, letter)))).then(() => true)"""


def figure(face: str, name: str) -> float:
    found = re.search(rf"{name}: ([\d.]+)", face)
    assert found, (name, face)
    return float(found[1])


@cache
def words() -> tuple[str, str]:
    """Our Thai messages, Thai letters only; our English ones, Latin letters and spaces only."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="th") if message.id]
    thai = "".join(text for one in messages for text in ([one.string] if isinstance(one.string, str) else one.string))
    english = " ".join(one.id if isinstance(one.id, str) else one.id[0] for one in messages)
    return re.sub(r"[^\u0e01-\u0e5b]", "", thai), re.sub(r"%\(\w+\)[sd]|[^ A-Za-z]", "", english)


def width(font: TTFont, weight: int, text: str) -> float:
    """How wide a text is in a face, in the face's size."""
    glyphs, names = font.getGlyphSet(location={"wght": weight}), font.getBestCmap()
    letters = {letter: glyphs[names[ord(letter)]].width for letter in set(text)}
    return sum(letters[letter] for letter in text) / font["head"].unitsPerEm


@pytest.mark.parametrize("face", LIKE, ids=lambda face: f"{figure(face, 'font-weight'):.0f}-{'0E00-0E7F' in face}")
def test_a_face_of_the_device_is_drawn_as_wide_as_sarabun_and_on_its_lines(face: str) -> None:
    weight = int(figure(face, "font-weight"))
    sarabun = TTFont(STATIC / f"fonts/Sarabun-{SARABUN[weight]}.woff2")
    [device] = [TTFont(path) for name, path in DEVICE.items() if f'local("{name}' in face]
    text = words()[0 if "U+0E00-0E7F;" in face else 1]
    adjusted = figure(face, "size-adjust") / 100
    assert width(device, weight, text) * adjusted == pytest.approx(width(sarabun, weight, text), rel=0.01)
    hhea, units = sarabun["hhea"], sarabun["head"].unitsPerEm
    assert [figure(face, f"{name}-override") * adjusted for name in ("ascent", "descent", "line-gap")] == pytest.approx(
        [100 * hhea.ascent / units, -100 * hhea.descent / units, 100 * hhea.lineGap / units], abs=0.1
    )


def test_each_weight_has_its_thai_and_its_latin_face() -> None:
    assert sorted((figure(face, "font-weight"), "U+0E00-0E7F;" in face) for face in LIKE) == [
        (400, False),
        (400, True),
        (700, False),
        (700, True),
    ]


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[BrowserContext]:  # noqa: F811
    """A phone that has the faces of an Android telephone."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, base_url=address, bypass_csp=True)
    context.set_default_timeout(CEILING_MS)
    yield context
    context.close()


def shift(phone: BrowserContext, page: str, *, adjusted: bool) -> float:
    """What moves on a page when its fonts arrive after it was first drawn."""
    held: list[Route] = []
    window = phone.new_page()

    def sheet(route: Route) -> None:
        css = route.fetch().text()
        for name in DEVICE:
            css = re.sub(rf'(src: )local\("{name}[^;]*;', rf'\1url("/faces/{name}");', css)
        if not adjusted:  # as a face much wider than ours would stand there
            css = re.sub(r"(size-adjust): [^;]*;", r"\1: 130%;", css)
        route.fulfill(body=css, content_type="text/css")

    def hold(route: Route) -> None:
        held.append(route)

    def device_face(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1].replace("%20", " ")
        route.fulfill(body=DEVICE[name].read_bytes(), content_type="font/ttf")

    window.route("**/css/pages.css*", sheet)
    window.route("**/faces/*", device_face)
    window.route("**/Sarabun-*.woff2*", hold)
    window.goto(f"/{page}", wait_until="commit")
    window.wait_for_load_state("domcontentloaded")
    # A device has its faces at once; here they are asked for, since a browser fetches none in place of one under way.
    window.evaluate(LOAD)
    window.wait_for_function("performance.getEntriesByType('paint').length > 0")
    before: float = window.evaluate(SHIFTS)
    window.unroute("**/Sarabun-*.woff2*")
    for route in held:
        route.continue_()
    window.wait_for_function("[...document.fonts].some(f => f.family == 'Sarabun' && f.status == 'loaded')")
    window.evaluate("document.fonts.ready.then(() => true)")
    after: float = window.evaluate(SHIFTS)
    window.close()
    return after - before


@pytest.mark.browser
@pytest.mark.parametrize("page", ["reply", "forum", "board"])
def test_nothing_moves_to_speak_of_when_the_fonts_arrive(phone: BrowserContext, page: str) -> None:
    assert shift(phone, page, adjusted=True) < 0.02


@pytest.mark.browser
def test_such_a_movement_would_be_seen(phone: BrowserContext) -> None:
    assert max(shift(phone, page, adjusted=False) for page in ("reply", "forum", "board")) > 0.02
