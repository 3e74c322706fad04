"""Money and counts: 83,077.50."""

from decimal import ROUND_HALF_UP, Decimal


def format_amount(value: Decimal | float, places: int | None = None) -> str:
    """Write a number with thousands separated by commas: 75,525 for a count, 83,077.50 for an amount.

    `places` are the decimals shown, rounded half up; by default none for whole numbers (int), two for all else.
    """
    if places is None:
        places = 0 if isinstance(value, int) else 2
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,f}"
