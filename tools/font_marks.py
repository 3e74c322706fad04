"""Thai letters of a font joined so that a PDF's text is what was written (see `tools/build_fonts.py`)."""

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import product
from typing import Any

import uharfbuzz
from fontTools.misc.transform import Offset
from fontTools.otlLib import builder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

CONSONANTS = "".join(chr(code) for code in range(0x0E01, 0x0E2F))
TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"  # the fifth, thanthakhat, stands where tones stand
RING, SARA_AA, SARA_AM = "\u0e4d", "\u0e32", "\u0e33"
# Over and under a consonant; the last three are Pali's, in the names of monks.
VOWEL_MARKS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e38\u0e39" + "\u0e3a\u0e4d\u0e4e"
BASE, MARK = 1, 3  # glyph classes of GDEF


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


def join_marks(font: TTFont) -> None:
    """Draw every consonant together with the marks it bears, and keep the marks behind it as glyphs that show nothing.

    What is drawn is one glyph that stands for the consonant; it has the parts and places that the designer's font gives
    the same letters (asked of HarfBuzz, which sets the text of paper), and advances as they do. Each mark keeps a text
    of its own and has no width. So no reader finds a letter out of its order: not those that go by places, and not
    pdf.js, which takes whatever holds a mark for one without width.
    """
    source = BytesIO()
    font.save(source)
    shaper = Shaper(source.getvalue(), font.getGlyphOrder())
    letters = {letter: font.getBestCmap()[ord(letter)] for letter in CONSONANTS + VOWEL_MARKS + TONES + SARA_AA}
    sara_am = {tone: f"uni{ord(tone):04X}0E33" if tone else "uni0E33.silent" for tone in ("", *TONES)}
    for name in (*sara_am.values(), *(f"{letters[mark]}.silent" for mark in VOWEL_MARKS + TONES)):
        add_glyph(font, name, composite(font, ()), 0, MARK)
    # Longest first: a lookup takes the first rule that fits.
    marks = sorted(marks_of_consonants(), key=len, reverse=True)
    drawn: dict[str, dict[str, str]] = {sequence: {} for sequence in marks}
    for sequence, consonant in product(marks, CONSONANTS):
        parts, advance = shaper.place(consonant + sequence)
        name = "_".join(f"uni{ord(letter):04X}" for letter in consonant + sequence)
        add_glyph(font, name, composite(font, parts), advance, BASE)
        drawn[sequence][letters[consonant]] = name

    def found(sequence: str) -> list[list[str]]:
        """The glyphs of a sequence of marks, once ำ has become one."""
        if sequence.endswith(SARA_AM):
            return [[sara_am[sequence[:-1]]]]
        return [[letters[mark]] for mark in sequence]

    silent = {letters[mark]: f"{letters[mark]}.silent" for mark in VOWEL_MARKS + TONES}
    joined = sorted({name for names in drawn.values() for name in names.values()}, key=font.getGlyphID)
    # HarfBuzz takes ำ apart and moves its ring in front of the tone, before any font is asked.
    am = {(letters[RING], *(letters[t] for t in tone), letters[SARA_AA]): name for tone, name in sara_am.items()}
    put_first(
        font,
        lambda start: [
            [builder.buildLigatureSubstSubtable(am)],
            [
                chain(font, [], sorted(drawn[sequence], key=font.getGlyphID), found(sequence), start + number)
                for number, sequence in enumerate(marks)
            ],
            [
                chain(font, [joined], sorted(silent, key=font.getGlyphID), [], start + len(marks)),
                chain(font, [[*silent.values()], joined], [letters[t] for t in TONES], [], start + len(marks)),
            ],
        ],
        [*drawn.values(), silent],
    )


def marks_of_consonants() -> Iterator[str]:
    """Every mark that can stand over or under a consonant, alone and with a tone, and what ำ puts there."""
    for vowel in ("", *VOWEL_MARKS):
        for tone in ("", *TONES):
            if vowel or tone:
                yield vowel + tone
    yield from (tone + SARA_AM for tone in ("", *TONES))


class Shaper:
    """Where a font puts the glyphs of a text."""

    def __init__(self, font: bytes, names: list[str]) -> None:
        self._font = uharfbuzz.Font(uharfbuzz.Face(font))
        self._names = names

    def place(self, text: str) -> tuple[list[tuple[str, int, int]], int]:
        """Each glyph's name and (x, y), and how far all together advance."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._font, buffer)
        parts, pen = [], 0
        for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            parts.append((self._names[glyph.codepoint], pen + place.x_offset, place.y_offset))
            pen += place.x_advance
        return parts, pen


def chain(font: TTFont, before: list[list[str]], glyphs: list[str], after: list[list[str]], call: int) -> Any:
    """A rule that hands each of `glyphs` to lookup number `call` where it stands between those; `before` is read
    leftwards."""
    rule = otTables.ChainContextSubst()
    rule.Format = 3
    order = font.getReverseGlyphMap()
    rule.BacktrackCoverage = [builder.buildCoverage(sorted(names, key=order.get), order) for names in before]
    rule.InputCoverage = [builder.buildCoverage(glyphs, order)]
    rule.LookAheadCoverage = [builder.buildCoverage(names, order) for names in after]
    record = otTables.SubstLookupRecord()
    record.SequenceIndex, record.LookupListIndex = 0, call
    rule.SubstLookupRecord = [record]
    return rule


def put_first(font: TTFont, rules: Callable[[int], list[list[Any]]], called: list[dict[str, str]]) -> None:
    """Let lookups run before all others wherever Thai is set; those they call stand last and run by themselves nowhere.

    `rules` gets the number of the first that is called, and gives the subtables of each lookup.
    """
    table = font["GSUB"].table
    old = table.LookupList.Lookup
    count = len(rules(0))
    # Languages share features: each is counted on once.
    for feature in {id(record.Feature): record.Feature for record in table.FeatureList.FeatureRecord}.values():
        feature.LookupListIndex = [index + count for index in feature.LookupListIndex]
    for subtable in (subtable for lookup in old for subtable in lookup.SubTable):
        if type(subtable).__name__ == "ChainContextSubst":
            assert subtable.Format == 3, "only that form says itself which lookups it calls"
            for record in subtable.SubstLookupRecord:
                record.LookupListIndex += count
    table.LookupList.Lookup = [
        *(builder.buildLookup(subtables) for subtables in rules(count + len(old))),
        *old,
        *(builder.buildLookup([builder.buildSingleSubstSubtable(mapping)]) for mapping in called),
    ]
    for feature in thai_features(table, "ccmp"):
        feature.LookupListIndex[:0] = range(count)


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
