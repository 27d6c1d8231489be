"""What stands at a step, drawn, and as the table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.core.charts.bars import Bar, Limit, bars, pot_bar
from app.core.charts.fills import Fill
from app.core.charts.tables import Table
from app.core.numbers import numeral
from app.voting.counting.outcomes import Phase
from app.voting.results.steps.rules import Standing, Step, StepKind, payable
from app.voting.results.steps.words import Teller
from app.voting.results.words import DRAWN, WIDTH

MARK = "▶ "
"""Stands before the option a step is about, which its fill marks too."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A drawing with its heading and the words that explain it; `left_out` options stand in the table only."""

    heading: str
    hint: str
    chart: Markup
    table: Table
    left_out: int


def figure(step: Step, teller: Teller) -> Figure | None:
    """The drawing of a step; none where nothing stands or was paid, as between two runoffs."""
    if step.kind is StepKind.FUND and "support_cents" in step.numbers:
        return _payment(step, teller)
    between = step.kind is StepKind.SET_ASIDE and step.phase is Phase.RUNOFFS
    if between or step.kind is StepKind.STOP or not step.standing:
        return None
    if step.standing[0].held_cents is not None:
        return _shares(step, teller)
    return _votes(step, teller)


def _shares(step: Step, teller: Teller) -> Figure:
    """What the supporters of each option carry, against its cost, in the order of what comes next."""
    costs = teller.costs
    able = payable(step, costs)
    stands = sorted(step.standing, key=lambda each: _comes_next(each, costs[each.option], each.option in able))

    def carried(each: Standing) -> str:
        return teller.money(each.held_cents or 0)

    rows = [
        Bar(
            label=teller.titles[each.option],
            value=each.held_cents or 0,
            shown=_("%(held)s of %(cost)s", held=carried(each), cost=teller.money(costs[each.option])),
            fill=Fill.STRIPES if each.option in able else Fill.DOTS,
            note=_ballots(each.count),
            goal=costs[each.option],
        )
        for each in stands
    ]
    table = Table(
        caption=_("Shares and costs"),
        headings=[_("Project"), _("Ballots for it"), _("They carry"), _("It costs")],
        rows=[[teller.titles[e.option], numeral(e.count), carried(e), teller.money(costs[e.option])] for e in stands],
    )
    return _figure(
        _("What the supporters of each project carry"),
        _(
            "A bar is the money that the ballots for a project carry. The dark mark is its cost: "
            "a bar is striped where it reaches the mark and the cost still fits the pot."
        ),
        rows,
        table,
    )


def _comes_next(each: Standing, cost: int, is_payable: bool) -> tuple[bool, float, int]:
    """What can be paid stands first, the most money on top, as it is funded; then the nearest to being paid."""
    return not is_payable, -(each.held_cents or 0) if is_payable else -_covered(each, cost), each.option


def _covered(each: Standing, cost: int) -> float:
    return (each.held_cents or 0) / cost if cost else 2.0


def _payment(step: Step, teller: Teller) -> Figure:
    """Who pays for the funded option, by the rank it has on their ballots."""
    cost, paid = step.numbers["cost_cents"], step.numbers["paid"]
    title = teller.titles[step.options[0]]
    parts = [
        Bar(label=_rank(part["ballots"], part["rank"]), value=part["cents"], shown=teller.money(part["cents"]))
        for part in paid
    ]
    total = Limit(value=max(cost, 1), shown=_("Its cost: %(cost)s", cost=teller.money(cost)))
    table = Table(
        caption=_("Who pays"),
        headings=[_("Ballots"), _("Their part of the cost")],
        rows=[[part.label, part.shown] for part in parts],
    )
    said = _("Who pays for %(title)s. The table has every number.", title=title)
    return Figure(
        heading=_("Who pays for it"),
        hint=_("The bar is the whole cost. Each part is paid by the ballots named below it."),
        chart=pot_bar(said, parts, total=total, width=WIDTH),
        table=table,
        left_out=0,
    )


def _votes(step: Step, teller: Teller) -> Figure:
    """How many ballots, or points, stand with each option; a runoff has a line at half."""
    is_runoff = step.phase is Phase.RUNOFFS
    about = set(step.options) if step.kind in (StepKind.OUT, StepKind.FUND, StepKind.VOTELESS) else set()
    leaving = about if step.kind in (StepKind.OUT, StepKind.VOTELESS) else set()
    stands = sorted(step.standing, key=lambda each: (each.option in leaving, -each.count, each.option))
    rows = [
        Bar(
            label=f"{MARK if each.option in about else ''}{teller.titles[each.option]}",
            value=0 if each.option in leaving else 2 * each.count,
            shown=_("was %(votes)d", votes=each.count) if each.option in leaving else numeral(each.count),
            fill=Fill.SOLID if each.option in about else Fill.STRIPES,
            note=_note(each, step, leaving),
        )
        for each in stands
    ]
    standing = sum(each.count for each in stands if each.option not in leaving)
    half = Limit(value=standing, shown=_("half of %(standing)d ballots", standing=standing)) if is_runoff else None
    has_points = step.phase in (Phase.POINTS, Phase.EQUAL)
    heading = _("Points of each project") if has_points else _("Ballots that rank each project high enough")
    heading = _("Ballots that stand with each project") if is_runoff else heading
    hint = _("More than half of the ballots wins; the line is at half.") if is_runoff else ""
    table = Table(
        caption=heading,
        headings=[_("Project"), _("Points") if has_points else _("Ballots"), _("In this step")],
        rows=[[teller.titles[e.option], numeral(e.count), _note(e, step, leaving) or "–"] for e in stands],
    )
    return _figure(heading, hint, rows, table, half)


def _note(each: Standing, step: Step, leaving: set[int]) -> str:
    if each.option in leaving:
        return str(_("leaves"))
    if step.kind is StepKind.FUND and each.option in step.options:
        return str(_("funded"))
    if step.kind is StepKind.SET_ASIDE and each.option in step.options:
        return str(_("set aside"))
    gained = step.moved.get(each.option, 0)
    return str(_("%(gained)d more", gained=gained)) if gained else ""


def _figure(heading: str, hint: str, rows: Sequence[Bar], table: Table, limit: Limit | None = None) -> Figure:
    drawn = list(rows[:DRAWN])
    drawn += [row for row in rows[DRAWN:] if row.label.startswith(MARK)][:1]
    said = _("%(heading)s. The table has every number.", heading=heading)
    return Figure(
        heading=heading,
        hint=hint,
        chart=bars(said, drawn, limit=limit, width=WIDTH),
        table=table,
        left_out=len(rows) - len(drawn),
    )


def _ballots(count: int) -> str:
    return str(ngettext("%(num)d ballot", "%(num)d ballots", count))


def _rank(count: int, rank: int) -> str:
    return str(
        ngettext(
            "%(num)d ballot that ranks it number %(rank)d",
            "%(num)d ballots that rank it number %(rank)d",
            count,
            rank=rank,
        )
    )
