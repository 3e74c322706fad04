"""What every page of the gallery keeps, and the colours it is drawn in."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.look.gallery import PAGES, ROOT, create_gallery
from tests.page_checks import check_page, parse_strictly, text_of
from tests.whole_words import without_terms

TOKENS = (ROOT / "forumplanner/static/css/tokens.css").read_text(encoding="utf-8")
TEXT_ON = {
    "paper": ("ink", "quiet", "primary", "primary-deep", "done", "waiting", "problem"),
    "sheet": ("ink", "quiet", "primary", "primary-deep", "done", "waiting", "problem"),
    "wash": ("ink", "quiet"),
    "primary-wash": ("ink", "primary", "primary-deep", "quiet", "done", "waiting", "problem"),
    "done-wash": ("ink", "primary", "primary-deep", "done", "quiet"),
    "waiting-wash": ("ink", "primary", "primary-deep", "waiting", "quiet"),
    "problem-wash": ("ink", "primary", "primary-deep", "problem", "quiet"),
    "primary": ("on-primary",),
    "primary-deep": ("on-primary",),
    "problem": ("on-problem",),
    "problem-deep": ("on-problem",),
    # The regions over which the map sets its labels.
    "hue-1": ("on-hue",),
    "hue-4": ("on-hue",),
}
PAIRS = [(text, ground) for ground, texts in TEXT_ON.items() for text in texts]


@pytest.fixture(scope="module")
def gallery() -> Any:
    return create_gallery().test_client()


def read(gallery: Any, page: str, lang: str = "th", post: bool = False) -> Any:
    answer = gallery.post(f"/{page}", data=token(gallery, page)) if post else gallery.get(f"/{page}?lang={lang}")
    assert answer.status_code == 200
    return parse_strictly(without_terms(answer.get_data(as_text=True)))


def token(gallery: Any, page: str) -> dict[str, str]:
    found = re.search(r'name="csrf_token" value="([^"]+)"', gallery.get(f"/{page}").get_data(as_text=True))
    assert found is not None
    return {"csrf_token": found[1]}


def elements(tree: Any) -> list[Any]:
    return [element for element in tree.iter() if isinstance(element.tag, str)]


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_page_passes_the_page_client(gallery: Any, page: str, lang: str):
    root = read(gallery, page, lang)
    check_page(root)
    assert root.get("lang") == lang


@pytest.mark.parametrize("page", PAGES)
def test_page_has_one_h1_that_begins_its_title(gallery: Any, page: str):
    tree = read(gallery, page)
    (heading,) = [text_of(element) for element in elements(tree) if element.tag == "h1"]
    assert text_of(tree.find(".//title")).startswith(heading)


@pytest.mark.parametrize("page", PAGES)
def test_descriptions_point_at_something(gallery: Any, page: str):
    found = elements(read(gallery, page))
    ids = {element.get("id") for element in found}
    wanted = {name for element in found for name in (element.get("aria-describedby") or "").split()}
    assert wanted - ids == set()


def test_errors_are_named_at_the_top_and_beside_their_field(gallery: Any):
    tree = read(gallery, "form", post=True)
    ids = {element.get("id") for element in elements(tree)}
    links = [link.get("href").lstrip("#") for link in tree.findall(".//div[@class='error-summary']//a")]
    assert (links, set(links) - ids) == (["start", "place", "phone", "nights", "region", "answer-0"], set())


def test_errors_of_the_form_itself_stand_first(gallery: Any):
    first = read(gallery, "form", post=True).find(".//div[@class='error-summary']//li")
    assert text_of(first) == "วันประชุมตกนอกช่วงของรอบ 2550-1 กรุณาตรวจวันอีกครั้ง"


def test_a_wrong_field_says_so_to_a_screen_reader(gallery: Any):
    place = read(gallery, "form", post=True).find(".//input[@id='place']")
    assert (place.get("aria-invalid"), place.get("aria-describedby")) == ("true", "place-hint place-error")


def test_the_title_of_a_page_with_errors_begins_with_the_word(gallery: Any):
    title = text_of(read(gallery, "form", post=True).find(".//title"))
    assert ":" in title.split("กำหนดวันและสถานที่")[0]


def test_what_was_typed_is_kept(gallery: Any):
    answer = gallery.post("/form", data={**token(gallery, "form"), "place": "โรงแรม <b>เจบี</b>"})
    assert 'value="โรงแรม &lt;b&gt;เจบี&lt;/b&gt;"' in answer.get_data(as_text=True)


def test_a_participants_page_has_no_navigation(gallery: Any):
    assert [element.tag for element in elements(read(gallery, "reply")) if element.tag in ("nav", "header")] == []


def test_a_task_that_cannot_start_is_no_link(gallery: Any):
    tasks = read(gallery, "forum").findall(".//li[@class='task']")
    blocked = [task for task in tasks if task.find(".//span[@class='state state-blocked']") is not None]
    assert [task.find(".//a") for task in blocked] == [None, None, None]


def test_a_value_that_is_missing_is_said_in_words(gallery: Any):
    cells = [text_of(cell) for cell in read(gallery, "brief").findall(".//span[@class='no-data']")]
    assert (len(cells), "" in cells) == (7, False)


def tokens(dark: bool) -> dict[str, str]:
    light, _, night = TOKENS.partition("(prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", night)) if dark else found


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_keeps_its_contrast_on_every_ground(dark: bool):
    colours = tokens(dark)
    assert [pair for pair in PAIRS if contrast(colours[pair[0]], colours[pair[1]]) < 4.5] == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_edges_of_fields_can_be_seen(dark: bool):
    colours = tokens(dark)
    assert [ground for ground in ("paper", "sheet") if contrast(colours["edge"], colours[ground]) < 3] == []


def test_colours_stand_in_the_tokens_alone():
    sheets = [
        path
        for path in (ROOT / "forumplanner/static/css").glob("*.css")
        # The colours behind the seventh are reckoned, and compared with their rule by test_hues.py.
        if path.name not in ("tokens.css", "print.css", "hues.css")
    ]
    assert [path.name for path in sheets if re.search(r"#[0-9a-f]{3,8}\b", path.read_text(encoding="utf-8"))] == []


def test_every_component_says_how_to_call_it():
    folder: Path = ROOT / "templates/components"
    undocumented = [
        f"{path.name}: {name}"
        for path in sorted(folder.glob("*.html"))
        for name in re.findall(r"{% macro ([a-z]\w*)", path.read_text(encoding="utf-8"))
        if f"{name}(" not in path.read_text(encoding="utf-8").partition("#}")[0]
    ]
    assert undocumented == []
