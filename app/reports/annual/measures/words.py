"""The fifteen measures in plain words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.money import written
from app.core.numbers import numeral
from app.reports.annual.measures.rules import Measure, WhyNot

NAMES: Mapping[Measure, LazyString] = {
    Measure.VOTERS: _l("People who voted, of those on the roll"),
    Measure.YOUNG: _l("Voters younger than 18, who cannot vote in other elections"),
    Measure.ON_PAPER: _l("Voters who voted on paper"),
    Measure.PROPOSERS: _l("People who sent in a proposal"),
    Measure.FIRST_TIME: _l("Of these, for the first time here"),
    Measure.DISCUSSED: _l("People who supported or discussed a proposal"),
    Measure.PAPER_FORMS: _l("Proposals that came in on paper"),
    Measure.AREAS: _l("Areas that a proposal named"),
    Measure.CAME: _l("People without a seat at meetings (each visit counted)"),
    Measure.PARTNERS: _l("Organizations that help with the projects"),
    Measure.GIVEN: _l("Money that votes gave to projects"),
    Measure.FUNDED: _l("Projects funded, of those on the ballot"),
    Measure.OUTSIDE: _l("Money that others added"),
    Measure.COMPLETED: _l("Projects completed, of all funded so far"),
    Measure.ON_TIME: _l("Milestones done by their day, of those due"),
}
WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.NO_VOTE: _l("no vote ended"),
    WhyNot.FEW: _l("too few to be told"),
    WhyNot.UNKNOWN: _l("not known"),
}
IN_CENTS = frozenset({Measure.GIVEN, Measure.OUTSIDE})


def parts() -> list[tuple[str, tuple[Measure, ...]]]:
    """The measures in three groups, each with its name."""
    every = tuple(Measure)
    return [
        (str(_("Taking part")), every[:6]),
        (str(_("Reaching everybody")), every[6:10]),
        (str(_("What came of it")), every[10:]),
    ]


def name(word: str) -> str:
    """What is measured."""
    return str(NAMES[Measure(word)])


def value(word: str, found: Any, currency: str) -> str:
    """A measure's number as people read it, or why there is none."""
    if found.why is not None:
        return str(WHY_NOT[WhyNot(found.why)])
    if Measure(word) in IN_CENTS:
        return written(found.number, currency)
    if found.whole is None:
        return numeral(found.number)
    if not found.whole:
        return str(_("none of none"))
    share = 100 * found.number // found.whole
    some, whole = numeral(found.number), numeral(found.whole)
    return str(_("%(some)s of %(all)s (%(share)s%%)", some=some, all=whole, share=share))


def grouped(rows: Any) -> list[tuple[str, list[Any]]]:
    """The rows of the report under the names of their groups."""
    by_measure = {row.measure: row for row in rows}
    return [(title, [by_measure[each] for each in group]) for title, group in parts()]
