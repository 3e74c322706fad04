"""What can go wrong with paper, importable without WeasyPrint."""


class PrintError(Exception):
    """Paper would not show what the document says: a fault of ours or of this machine, never of the person's text."""
