"""Indicators in plain words: units, periods, which way a value went, and why one is kept back or refused."""

from collections.abc import Mapping

from flask_babel import LazyString, format_date, format_decimal, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.taskforces.indicators.rules import (
    Direction,
    Fault,
    Frequency,
    Measure,
    Movement,
    Period,
    Silence,
    Unit,
    frequency_of,
)

FREQUENCIES: Mapping[Frequency, LazyString] = {
    Frequency.MONTH: _l("Every month"),
    Frequency.QUARTER: _l("Every quarter"),
    Frequency.HALF_YEAR: _l("Every half-year"),
    Frequency.YEAR: _l("Every year"),
}

DIRECTIONS: Mapping[Direction, LazyString] = {
    Direction.DOWN: _l("Lower is better"),
    Direction.UP: _l("Higher is better"),
    Direction.NEITHER: _l("Neither way is better by itself"),
}

UNITS: Mapping[Unit, LazyString] = {
    Unit.PERCENT: _l("Percent"),
    Unit.DAYS: _l("Days"),
    Unit.HOURS: _l("Hours"),
    Unit.COUNT: _l("A number"),
    Unit.PER_THOUSAND: _l("For each 1,000 residents"),
}

MEASURES: Mapping[Measure, LazyString] = {
    Measure.OPENED: _l("Reports that came in"),
    Measure.CLOSED: _l("Reports that were closed"),
    Measure.MEDIAN_DAYS: _l("Days until half of those closed were closed (the median)"),
    Measure.IN_TIME: _l("Share closed by the expected day"),
}

SILENCES: Mapping[Silence, LazyString] = {
    Silence.FEW: _l("Kept back: too few cases"),
    Silence.NOTHING: _l("Nothing to count"),
}

MOVEMENTS: Mapping[Movement, LazyString] = {
    Movement.FIRST: _l("nothing to compare it with"),
    Movement.OTHER_DEFINITION: _l("not compared: it was defined differently then"),
    Movement.UNKNOWN: _l("not compared: one of the two has no number"),
    Movement.SAME: _l("the same"),
    Movement.BETTER: _l("better"),
    Movement.WORSE: _l("worse"),
    Movement.HIGHER: _l("higher"),
    Movement.LOWER: _l("lower"),
}

TONES: Mapping[Movement, str] = {
    Movement.BETTER: "good",
    Movement.WORSE: "warning",
    Movement.HIGHER: "info",
    Movement.LOWER: "info",
    Movement.SAME: "quiet",
}
"""The tone of each that is a tag; where nothing is compared, it is said in plain words."""

FAULTS: Mapping[Fault, LazyString] = {
    Fault.NOT_OVER: _l("This period is not over yet."),
    Fault.NOT_OF_CARD: _l("The value that stands for these days was measured over another length of time."),
    Fault.NO_NOTE: _l("There is a value for this period already. Say why it is corrected."),
    Fault.UNCHANGED: _l("This is what stands already."),
    Fault.FINAL_STAYS: _l("The value that stands is final. What corrects it has to be final too."),
    Fault.NO_VALUE: _l("Enter the value. It stays empty only where there was nothing to count."),
    Fault.NO_CASES: _l("A value is of one case at least. Where there was nothing to count, it stays empty."),
    Fault.OTHER_CASES: _l("Of a share, the second number is that of all cases, and the first is no larger."),
    Fault.DECIMALS: _l("The definition has fewer decimal places than this."),
    Fault.NOT_THE_SHARE: _l("This is not the share that the two numbers below make."),
}

FIELDS: Mapping[Fault, str] = {
    Fault.NOT_OVER: "period",
    Fault.NOT_OF_CARD: "period",
    Fault.NO_NOTE: "note",
    Fault.UNCHANGED: "value",
    Fault.FINAL_STAYS: "is_provisional",
    Fault.NO_VALUE: "value",
    Fault.NO_CASES: "n",
    Fault.OTHER_CASES: "denominator",
    Fault.DECIMALS: "value",
    Fault.NOT_THE_SHARE: "value",
}
"""At which field of the form each is shown."""


def number(hundredths: int) -> str:
    """A number in the language of the page, with the decimals that it has."""
    return str(format_decimal(hundredths / 100 if hundredths % 100 else hundredths // 100))


def amount(many: int) -> str:
    """How many, in the language of the page as well: it stands beside the value."""
    return number(100 * many)


def value(hundredths: int | None, unit: Unit, silence: Silence | None = None) -> str:
    """A value with its unit, or why there is none."""
    if silence is not None or hundredths is None:
        return str(SILENCES[silence or Silence.NOTHING])
    said = number(hundredths)
    if unit is Unit.PERCENT:
        return str(_("%(number)s%%", number=said))
    if unit is Unit.DAYS:
        one = hundredths == 100
        return str(ngettext("%(said)s day", "%(said)s days", 1 if one else 2, said=said))
    if unit is Unit.HOURS:
        one = hundredths == 100
        return str(ngettext("%(said)s hour", "%(said)s hours", 1 if one else 2, said=said))
    if unit is Unit.PER_THOUSAND:
        return str(_("%(number)s for each 1,000 residents", number=said))
    return said


def cases(n: int | None, numerator: int | None, denominator: int | None) -> str:
    """Of how many cases a value is, where that may be told."""
    if n is None:
        return str(_("too few cases to be told"))
    if numerator is not None and denominator is not None:
        return str(_("%(some)s of %(all)s", some=amount(numerator), all=amount(denominator)))
    return amount(n)


def status(number: int, version: int, *, is_provisional: bool) -> str:
    """What is to be known about a value; `number` counts the values of a period from 1."""
    parts = [_("Provisional") if is_provisional else _("Final")]
    if number > 1:
        parts.append(_("correction %(number)s", number=number - 1))
    parts.append(_("definition %(version)s", version=version))
    return ", ".join(str(part) for part in parts)


def period(days: Period) -> str:
    """A period as readers say it: May 2026, the second quarter of 2026, 2026."""
    first = days.first_on
    length = frequency_of(days)
    if length is Frequency.MONTH:
        return str(format_date(first, "LLLL y", rebase=False))
    if length is Frequency.QUARTER:
        return str(_("Quarter %(number)s of %(year)s", number=(first.month + 2) // 3, year=first.year))
    if length is Frequency.HALF_YEAR:
        return str(_("Half-year %(number)s of %(year)s", number=(first.month + 5) // 6, year=first.year))
    return str(first.year)


def short(days: Period) -> str:
    """The same in a few letters, for the foot of a column."""
    first = days.first_on
    length = frequency_of(days)
    if length is Frequency.MONTH:
        return str(format_date(first, "LLL", rebase=False))
    if length is Frequency.QUARTER:
        return str(_("Q%(number)s", number=(first.month + 2) // 3))
    if length is Frequency.HALF_YEAR:
        return str(_("H%(number)s", number=(first.month + 5) // 6))
    return str(first.year)


def of(word: Frequency | Direction | Measure | Movement) -> LazyString:
    """The words for how often, which way is better, what is measured, or how a value stands to another."""
    if isinstance(word, Frequency):
        return FREQUENCIES[word]
    if isinstance(word, Direction):
        return DIRECTIONS[word]
    return MEASURES[word] if isinstance(word, Measure) else MOVEMENTS[word]
