"""Build the product's Sarabun: four TTF for paper, four small WOFF2 for pages, two draft watermarks.

Why the fonts are changed. A PDF keeps one text per glyph. Stock Thai fonts draw ำ as two glyphs (a ring, then the
letter า) and put marks over and under consonants by moving them, so what is copied from the PDF is not what was
written: ำ and า are confused, and every program that sorts letters by their place (`pdftotext`, what desktops index)
takes a moved mark for a word of its own. Here a consonant is drawn with all its marks, as the designer placed them, and
the marks that follow it show nothing: each glyph stands for exactly one text, in its order (`font_marks`). A few signs
that Sarabun lacks and forms need are drawn as well.

The fonts are under the SIL Open Font License; changed versions get a name of their own (`FAMILY`) and keep the
licence beside them. Same packages in, same bytes out: a test builds them again and compares.

    build_fonts.py                 writes into the project
    build_fonts.py --into FOLDER   writes the same tree into FOLDER
"""

import argparse
import shutil
from pathlib import Path
from typing import Any

import fontpkg_sarabun
from font_marks import BASE, add_glyph, join_marks
from fontTools.misc.transform import Transform
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PROJECT = Path(__file__).resolve().parent.parent / "forumplanner"
SOURCES = fontpkg_sarabun.ROOT / "files"
FAMILY = "FP Sarabun"

# Style, the name of its file, and the thickness of a line in its drawn signs, in thousandths of the size.
PAPER = (("Regular", 50), ("Bold", 90), ("Italic", 50), ("BoldItalic", 90))
PAGES = (("Regular", 50), ("SemiBold", 75), ("Bold", 90), ("Italic", 50))

# Latin with what names and loans need, Thai, the punctuation and signs of letters and tables.
PAGE_CHARACTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x0E01, 0x0E5C), *range(0x2010, 0x2027), 0x2030, 0x2032, 0x2033,
    0x2039, 0x203A, 0x20AC, 0x2122, *range(0x2190, 0x2194), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25A1,
    0x25CB, 0x25CF, 0x2610, 0x2611, 0x2713,
)  # fmt: skip


def patched(style: str, thickness: int, *, for_paper: bool = True) -> TTFont:
    """Sarabun of one style, changed as the head of this file says; browsers need no joined marks."""
    font = TTFont(SOURCES / f"Sarabun-{style}.ttf", recalcTimestamp=False)
    if for_paper:
        join_marks(font)
    draw_signs(font, thickness)
    rename(font, style)
    del font["DSIG"]  # it signed the font as it was
    return font


# Signs ---------------------------------------------------------------------------------------------------------------


def draw_signs(font: TTFont, thickness: int) -> None:
    """Draw boxes to tick, a tick and dots; □ also stands for a character that the font lacks."""
    bullet = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()["bullet"].draw(bullet)
    bounds = font["glyf"]["bullet"]
    middle = ((bounds.xMin + bounds.xMax) / 2, (bounds.yMin + bounds.yMax) / 2)

    def box(pen: TTGlyphPen) -> None:
        rectangle(pen, 60, 60, 640, 640)
        rectangle(ReverseContourPen(pen), 60 + thickness, 60 + thickness, 640 - thickness, 640 - thickness)

    def tick(pen: TTGlyphPen) -> None:
        reach = thickness * 1.4
        polygon(
            pen,
            (150, 360),
            (150 + reach * 0.6, 360 + reach * 0.6),
            (290, 220 + reach),
            (560, 560),
            (560 + reach * 0.7, 560 - reach * 0.5),
            (290, 160),
        )

    def disc(pen: Any, diameter: float) -> None:
        scale = diameter / (bounds.xMax - bounds.xMin)
        bullet.replay(TransformPen(pen, Transform().translate(350, 350).scale(scale).translate(-middle[0], -middle[1])))

    def circle(pen: TTGlyphPen) -> None:
        disc(pen, 520)
        disc(ReverseContourPen(pen), 520 - 2 * thickness)

    signs = {
        0x25A1: (box,),
        0x2610: (box,),
        0x2611: (box, tick),
        0x2713: (tick,),
        0x25CF: (lambda pen: disc(pen, 520),),
        0x25CB: (circle,),
    }
    for character, drawings in signs.items():
        pen = TTGlyphPen(font.getGlyphSet())
        for draw in drawings:
            draw(pen)
        name = f"uni{character:04X}"
        add_glyph(font, name, pen.glyph(), 700, BASE)
        for subtable in font["cmap"].tables:
            if subtable.isUnicode():
                subtable.cmap[character] = name


