"""What may be sent, and to whom."""

import pytest

from forumplanner.core.errors import Invalid
from forumplanner.outbox.rules import check_address


def test_an_address_is_kept_in_its_usual_spelling() -> None:
    assert check_address("Somchai@EXAMPLE.org") == "Somchai@example.org"


@pytest.mark.parametrize(
    "typed", ["สมชาย", "a@b", "a b@example.org", "a@example.org\nBcc: x@example.org", "@", "a@" + "x" * 300]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_address(typed)
    assert refusal.value.field == "email"
