"""What every page must hold: valid HTML, one heading, labels, one language; each distinct page once a worker."""

import os
import pickle
import re
import zlib
from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parent.parent / "translations/th/LC_MESSAGES/messages.po"


def text_of(node: Element | None) -> str:
    """Text of an element, without scripts, spaces folded."""
    if node is None:
        return ""
    return " ".join("".join(_texts(node)).split())


def _texts(node: Element) -> list[str]:
    if not isinstance(node.tag, str) or node.tag in ("script", "style", "template"):
        return [" ", node.tail or ""]
    # A span that only says its language parts no words.
    gap = "" if node.tag in ("span", "tspan") and node.attrib.keys() <= {"lang"} else " "
    found = [gap, node.text or ""]
    for child in node:
        found += _texts(child)
    return [*found, gap, node.tail or ""]


# Hidden fields carry tokens that differ from one drawing of a page to the next, and nothing that is checked.
_HIDDEN = re.compile(r'(<input (?=[^<>]*type="hidden")[^<>]*?value=")([\w.-]+)(?=")')
_PLACE = "a hidden value"
_checked_trees: dict[bytes, bytes] = {}


def checked_tree(html: str) -> Element:
    """The tree of a page that holds what every page must; each distinct page is parsed and checked once a worker.

    The tree is the caller's own, with the hidden fields of this very page.
    """
    tokens: list[str] = []

    def note(found: re.Match[str]) -> str:
        tokens.append(found[2])
        return f"{found[1]}{_PLACE}"

    same = _HIDDEN.sub(note, html)
    key = sha256(same.encode()).digest()
    if key not in _checked_trees:
        root = parse_strictly(same)
        check_page(root)
        _checked_trees[key] = zlib.compress(pickle.dumps(root, pickle.HIGHEST_PROTOCOL), 1)
    tree: Element = pickle.loads(zlib.decompress(_checked_trees[key]))
    held = [node for node in tree.iter("input") if (node.get("value") or "").startswith(_PLACE)]
    for node, token in zip(held, tokens, strict=True):
        node.set("value", token)
    return tree


