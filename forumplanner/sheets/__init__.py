"""Spreadsheets and pasted tables to rows with their positions, and rows to XLSX and CSV.

    book = read_file(content, "รายชื่อ.xlsx")
    content = write_xlsx([("รายชื่อ", rows)])

Pure: no database, no clock, no web, no language. The only importer of python-calamine and openpyxl.
"""

from forumplanner.sheets.reading import read_file, read_pasted
from forumplanner.sheets.refusals import MOST_BYTES, TOO_LARGE
from forumplanner.sheets.tables import Block, Book, Formula, Kind, Row, Sheet, cell_name, column_letters
from forumplanner.sheets.writing import harmless, without_apostrophe, write_csv, write_xlsx

__all__ = [
    "MOST_BYTES",
    "TOO_LARGE",
    "Block",
    "Book",
    "Formula",
    "Kind",
    "Row",
    "Sheet",
    "cell_name",
    "column_letters",
    "harmless",
    "read_file",
    "read_pasted",
    "without_apostrophe",
    "write_csv",
    "write_xlsx",
]
