"""Whether letters stand upon letters: whoever reads a paper's text alone does not see it."""

import pypdfium2

Box = tuple[float, float, float, float]


def letters_upon_letters(pdf: bytes) -> list[str]:
    """Pairs of letters of one line, one of which covers more than half of the other."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        letters = sorted(_letters(page), key=lambda one: one[1][0])
        for place, (letter, box) in enumerate(letters):
            for other, its in letters[place + 1 :]:
                if its[0] >= box[2]:
                    break
                if box != its and _covers(box, its):  # letters drawn as one sign have one box
                    found.append(f"page {number}: {letter}{other}")
    return found


def _letters(page: pypdfium2.PdfPage) -> list[tuple[str, Box]]:
    text = page.get_textpage()
    boxes = [(text.get_text_range(place, 1), text.get_charbox(place)) for place in range(text.count_chars())]
    # Marks are drawn with their consonant and show nothing by themselves.
    return [(letter, box) for letter, box in boxes if letter.strip() and box[2] - box[0] > 1]


def _covers(one: Box, other: Box) -> bool:
    along = min(one[2], other[2]) - max(one[0], other[0])
    across = min(one[3], other[3]) - max(one[1], other[1])
    return along > 0.5 * min(one[2] - one[0], other[2] - other[0]) and across > 0.5 * min(
        one[3] - one[1], other[3] - other[1]
    )
