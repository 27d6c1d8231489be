"""Working days: weekends and holidays do not count, and the clerk keeps the holidays."""

from datetime import date

import pytest

from app.core.access import Role
from app.places.workdays import queries, rules
from tests import make

FRIDAY, MONDAY, TUESDAY = date(2026, 12, 4), date(2026, 12, 7), date(2026, 12, 8)


@pytest.mark.parametrize(
    ("number", "holidays", "day"),
    [
        (1, set(), MONDAY),
        (1, {MONDAY}, TUESDAY),
        (2, {MONDAY}, date(2026, 12, 9)),
        (10, set(), date(2026, 12, 18)),
        (10, {date(2026, 12, 18)}, date(2026, 12, 21)),
    ],
)
def test_a_time_limit_skips_weekends_and_holidays(number, holidays, day):
    assert rules.working_day_after(FRIDAY, number, holidays) == day
    assert rules.working_days_between(FRIDAY, day, holidays) == number


def test_a_time_limit_is_at_least_one_day():
    with pytest.raises(ValueError, match="at least one"):
        rules.working_day_after(FRIDAY, 0, ())


def test_a_clerk_writes_the_holidays_down_and_a_time_limit_skips_them(browser):
    where = make.neighborhood()
    page = browser.sign_in(make.person(roles=[Role.CLERK])).open(f"/office/neighborhoods/{where.slug}/holidays")
    page.press("Write it down", days="2026-12-07 Founders' Day\n\n2026-12-25 Christmas Day")
    assert [row.name for row in queries.holidays(where.id)] == ["Founders' Day", "Christmas Day"]
    assert queries.working_day_after(where.id, FRIDAY, 1) == TUESDAY


def test_a_line_that_is_no_holiday_is_named_and_nothing_typed_is_lost(browser):
    where = make.neighborhood()
    page = browser.sign_in(make.person(roles=[Role.CLERK])).open(f"/office/neighborhoods/{where.slug}/holidays")
    answer = page.press("Write it down", days="2026-12-07 Founders' Day\n7 December")
    assert "Line 2 is not a day" in answer.text and "7 December" in answer.html
    assert queries.holidays(where.id) == []
