import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "forumplanner"
BUILT = ("printing/fonts/*", "static/fonts/*", "printing/styles/draft-*.svg")
PAPER = ("Regular", "Bold", "Italic", "BoldItalic")


def built_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for pattern in BUILT for path in folder.glob(pattern)}


def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "tools/build_fonts.py", "--into", tmp_path], check=True)
    assert built_files(tmp_path) == built_files(PACKAGE)


@pytest.mark.parametrize("style", PAPER)
def test_a_changed_font_has_a_name_of_its_own_and_keeps_copyright_and_licence(style: str) -> None:
    original = "Copyright 2018 The Sarabun Project Authors (https://github.com/cadsondemak/Sarabun)"
    names = TTFont(PACKAGE / f"printing/fonts/FPSarabun-{style}.ttf")["name"]
    shown = [str(names.getName(number, 3, 1, 0x409)) for number in (1, 6, 0, 14)]
    assert shown == ["FP Sarabun", f"FPSarabun-{style}", original, "http://scripts.sil.org/OFL"]


@pytest.mark.parametrize("folder", ["printing/fonts", "static/fonts"])
def test_the_licence_lies_beside_the_fonts(folder: str) -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (PACKAGE / folder / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("style", ["Regular", "SemiBold", "Bold", "Italic"])
def test_a_page_font_shows_thai_latin_and_the_signs_of_forms_and_stays_small(style: str) -> None:
    path = PACKAGE / f"static/fonts/Sarabun-{style}.woff2"
    shown = TTFont(path).getBestCmap()
    wanted = {*range(0x20, 0x7F), *range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C), *map(ord, "–—“”…฿€→□☐☑✓●○")}
    assert (wanted - set(shown), path.stat().st_size < 32_000) == (set(), True)


def test_the_four_fonts_of_paper_cover_the_same_characters() -> None:
    covered = [set(TTFont(PACKAGE / f"printing/fonts/FPSarabun-{style}.ttf").getBestCmap()) for style in PAPER]
    assert covered == [covered[0]] * 4
