"""What pages say, without the spans that keep words whole at a line's end (`web.whole_words`)."""

import re

_TERM = re.compile(r'<span class="term">([^<]*)</span>')
_TERMS = re.compile(r'<span class="terms">((?:[^<]|<span class="term">[^<]*</span>)*)</span>')


def without_terms(html: str) -> str:
    """A page without those spans: what is read is the same."""
    return _TERM.sub(r"\1", _TERMS.sub(r"\1", html))
