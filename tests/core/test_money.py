"""Money is read without guessing and written so that reading it again gives the same cents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.money import LARGEST_CENTS, NotMoney, as_typed, parse_cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [("1200", 120000), ("1,200", 120000), ("$ 1,200.50", 120050), ("0.05", 5), (" 7 ", 700), ("€3.5", 350)],
)
def test_what_people_type_is_read(text, cents):
    assert parse_cents(text) == cents


@pytest.mark.parametrize("text", ["", "-5", "1.234", "1,20", "12,00", "1e3", "٣", "abc", "1 200", "9" * 30, "nan"])
def test_what_could_mean_two_things_is_refused(text):
    with pytest.raises(NotMoney):
        parse_cents(text)


@given(st.integers(0, LARGEST_CENTS))
def test_typing_and_reading_are_inverse(cents):
    assert parse_cents(as_typed(cents)) == cents
