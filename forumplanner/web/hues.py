"""The colours of regions: Okabe and Ito's for the first seven of the list, by a rule for those behind them.

A colour always stands with its name, so that nobody has to tell seventy apart. What the rule gives is as bright as ink
needs to be read on it (4.5:1), and as dark as its edge needs to be seen on paper (3:1), in the light scheme and in the
dark one; the national meeting's colour is ink itself.
"""

from colorsys import hls_to_rgb
from functools import lru_cache
from typing import Literal

# A region's place in the list, from 1 on, or the national meeting.
Hue = int | Literal["national"]
NATIONAL: Literal["national"] = "national"

# As in static/css/tokens.css.
OKABE_ITO = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7")
INK, PAPER, DARK_PAPER = "#1b2528", "#fbfaf7", "#14191b"
# The last place in the list that has a colour of its own: there are 77 provinces, and regions retire.
LAST = 120
# Of the band that holds for all three, its middle.
LUMINANCE = 0.27
# Each step leaves the largest gap between the angles before it (the golden angle); saturation changes every round.
GOLDEN_ANGLE = 0.381966
SATURATIONS = (0.85, 0.45, 0.65)


@lru_cache(maxsize=512)
def colour_of(number: int) -> str:
    """The colour of the region at that place in the list, as #rrggbb."""
    if number <= len(OKABE_ITO):
        return OKABE_ITO[number - 1]
    step = number - len(OKABE_ITO)
    angle = (step * GOLDEN_ANGLE) % 1
    return _at_luminance(angle, SATURATIONS[step % len(SATURATIONS)])


def _at_luminance(angle: float, saturation: float) -> str:
    """The colour of that angle and saturation that is just as bright as all of them, found by halving."""
    darkest, brightest = 0.0, 1.0
    for _ in range(24):
        middle = (darkest + brightest) / 2
        if luminance(_text(angle, middle, saturation)) < LUMINANCE:
            darkest = middle
        else:
            brightest = middle
    return _text(angle, brightest, saturation)


def _text(angle: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in hls_to_rgb(angle, lightness, saturation))


def luminance(colour: str) -> float:
    """How bright a colour is, from 0 to 1 (WCAG 2, relative luminance)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How well two colours are told apart, from 1 to 21 (WCAG 2, contrast ratio)."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def hue_of_place(number: int) -> int:
    """The number of the class that paints a region at that place in the list: static/css/hues.css ends somewhere."""
    return number if number <= LAST else len(OKABE_ITO) + 1 + (number - LAST - 1) % (LAST - len(OKABE_ITO))


def style_sheet() -> str:
    """What static/css/hues.css holds: a class for each place behind those of board.css."""
    rules = [
        f".hue-{number} {{ background: {colour_of(number)}; fill: {colour_of(number)}; }}"
        for number in range(len(OKABE_ITO) + 1, LAST + 1)
    ]
    return "\n".join(["/* The colours of regions behind the seventh, by the rule of web/hues.py. */", "", *rules, ""])
