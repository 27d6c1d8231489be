"""Frozen indicators put into words, in the language of the moment."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from app.taskforces.indicators import words
from app.taskforces.indicators.rules import Movement, Period, Silence, Unit


def period(row: Any) -> str:
    """The days that a value tells of."""
    return words.period(Period(first_on=row.first_on, last_on=row.last_on))


def value(row: Any) -> str:
    """A value with its unit, or why none is told."""
    return words.value(row.hundredths, Unit(row.unit), Silence(row.silence) if row.silence else None)


def cases(row: Any) -> str:
    """Of how many cases it is."""
    return words.cases(row.n, row.numerator, row.denominator)


def standing(row: Any) -> str:
    """Whether it is final, a correction, or was corrected since, and by which definition it was measured."""
    said = words.status(row.number, row.version, is_provisional=row.is_provisional)
    return said if row.stands else str(_("%(said)s; corrected since", said=said))


def target(row: Any) -> str:
    """Where the last value should be, and whether it is."""
    aim = words.value(row.target_hundredths, Unit(row.unit))
    if row.meets_target is None:
        return aim
    return str(_("%(aim)s: reached", aim=aim) if row.meets_target else _("%(aim)s: not reached", aim=aim))


def moved(word: str) -> str:
    """How a value stands to an earlier one."""
    return str(words.of(Movement(word)))


def readings_of(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """One line for each value of each indicator, for the file."""
    return [{"indicator": row["code"], "title": row["title"], **each} for row in rows for each in row["readings"]]
