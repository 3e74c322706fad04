"""Any file, or what was pasted, to a book of sheets. What a file is decides its content, never its name."""

from forumplanner.sheets.delimited import read_clipboard, read_delimited
from forumplanner.sheets.refusals import MOST_BYTES, NO_TABLE, NOTHING_IN_IT, OTHER_KIND, TOO_LARGE, refuse
from forumplanner.sheets.tables import Book
from forumplanner.sheets.workbooks import read_old_workbook, read_packed

_PACKED, _WRAPPED = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Pictures, papers, films and other packed files.
_NO_TABLES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF", b"%PDF", b"\x1f\x8b", b"Rar!"),
    *(b"7z\xbc\xaf", b"\x7fELF", b"MZ", b"ID3", b"OggS", b"{\\rtf"),
)
# Old Excel files without wrapping (BIFF 2-4).
_UNWRAPPED = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")


def read_file(content: bytes, name: str) -> Book:
    """The sheets of a file: XLSX, XLSM (values alone), XLS, ODS, CSV, TSV. `name`: the file's, maybe "".

    Raises Invalid, with one sentence that says what to do, for whatever cannot be read.
    """
    if len(content) > MOST_BYTES:
        raise refuse(TOO_LARGE)
    if not content.strip(b" \r\n\t\x00"):
        raise refuse(NOTHING_IN_IT)
    if content.startswith(_PACKED):
        return read_packed(content)
    if content.startswith(_WRAPPED):
        return read_old_workbook(content)
    if content.startswith(_UNWRAPPED):
        raise refuse(OTHER_KIND)
    if content.startswith(_NO_TABLES) or content[4:12] in (b"ftypheic", b"ftypisom", b"ftypmp42", b"ftypmif1"):
        raise refuse(NO_TABLE)
    if name.casefold().endswith((".xlsx", ".xlsm", ".ods", ".xlsb", ".numbers")):
        # It says it is packed, and is not: cut off, or renamed.
        raise refuse(NO_TABLE)
    return Book([read_delimited(content)])


def read_pasted(text: str) -> Book:
    """The sheet that was pasted from a spreadsheet, or typed."""
    return Book([read_clipboard(text)])
