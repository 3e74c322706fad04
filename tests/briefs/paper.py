"""What a page of print HTML says, word for word, to compare with what is read back from its PDF."""

import re
from xml.etree.ElementTree import Element

import html5lib

from tests.printing.reading import unfolded

BLOCKS = {
    "body", "header", "section", "footer", "div", "p", "br", "h1", "h2", "h3", "h4",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
# What stands on every page and is no part of the text: page numbers, the mark of a draft.
FURNITURE = re.compile(r"(- [0-9๐-๙]+ -)? ?(ร่าง|Draft)?")


def said(html: str) -> str:
    """The text of the page in order, spaces folded; the line at the foot of every page left out."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    return " ".join("".join(_pieces(root.find("body"))).split())


def running(html: str) -> str:
    """The line at the foot of every page."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    found = next((node for node in root.iter("p") if node.get("class") == "running"), None)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def read_back(lines: list[str], html: str) -> str:
    """What a reader of PDFs found, without what stands on every page, as one text."""
    foot = running(html)
    text = [line for line in lines if line != foot and not FURNITURE.fullmatch(line)]
    return unfolded(text, said(html))


def _pieces(node: Element) -> list[str]:
    if node.get("class") == "running":
        return []
    space = " " if node.tag in BLOCKS else ""
    inner = [piece for child in node for piece in (*_pieces(child), child.tail or "")]
    return [space, node.text or "", *inner, space]
