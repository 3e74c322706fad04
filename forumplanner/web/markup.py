"""The tags of a finished page, for what goes through its text (`web.thai_passages`, `web.whole_words`)."""

ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
"""What stands in a tag behind its name: an attribute may hold anything but its own quote, also the end of a tag."""

NO_TEXT = r"<!--.*?-->|<![^>]*>"
"""A comment, or the document type; with re.DOTALL."""
