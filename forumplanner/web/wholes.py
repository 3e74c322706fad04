"""Words that stay together on a page: names, dates, times, amounts, numbers to call."""

from markupsafe import Markup

_WHOLE = Markup('<span class="whole"><span>{}</span></span>')


def whole(text: str) -> Markup:
    """On one line while it fits, then wrapped; what stands beside it stays with it (`.whole` in `css/base.css`)."""
    return _WHOLE.format(text)
