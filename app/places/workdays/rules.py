"""Counting in working days (domain, clocks): Monday to Friday without the holidays of the neighborhood."""

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Whether `day` counts."""
    return day.weekday() < SATURDAY and day not in holidays


def working_day_after(day: date, number: int, holidays: Collection[date]) -> date:
    """The `number`-th (from 1) working day after `day`, which itself does not count."""
    if number < 1:
        raise ValueError("a time limit is at least one working day")
    found = day
    for _each in range(number):
        found += timedelta(days=1)
        while not is_working_day(found, holidays):
            found += timedelta(days=1)
    return found


def working_days_between(first: date, last: date, holidays: Collection[date]) -> int:
    """How many working days lie after `first` up to `last`, which counts; 0 where `last` is not later."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(is_working_day(day, holidays) for day in days)
