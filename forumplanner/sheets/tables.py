"""What was read of a file: sheets of rows of cells, each where the spreadsheet shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a cell holds; one letter each, so that a row's kinds are one short text."""

    EMPTY = "-"
    TEXT = "t"
    NUMBER = "n"
    DATE = "d"
    TRUTH = "b"
    FAULT = "e"


class Place(NamedTuple):
    """A cell: row from 1 as the spreadsheet shows it, column from 0."""

    row: int
    column: int


class Block(NamedTuple):
    """Merged cells, both ends included; rows from 1, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Formula:
    """What a cell calculates; `is_link`: it shows a text that stands for an address; `is_blank`: it shows nothing.

    Where the cell is empty and that is not so, the file does not say what it shows.
    """

    text: str
    is_link: bool
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank. `cells` from column A on, "" where there is nothing; `kinds`: a `Kind` letter each."""

    number: int
    cells: tuple[str, ...]
    kinds: str

    def text(self, column: int) -> str:
        """What stands in a column, "" beyond the end."""
        return self.cells[column] if column < len(self.cells) else ""

    def kind(self, column: int) -> Kind:
        """What a column holds."""
        return Kind(self.kinds[column]) if column < len(self.kinds) else Kind.EMPTY


@dataclass(slots=True)
class Marks:
    """What a sheet's cells carry besides values. Columns count from 0, rows from 1."""

    formulas: dict[Place, Formula] = field(default_factory=dict)
    struck: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """One sheet; `name` None for pasted text and CSV, which have none."""

    name: str | None
    rows: Sequence[Row]
    is_hidden: bool = False
    marks: Marks = field(default_factory=Marks)


@dataclass(slots=True)
class Book:
    """What a file holds. `notes`: untranslated sentences about the whole of it."""

    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)


def column_letters(column: int) -> str:
    """The letters above a column counted from 0: 0 is A, 27 is AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The column of such letters, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(row: int, column: int) -> str:
    """A cell as the spreadsheet calls it: row 3, column 1 is B3."""
    return f"{column_letters(column)}{row}"