def parse_strictly(html: str) -> Element:
    """Parse; any parse error fails."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=False)
    root: Element = parser.parse(html)
    errors = [(place, code, data) for place, code, data in parser.errors]
    assert not errors, f"invalid HTML: {errors[:3]} in\n" + _around(html, errors[0][0])
    return root


def _around(html: str, place: tuple[int, int]) -> str:
    lines = html.splitlines()
    return "\n".join(lines[max(0, place[0] - 3) : place[0] + 2])


def check_page(root: Element) -> None:
    """What holds for every page: language, title, one h1, unique ids, labelled inputs, CSRF, nothing inline, Thai."""
    lang = root.get("lang")
    assert lang in ("th", "en"), "the page does not say its language"
    title = text_of(root.find("head/title"))
    assert title, "no title"
    headings = list(root.iter("h1"))
    assert len(headings) == 1, f"{len(headings)} h1 on {title}"
    assert text_of(headings[0]), f"an empty h1 on {title}"
    ids = Counter(node.get("id") for node in root.iter() if node.get("id"))
    assert not [found for found, count in ids.items() if count > 1], f"ids twice: {ids.most_common(3)}"
    _check_labels(root)
    _check_optional_fields(root)
    _check_nothing_said_twice(root)
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        assert node.get("style") is None, f"inline style on <{node.tag}>"
        assert not [name for name in node.attrib if name.startswith("on")], f"inline script on <{node.tag}>"
        if node.tag == "script":
            assert node.get("src"), "inline script"
        if node.tag == "form" and (node.get("method") or "").lower() == "post":
            names = [child.get("name") for child in node.iter("input")]
            assert "csrf_token" in names, f"a form without CSRF token: {node.get('action')}"
            assert "form_key" in names, f"a form without a key: sent twice it would act twice: {node.get('action')}"
        if node.tag == "img":
            assert node.get("alt") is not None, "a picture without words"
    if lang == "th":
        _check_translated(root)
    else:
        _check_thai_is_marked(root)


def _check_labels(root: Element) -> None:
    labelled = {node.get("for") for node in root.iter("label")}
    wrapped = {id(child) for label in root.iter("label") for child in label.iter()}
    for node in root.iter():
        if node.tag in ("input", "select", "textarea") and node.get("type") not in ("hidden", "submit", "button"):
            named = (
                node.get("id") in labelled
                or id(node) in wrapped
                or node.get("aria-label")
                or node.get("aria-labelledby")
            )
            assert named, f"no label for {node.get('name')}"
        if node.tag == "button":
            assert text_of(node) or node.get("aria-label"), "a button without words"


_ASKS = re.compile(r"\?|หรือไม่")


def _check_optional_fields(root: Element) -> None:
    """A field that may stay empty is named, not asked for: a question with "(if any)" says the same twice."""
    for node in root.iter():
        if node.tag in ("label", "legend"):
            parts = [(part.get("class") or "").split() for part in node.iter()]
            asks = any("field-optional" in part for part in parts) and _ASKS.search(text_of(node))
            assert not asks, f"a question that may stay open: {text_of(node)}"


def _check_nothing_said_twice(root: Element) -> None:
    """What a notice says in its title, the errors of the same page do not say once more."""
    titles, summaries = (
        [node for node in root.iter() if name in (node.get("class") or "").split()]
        for name in ("notice-title", "error-summary")
    )
    # An error begins with its field's label, which a notice may be called by too.
    errors = [text_of(item) for summary in summaries for item in summary.iter("li")]
    said = [error.partition(": ")[2] or error for error in errors]
    twice = [text_of(title) for title in titles if any(text_of(title) in error for error in said)]
    assert not twice, f"said twice: {twice}"


def compile_catalogues() -> None:
    """Compile the catalogues that are newer than what was compiled of them, as tools/setup.sh does."""
    for source in CATALOGUE.parents[2].glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        fresh = compiled.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as file:
            write_mo(file, catalogue)
        fresh.rename(compiled)


@cache
def english_messages() -> frozenset[str]:
    """Messages of our catalogue that read otherwise in Thai."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="th")
    return frozenset(
        message.id
        for message in catalogue
        if isinstance(message.id, str) and message.id and message.string != message.id
    )


# Three Latin words in a row are English that nobody translated; names of things stay shorter.
# It is sought from the beginnings of words alone, else a text of many letters is read once from each of them.
ENGLISH_PHRASE = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}+(?:'[a-z]++)?+(?:[ ,:;]++[A-Za-z]++(?:'[a-z]++)?+){2,}+")
_SPOKEN = ("aria-label", "placeholder", "title", "alt")


def _check_translated(root: Element, lang: str = "th") -> None:
    """No message of the catalogue and no phrase stands in English on a Thai page.

    What people wrote may; the page marks it by lang="en" or translate="no".
    """
    for node in root:
        own = "en" if node.get("translate") == "no" else node.get("lang", lang)
        if isinstance(node.tag, str) and own != "en" and node.tag not in ("script", "style"):
            for text in (node.text, *(node.get(name) for name in _SPOKEN)):
                _check_words(text)
            _check_translated(node, own)
        _check_words(node.tail)


_THAI = re.compile("[\u0e01-\u0e5b]")
# Where HTML takes no element within the text.
_WITHOUT_ELEMENTS = ("title", "option", "textarea", "desc", "script", "style", "template")


def _check_thai_is_marked(root: Element, lang: str = "en") -> None:
    """Names, places and whatever else is Thai on an English page says that it is: it is read aloud in Thai then."""
    for node in root:
        own = node.get("lang", lang)
        tag = str(node.tag).rpartition("}")[2]
        if isinstance(node.tag, str) and tag not in _WITHOUT_ELEMENTS:
            _check_in_thai_element(node.text, own)
            _check_thai_is_marked(node, own)
        _check_in_thai_element(node.tail, lang)


def _check_in_thai_element(text: str | None, lang: str) -> None:
    assert lang == "th" or not _THAI.search(text or ""), f"Thai on an English page without lang: {text}"


def _check_words(text: str | None) -> None:
    words = " ".join((text or "").split())
    assert words not in english_messages(), f"untranslated: {words}"
    assert not ENGLISH_PHRASE.search(words), f"English on a Thai page: {words}"
