"""Why a file is not read: one sentence each, which says what to do; and how much of it is read at most."""

from forumplanner.core.errors import Invalid
from forumplanner.core.i18n import N_

MOST_BYTES = 20_000_000
# What a packed file may be unpacked to, all parts together.
MOST_UNPACKED = 300_000_000
# Rows that hold something, and the area they span: whoever reads a sheet sets that much memory aside.
MOST_ROWS = 100_000
MOST_AREA = 3_000_000

TOO_LARGE = N_(
    "This file is larger than 20 MB. Please copy the list alone into a new sheet, without pictures, save it and "
    "choose that file."
)
TOO_MUCH = N_(
    "This file unpacks to far more than a list holds. Please copy the list alone into a new sheet, save it and choose "
    "that file."
)
TOO_MANY_ROWS = N_("A sheet of this file has more than 100,000 rows. Please divide the list into several files.")
TOO_WIDE = N_(
    "A sheet of this file reaches as far as cell %(cell)s. Please copy the rows of the list into a new sheet, save it "
    "and choose that file."
)
LOCKED = N_(
    "This file is locked with a password. Please open it in the spreadsheet program, remove the password, save it and "
    "choose it again."
)
DAMAGED = N_(
    "This file cannot be opened; it may be damaged or not have been copied whole. Please open it in the spreadsheet "
    "program and save it anew as .xlsx."
)
NO_TABLE = N_(
    "This file holds no table that can be read. Please choose a spreadsheet (.xlsx, .xls, .ods) or a .csv file, or "
    "copy the table and paste it."
)
OTHER_KIND = N_("Files of this kind cannot be read. Please open it in the spreadsheet program and save it as .xlsx.")
ODD_LETTERS = N_(
    "The letters of this file cannot be read. Please open it in the spreadsheet program and save it as .xlsx."
)
NOTHING_IN_IT = N_("There is nothing in this file. Please look whether it is the right one.")
NOTHING_PASTED = N_("Please paste the table here, or choose a file.")

# Notes about what was read.
MACROS = N_("The file holds macros. They were not run; only the values of its cells were read.")
OLD_KIND = N_(
    "This is a file of the older kind (.xls): the values it shows were taken, and formulas and struck-out rows are not "
    "told apart. Saved as .xlsx they would be."
)


def refuse(message: str, **params: object) -> Invalid:
    """The refusal of a file, beside the field that took it."""
    return Invalid(message, field="file", **params)
