"""What a column without a heading may hold, told by what stands in it. A guess, and said to be one.

Numbers alone decide nothing: an account of a bank looks like a mobile telephone. So a column of numbers is taken for
telephones only where no other column could be it as well.
"""

import itertools
import re
from collections.abc import Collection, Mapping, Sequence

from forumplanner.core import thai
from forumplanner.partners.importing.headers import NAMES, Field
from forumplanner.partners.importing.places import is_province
from forumplanner.sheets import Row

_LOOKED_AT = 200
_SHARE = 0.6
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_DIGITS = re.compile(r"[0-9][0-9 \-.,/]{6,}", re.ASCII)


def guess_columns(rows: Sequence[Row], open_columns: Collection[int], taken: Collection[Field]) -> Mapping[int, Field]:
    """What columns without a known heading hold, of those fields that are not taken yet; the rest is left open."""
    shares = {column: _shares(rows[:_LOOKED_AT], column) for column in sorted(open_columns)}
    found: dict[int, Field] = {}

    def best(field: Field) -> int | None:
        fitting = [column for column, share in shares.items() if column not in found and share.get(field, 0) >= _SHARE]
        return max(fitting, key=lambda column: (shares[column][field], -column)) if fitting else None

    for field in (Field.NUMBER, Field.EMAIL, Field.PROVINCE, Field.NAME):
        if field in taken or (field == Field.NAME and NAMES & set(taken)):
            continue
        column = best(field)
        if column is not None:
            found[column] = field
    if Field.PHONE not in taken:
        fitting = [
            column for column, share in shares.items() if column not in found and share.get(Field.PHONE, 0) >= _SHARE
        ]
        if len(fitting) == 1:
            found[fitting[0]] = Field.PHONE
    return found


def _shares(rows: Sequence[Row], column: int) -> dict[Field, float]:
    """For each field the share of a column's cells that look like it."""
    texts = [row.text(column).strip() for row in rows if row.text(column).strip()]
    if not texts:
        return {}
    counts = {
        Field.EMAIL: sum(1 for text in texts if _EMAIL.fullmatch(text)),
        Field.PROVINCE: sum(1 for text in texts if is_province(text)),
        Field.PHONE: sum(1 for text in texts if _is_phone(text)),
        Field.NAME: sum(1 for text in texts if thai.split_honorific(_unnumbered(text))[0]),
        Field.NUMBER: _steps(texts),
    }
    return {field: count / len(texts) for field, count in counts.items()}


def _is_phone(text: str) -> bool:
    plain = thai.from_thai_digits(text)
    return bool(_DIGITS.match(plain)) and bool(thai.find_phones(plain) or thai.find_phones(f"0{plain}"))


def _unnumbered(text: str) -> str:
    return re.sub(r"^[0-9๐-๙]{1,4}[.)] ?", "", text)


def _steps(texts: Sequence[str]) -> int:
    """How many cells of a column count on from the one before."""
    numbers = [int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None for text in texts]
    if numbers[0] is None or len(texts) < 2:
        return int(texts[0] == "1") if len(texts) == 1 else 0
    return 1 + sum(1 for one, other in itertools.pairwise(numbers) if one is not None and other == one + 1)
