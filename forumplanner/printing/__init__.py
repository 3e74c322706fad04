"""From a print template to paper: HTML to PDF, the fonts of paper, the words and marks that must stay together.

    html = render_print("minutes.html", lang="th", ...)
    pdf = html_to_pdf(html, title="รายงานการประชุม", lang="th")

`press` is the only importer of WeasyPrint, and is itself imported when the first page is printed.
"""

from collections.abc import Sequence
from datetime import date

from forumplanner.core.i18n import Lang
from forumplanner.printing.errors import PrintError
from forumplanner.printing.templates import print_templates, render_print

__all__ = ["PrintError", "check_fonts", "html_to_pdf", "print_templates", "render_print"]

STYLESHEETS = ("base.css", "minutes.css")


def html_to_pdf(
    html: str,
    *,
    title: str,
    lang: Lang,
    thai_digits: bool = False,
    tagged: bool = False,
    stylesheets: Sequence[str] = STYLESHEETS,
    created_on: date | None = None,
) -> bytes:
    """Print a page of HTML as a PDF; equal arguments give equal bytes.

    `title` and `lang` go into the file's properties. `thai_digits` turns every digit of the text and of the page
    numbers into a Thai one, but for what carries the class `as-is`. `tagged` writes PDF/UA-1 with the structure that
    screen readers use; it costs 15 to 45 % more time. `stylesheets` are names of files in `printing/styles`.
    `created_on` becomes the file's date; without it the file has none, the clock is never read.

    Characters that the font lacks are replaced before printing: by an equivalent it has (℃ by °C), else by □, one for
    each; so an emoji in somebody's text cannot stop the minutes.

    Raises `Invalid` if the HTML wants to open anything but the project's own styles and fonts (no address, no file,
    no `data:`), and `PrintError` if WeasyPrint complains about fonts or glyphs, or took a font that is not ours.
    """
    from forumplanner.printing.press import the_press

    return the_press().print(
        html,
        title=title,
        lang=lang,
        thai_digits=thai_digits,
        tagged=tagged,
        stylesheets=tuple(stylesheets),
        created_on=created_on,
    )


def check_fonts() -> None:
    """Print a line in each style; raises `PrintError` if the fonts of paper cannot be used on this machine."""
    styles = ("<p>{}", "<p><b>{}</b>", "<p><i>{}</i>", "<p><b><i>{}</i></b>")
    line = "น้ำ ปั้น ที่ประชุม ๑๒๓ Minutes □"
    html_to_pdf("".join(style.format(line) for style in styles), title=line, lang="th")
