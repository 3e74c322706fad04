"""QR codes for pages: drawn in the HTML itself, dark on light in both colour schemes, no style inline."""

from markupsafe import Markup

# One square in CSS pixels: a private link needs some 41 squares with its margin, read at arm's length.
SQUARE = 5


def draw_qr(text: str, label: str) -> Markup:
    """The text as an inline SVG picture; `label` says what it leads to, for whoever cannot see it."""
    import segno

    drawn = segno.make(text, error="m", micro=False).svg_inline(scale=SQUARE, border=4, dark="#000", light="#fff")
    return Markup('<div role="img" aria-label="{}">{}</div>').format(label, Markup(drawn))  # noqa: S704 - segno's own
