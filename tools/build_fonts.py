"""Build the product's Sarabun: four TTF for paper, four small WOFF2 for pages, two draft watermarks.

Why the fonts are changed. A PDF keeps one text per glyph. Stock Thai fonts draw ำ as two glyphs (a ring, then the
letter า) and put tones over vowels by moving them, so what is copied from the PDF is not what was written: ำ and า
are confused, and moved marks land in a word of their own. Here every such pair becomes one glyph, drawn as the
designer placed it and standing for exactly one text. A few signs that Sarabun lacks and forms need are drawn as well.

The fonts are under the SIL Open Font License; changed versions get a name of their own (`FAMILY`) and keep the
licence beside them. Same packages in, same bytes out: a test builds them again and compares.

    build_fonts.py                 writes into the project
    build_fonts.py --into FOLDER   writes the same tree into FOLDER
"""

import argparse
import shutil
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import fontpkg_sarabun
from fontTools.misc.transform import Offset, Transform
from fontTools.otlLib import builder
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

TONES = ("uni0E48", "uni0E49", "uni0E4A", "uni0E4B", "uni0E4C")  # the fifth, thanthakhat, stands where tones stand
UPPER_VOWELS = ("uni0E31", "uni0E34", "uni0E35", "uni0E36", "uni0E37", "uni0E47")
RING = "uni0E4D"
SARA_AA = "uni0E32"
SARA_AM = "uni0E33"
BASE, MARK = 1, 3  # glyph classes of GDEF

# Latin with what names and loans need, Thai, the punctuation and signs of letters and tables.
PAGE_CHARACTERS = (
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x0E01, 0x0E5C), *range(0x2010, 0x2027), 0x2030, 0x2032, 0x2033,
    0x2039, 0x203A, 0x20AC, 0x2122, *range(0x2190, 0x2194), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25A1,
    0x25CB, 0x25CF, 0x2610, 0x2611, 0x2713,
)  # fmt: skip


def patched(style: str, thickness: int) -> TTFont:
    """Sarabun of one style, changed as the head of this file says."""
    font = TTFont(SOURCES / f"Sarabun-{style}.ttf", recalcTimestamp=False)
    join_marks(font)
    draw_signs(font, thickness)
    rename(font, style)
    del font["DSIG"]  # it signed the font as it was
    return font


def add_glyph(font: TTFont, name: str, glyph: Any, advance: int, glyph_class: int) -> None:
    """Append a glyph with its metrics and its GDEF class."""
    table = font["glyf"]
    table[name] = glyph
    font.setGlyphOrder(table.glyphOrder)
    font.getReverseGlyphMap(rebuild=True)
    glyph.recalcBounds(table)
    font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))
    font["GDEF"].table.GlyphClassDef.classDefs[name] = glyph_class


def composite(font: TTFont, parts: Iterable[tuple[str, int, int]]) -> Any:
    """One glyph made of others, each at (x, y)."""
    pen = TTGlyphPen(font.getGlyphSet())
    for name, x, y in parts:
        pen.addComponent(name, Offset(x, y))
    return pen.glyph()


# Marks ---------------------------------------------------------------------------------------------------------------


def join_marks(font: TTFont) -> None:
    """Make one glyph of a ring and its า, and of an upper vowel and its tone, wherever they meet."""
    pairs = {**joined_sara_am(font), **joined_vowels_and_tones(font)}
    lookup = builder.buildLookup([builder.buildLigatureSubstSubtable(pairs)])
    substitutions = font["GSUB"].table
    substitutions.LookupList.Lookup.append(lookup)
    last = len(substitutions.LookupList.Lookup) - 1
    for feature in thai_features(substitutions, "ccmp"):
        feature.LookupListIndex.append(last)


def joined_sara_am(font: TTFont) -> dict[tuple[str, str], str]:
    """(ring, า) to ำ, for the ring alone and with each tone; `.narrow` is the one that keeps clear of ป ฝ ฟ."""
    joined = {}
    for tone in ("", *(tone.removeprefix("uni") for tone in TONES[:4])):
        for variant in ("", ".narrow"):
            ring = f"{RING}{tone}{variant}"
            name = f"uni{tone}0E33{variant}"
            if name != SARA_AM:  # the font has that one
                parts = [(SARA_AA, 0, 0), (ring, 0, 0)]
                add_glyph(font, name, composite(font, parts), font["hmtx"][SARA_AA][0], BASE)
            joined[ring, SARA_AA] = name
    return joined


def joined_vowels_and_tones(font: TTFont) -> dict[tuple[str, str], str]:
    """(upper vowel, small tone) to one mark, the tone where the font's own anchors put it."""
    over_marks = positioning(font, "MarkMarkPos", "Mark2Coverage", UPPER_VOWELS[0])
    tops = dict(zip(over_marks.Mark2Coverage.glyphs, over_marks.Mark2Array.Mark2Record, strict=True))
    feet = dict(zip(over_marks.Mark1Coverage.glyphs, over_marks.Mark1Array.MarkRecord, strict=True))
    joined = {}
    for vowel in (vowel + variant for vowel in UPPER_VOWELS for variant in ("", ".narrow")):
        top = tops[vowel].Mark2Anchor[0]
        for tone in (f"{tone}.small" for tone in TONES):
            foot = feet[tone].MarkAnchor
            name = f"{vowel}_{tone}"
            shift = (top.XCoordinate - foot.XCoordinate, top.YCoordinate - foot.YCoordinate)
            add_glyph(font, name, composite(font, [(vowel, 0, 0), (tone, *shift)]), 0, MARK)
            stand_like(font, name, vowel)
            joined[vowel, tone] = name
    return joined


def stand_like(font: TTFont, name: str, other: str) -> None:
    """Give a mark the anchors by which another mark stands on its consonant."""
    over_bases = positioning(font, "MarkBasePos", "BaseCoverage", "uni0E01")
    place = over_bases.MarkCoverage.glyphs.index(other)
    over_bases.MarkCoverage.glyphs.append(name)  # sorted still: new glyphs come last
    over_bases.MarkArray.MarkRecord.append(deepcopy(over_bases.MarkArray.MarkRecord[place]))
    over_bases.MarkArray.MarkCount += 1


def positioning(font: TTFont, kind: str, coverage: str, glyph: str) -> Any:
    """The one GPOS subtable of a kind that covers a glyph."""
    found = [
        subtable
        for lookup in font["GPOS"].table.LookupList.Lookup
        for subtable in lookup.SubTable
        if type(subtable).__name__ == kind and glyph in getattr(subtable, coverage).glyphs
    ]
    (only,) = found
    return only


def thai_features(table: Any, tag: str) -> Iterator[Any]:
    """The features of a tag that the Thai script uses."""
    indices = set()
    for script in (record.Script for record in table.ScriptList.ScriptRecord if record.ScriptTag == "thai"):
        for language in (script.DefaultLangSys, *(record.LangSys for record in script.LangSysRecord)):
            indices.update(language.FeatureIndex)
    for index in sorted(indices):
        record = table.FeatureList.FeatureRecord[index]
        if record.FeatureTag == tag:
            yield record.Feature


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
        font = patched(style, thickness)
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