def rectangle(pen: Any, left: float, bottom: float, right: float, top: float) -> None:
    polygon(pen, (left, bottom), (left, top), (right, top), (right, bottom))


def polygon(pen: Any, *points: tuple[float, float]) -> None:
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()


# Names and files -----------------------------------------------------------------------------------------------------


def rename(font: TTFont, style: str) -> None:
    """Give the font its own name; designer, copyright and licence stay as they are."""
    spaced = {"BoldItalic": "Bold Italic", "SemiBold": "SemiBold"}.get(style, style)
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = font["name"]
    for old in (16, 17):
        names.removeNames(nameID=old)
    texts = {
        1: FAMILY if style != "SemiBold" else f"{FAMILY} {spaced}",
        2: spaced if style != "SemiBold" else "Regular",
        3: f"1.000;forumplanner;{postscript}",
        4: f"{FAMILY} {spaced}",
        6: postscript,
        10: "Sarabun, changed so that Thai text copied from a PDF is what was written.",
    }
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
        names.setName(text, number, 1, 0, 0)


def write_for_paper(folder: Path) -> None:
    """Four whole fonts and the licence."""
    for style, thickness in PAPER:
        patched(style, thickness).save(folder / f"FPSarabun-{style}.ttf")
    shutil.copyfile(fontpkg_sarabun.ROOT / "LICENSE", folder / "OFL.txt")


def write_for_pages(folder: Path) -> None:
    """Four small fonts, cut to what pages show, and the licence."""
    for style, thickness in PAGES:
        font = patched(style, thickness, for_paper=False)
        options = Options()
        options.hinting = False
        options.layout_features = ["*"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=PAGE_CHARACTERS)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(folder / f"Sarabun-{style}.woff2")
    shutil.copyfile(fontpkg_sarabun.ROOT / "LICENSE", folder / "OFL.txt")


def write_watermarks(folder: Path) -> None:
    """The word for a draft in outlines: seen behind the page, absent from its text."""
    font = patched("Bold", 90)
    for lang, word in (("th", "ร่าง"), ("en", "DRAFT")):
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        pen = SVGPathPen(glyphs, ntos=lambda value: str(round(value)))
        x = 0
        for character in word:
            glyph = glyphs[names[ord(character)]]
            glyph.draw(TransformPen(pen, Transform(1, 0, 0, -1, x, 1000)))
            x += glyph.width
        side = x + 200  # room for the slanted word's corners
        (folder / f"draft-{lang}.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
            f'<path fill="#f0f0ed" transform="rotate(-45 {side / 2:g} {side / 2:g}) '
            f'translate(100 {side / 2 - 700:g})" d="{pen.getCommands()}"/></svg>\n',
            encoding="utf-8",
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the fonts of pages and paper.")
    parser.add_argument("--into", type=Path, default=PROJECT, help="the folder that stands for forumplanner/")
    into = parser.parse_args().into
    for write, place in (
        (write_for_paper, into / "printing" / "fonts"),
        (write_for_pages, into / "static" / "fonts"),
        (write_watermarks, into / "printing" / "styles"),
    ):
        place.mkdir(parents=True, exist_ok=True)
        write(place)


if __name__ == "__main__":
    main()
