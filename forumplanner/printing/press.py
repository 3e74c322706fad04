"""The machine: the only module that imports WeasyPrint.

Fonts and style sheets are read once and shared. Pango's font map is not made for several threads, so one document is
printed at a time; the lock is held for the whole of it.
"""

import atexit
import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import weasyprint
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_
from forumplanner.printing.errors import PrintError
from forumplanner.printing.glyphs import Coverage
from forumplanner.printing.typesetting import with_digits

FOLDER = Path(__file__).resolve().parent
FONTS = FOLDER / "fonts"
STYLES = FOLDER / "styles"
FAMILY = "FP Sarabun"
OWN_FILES = {".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf"}


class OwnFilesOnly(URLFetcher):
    """Opens the project's own styles, fonts and watermarks, and nothing else in the world.

    What it refused is kept in `refused` besides: inside an SVG, WeasyPrint swallows even what should stop it.
    """

    def __init__(self) -> None:
        # The parent's constructor would install handlers for the network.
        self._fail_on_errors = True
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        path = own_file(url)
        if path is None:
            self.refused.append(url)
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": OWN_FILES[path.suffix]})


def own_file(url: str) -> Path | None:
    """The project's own print file at this address, or None if it is anything else."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return None
    try:
        path = Path(url2pathname(parts.path)).resolve(strict=True)
    except (OSError, ValueError):
        return None
    return path if path.parent in (FONTS, STYLES) and path.suffix in OWN_FILES else None


class Press:
    """Fonts and style sheets, ready to print."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._fetcher = OwnFilesOnly()
        self._fonts = FontConfiguration()
        self._sheets: dict[str, Any] = {}
        with TTFont(FONTS / "FPSarabun-Regular.ttf", lazy=True) as font:
            self.coverage = Coverage(font.getBestCmap())

    def print(
        self,
        html: str,
        *,
        title: str,
        lang: str,
        thai_digits: bool,
        tagged: bool,
        stylesheets: tuple[str, ...],
        created_on: date | None,
    ) -> bytes:
        """See `forumplanner.printing.html_to_pdf`."""
        names = (*stylesheets, "thai-digits.css") if thai_digits else stylesheets
        with self._lock, _listening() as complaints:
            self._fetcher.refused.clear()
            try:
                page = weasyprint.HTML(
                    string=with_digits(html, thai=thai_digits),
                    base_url=f"{STYLES.as_uri()}/",
                    url_fetcher=self._fetcher,
                )
                page.etree_element.set("lang", lang)
                self._replace_missing(page.etree_element)
                sheets = [self._sheet(name) for name in names]
                document = page.render(font_config=self._fonts, stylesheets=sheets, cache={})
                document.metadata.title = self.coverage.printable(title)
                document.metadata.lang = lang
                document.metadata.created = created_on.isoformat() if created_on else None
                variant = "pdf/ua-1" if tagged else None
                pdf: bytes = document.write_pdf(finisher=_plain_spaces, pdf_variant=variant, pdf_tags=tagged)
            except FatalURLFetchingError:
                raise self._refusal() from None
            if self._fetcher.refused:
                raise self._refusal()
            _check(complaints, document)
        return pdf

    def _refusal(self) -> Invalid:
        return Invalid(
            N_("The document points to %(address)s, which may not be opened in print. Please remove it."),
            address=self._fetcher.refused[0][:200],
        )

    def _sheet(self, name: str) -> Any:
        if name not in self._sheets:
            self._sheets[name] = weasyprint.CSS(
                url=(STYLES / name).as_uri(), font_config=self._fonts, url_fetcher=self._fetcher
            )
        return self._sheets[name]

    def _replace_missing(self, root: Any) -> None:
        printable = self.coverage.printable
        for element in root.iter():
            if element.text:
                element.text = printable(element.text)
            if element.tail:
                element.tail = printable(element.tail)


@cache
def the_press() -> Press:
    """The one press of this process."""
    atexit.register(_close)
    return Press()


def _close() -> None:
    """Let WeasyPrint remove its copies of the fonts while it still can: at the very end of a process it fails to."""
    the_press.cache_clear()
    gc.collect()


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What WeasyPrint complains about meanwhile: it logs, and prints on."""
    logger, ear = logging.getLogger("weasyprint"), _Ear()
    logger.addHandler(ear)
    try:
        yield ear.heard
    finally:
        logger.removeHandler(ear)


def _check(complaints: list[str], document: Any) -> None:
    """Raise what would spoil the paper.

    A missing glyph is only logged when no font of the machine has it; where one has, that font slips in silently, so
    the fonts that were used are looked at too.
    """
    strange = sorted({font.family for font in document.fonts.values()} - {FAMILY})
    if strange:
        raise PrintError(f"Fonts that are not ours were used: {', '.join(strange)}.")
    grave = [text for text in complaints if any(word in text.lower() for word in ("glyph", "font", "failed to"))]
    if grave:
        raise PrintError(" ".join(grave))


def _plain_spaces(_document: Any, pdf: Any) -> None:
    """Let no-break spaces be read as plain ones, so that a search for อื่น ๆ finds it."""
    for item in pdf.objects:
        lines = getattr(item, "stream", None)
        if lines and isinstance(lines[0], bytes) and lines[0].startswith(b"/CIDInit"):
            item.stream = [line.replace(b"<00a0>", b"<0020>") if line.startswith(b"<") else line for line in lines]
