"""Indicators for tests: valid cards, and what was entered about them."""

from datetime import date
from typing import Any

from app.core.access import Actor, Role
from app.taskforces.indicators import services
from app.taskforces.indicators.rules import Direction, Frequency, Measure, Measured, Period, Unit
from app.taskforces.indicators.services import Define, Enter
from tests import make
from tests.make.rows import numbers

QUARTER = Period(first_on=date(2026, 1, 1), last_on=date(2026, 3, 31))
BEFORE = Period(first_on=date(2025, 10, 1), last_on=date(2025, 12, 31))
HEAD = "service_request_id,requested_datetime,updated_datetime,expected_datetime,status,service_code,address\n"


def card(**more: Any) -> Define:
    """A share that a clerk enters every quarter."""
    facts: dict[str, Any] = {
        "title": "Street lights that work",
        "why": "A lamp that is dark again is a broken promise.",
        "formula": "The share of the lamps on three routes that burn.",
        "weakness": "",
        "unit": Unit.PERCENT,
        "decimals": 0,
        "direction": Direction.UP,
        "source": "Route sheets",
        "frequency": Frequency.QUARTER,
        "target_hundredths": 90_00,
        "owner": "Lighting task force",
        "least_n": 5,
        "measure": None,
        "service_codes": None,
        "agreed_at": "Spring assembly",
        "agreed_on": date(2025, 4, 2),
    }
    return Define(**facts | more)


def of_file(measure: Measure, unit: Unit, **more: Any) -> Define:
    """One that is worked out of files of reports."""
    return card(title=f"Reports {measure}", measure=measure, unit=unit, target_hundredths=None, **more)


def defined(place_id: int, by: Actor | None = None, **more: Any) -> int:
    """The id of a new indicator."""
    clerk = by or make.actor(Role.CLERK)
    return services.define(place_id, card(**more), key=f"card-{next(numbers)}", by=clerk)


def measured(some: int, all_: int, **more: Any) -> Measured:
    """A share."""
    return Measured(
        hundredths=100 * (100 * some // all_) if all_ else None, n=all_, numerator=some, denominator=all_, **more
    )


def entered(
    indicator_id: int, found: Measured, period: Period = QUARTER, note: str = "", by: Actor | None = None
) -> int:
    """The id of a new value."""
    command = Enter(period=period, measured=found, note=note)
    clerk = by or make.actor(Role.CLERK)
    return services.enter(indicator_id, command, key=f"reading-{next(numbers)}", by=clerk)
