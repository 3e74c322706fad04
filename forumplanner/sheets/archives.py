"""Packed files (XLSX, ODS) before anybody unpacks them: what they are, how large they become, whether they are locked.

The sizes that an archive declares are not believed: every part is unpacked once, piece by piece, and must be as long as
declared.
"""

import zlib
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from forumplanner.sheets.refusals import DAMAGED, LOCKED, MOST_UNPACKED, NO_TABLE, OTHER_KIND, TOO_MUCH, refuse

PIECE = 1 << 20
_MOST_PARTS = 5_000
# A part without an end of an element for so long is no table.
_LONGEST_PIECE = 32 << 20
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError, KeyError)


class Packed(StrEnum):
    """What kind of spreadsheet an archive is."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    ODS = "ods"


class Archive:
    """A packed file. `read_part` and `pieces` refuse what is longer than it says, or holds a document type."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
            parts = self._zip.infolist()
        except _BROKEN as error:
            raise refuse(DAMAGED) from error
        if len(parts) > _MOST_PARTS:
            raise refuse(TOO_MUCH)
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise refuse(TOO_MUCH)
        if any(part.flag_bits & 1 for part in parts):
            raise refuse(LOCKED)
        self.sizes = {part.filename: part.file_size for part in parts}
        self._seen: set[str] = set()

    def kind(self) -> Packed:
        """What it is; refuses what is no spreadsheet, or of a kind that cannot be read."""
        names = set(self.sizes)
        if "xl/workbook.xml" in names:
            macros = any(name.startswith(("xl/vbaProject", "xl/macrosheets/")) for name in names)
            return Packed.XLSM if macros else Packed.XLSX
        if "xl/workbook.bin" in names or any(name.endswith(".iwa") for name in names):
            raise refuse(OTHER_KIND)
        if "content.xml" in names and "mimetype" in names:
            mimetype = self.read_part("mimetype", most=200).strip()
            if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                if b"encryption-data" in self.read_part("META-INF/manifest.xml"):
                    raise refuse(LOCKED)
                return Packed.ODS
        if names & {"word/document.xml", "ppt/presentation.xml", "content.xml"} or not names:
            raise refuse(NO_TABLE)
        # Some programs write the workbook to another place; its types name it.
        if "[Content_Types].xml" in names and b"spreadsheetml.sheet.main" in self.read_part("[Content_Types].xml"):
            return Packed.XLSX
        raise refuse(NO_TABLE)

    def read_part(self, name: str, *, most: int = MOST_UNPACKED) -> bytes:
        """A part whole; b"" where it is not there. For small parts."""
        return b"".join(self._chunks(name, most))

    def pieces(self, name: str, end: bytes) -> Iterator[bytes]:
        """A part in pieces that end behind `end`, or at its own end."""
        rest = b""
        for chunk in self._chunks(name, MOST_UNPACKED):
            rest += chunk
            cut = rest.rfind(end)
            if cut >= 0:
                yield rest[: cut + len(end)]
                rest = rest[cut + len(end) :]
            elif len(rest) > _LONGEST_PIECE:
                raise refuse(TOO_MUCH)
        if rest:
            yield rest

    def _chunks(self, name: str, most: int) -> Iterator[bytes]:
        if name not in self.sizes:
            return
        self._seen.add(name)
        first = True
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(PIECE):
                    if first and b"<!DOCTYPE" in chunk[:2000]:
                        # Entities that unfold to gigabytes are declared there; spreadsheet programs write none.
                        raise refuse(DAMAGED)
                    first = False
                    most -= len(chunk)
                    if most < 0:
                        raise refuse(TOO_MUCH)
                    yield chunk
        except _BROKEN as error:
            raise refuse(DAMAGED) from error

    def check_others(self, *prefixes: str) -> None:
        """Unpack what nobody has looked at yet below these folders: other readers will."""
        for name in self.sizes:
            if name not in self._seen and name.startswith(prefixes) and name.endswith((".xml", ".rels")):
                for _chunk in self._chunks(name, MOST_UNPACKED):
                    pass
