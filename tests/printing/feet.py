"""Headings that a page's foot would part from what they head: looked for by pushing the text down the page."""

import re

from forumplanner.printing import html_to_pdf
from tests.briefs.paper import FURNITURE, running
from tests.printing.reading import raw_text

MARK = "†"
# Whatever heads something: headings, the head of a table, a first line that says whose the next ones are.
HEADS = (r"()(</h[2-4]>)", r"()(</th>\s*</tr>\s*</thead>)", r"(<div class=\"source\">\s*<p>.*?)(</p>)")


def stranded_headings(html: str, stylesheets: tuple[str, ...], *, step: int) -> list[str]:
    """The headings found alone at a page's foot, with every top heading pushed down by 0 mm, `step` mm ... a page."""
    for pattern in HEADS:
        html = re.sub(pattern, rf"\1{MARK}\2", html, flags=re.DOTALL)
    foot = running(html)
    found = []
    for height in range(0, 236, step):
        pushed = re.sub(r"(<h2)", rf'<div style="height: {height}mm"></div>\1', html)
        pdf = html_to_pdf(pushed, title="x", lang="th", stylesheets=stylesheets)
        for page in raw_text(pdf).split("\f"):
            lines = [" ".join(line.split()) for line in page.splitlines()]
            text = [line for line in lines if line and line != foot and not FURNITURE.fullmatch(line)]
            found += [text[-1]] if text and text[-1].endswith(MARK) else []
    return found
