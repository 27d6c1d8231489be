"""A count in drawings and tables for people: the pot, the steps of the shares, and each runoff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.core.charts.bars import Bar, Limit, bars, pot_bar
from app.core.charts.fills import Fill
from app.core.charts.rounds import Support, highest, rounds, rounds_table
from app.core.charts.svg import NOTHING
from app.core.charts.tables import Table
from app.core.money import written
from app.voting.counting.rounds import Runoff
from app.voting.results.rules import SMALLEST_SHOWN, Ending, OptionEnding, ResultFacts

DRAWN = 12
"""More options than these stand in the table only; a drawing of forty little charts tells nobody anything."""

IN_A_PART = 4
"""How many of these stand in one drawing; the next ones stand in another below it."""

WIDTH = 440
"""Narrow enough for the words in a drawing to stay readable on a phone."""

Titles = Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A drawing and the table that says the same; `left_out` options stand in the table only."""

    chart: Markup
    table: Table
    left_out: int


@dataclass(frozen=True, kw_only=True)
class ShownRunoff:
    """One runoff: its number, who won it, what was left before it, and how it went."""

    number: int
    winner: str
    left_cents: int
    shown: Shown


def people(number: int) -> str:
    """So many people, or that they were too few to be printed as a number."""
    if number < SMALLEST_SHOWN:
        return str(_("Fewer than %(limit)d people", limit=SMALLEST_SHOWN))
    return str(ngettext("%(num)d person", "%(num)d people", number))


def pot(facts: ResultFacts, currency: str, *, left_cents: int | None = None) -> Markup:
    """The pot as one bar: what is funded, what is left; at the end of the count, or while so much was left."""
    left_cents = facts.left_cents if left_cents is None else left_cents
    spent_cents = facts.pot_cents - left_cents
    spent, left = written(spent_cents, currency), written(left_cents, currency)
    whole = written(facts.pot_cents, currency)
    parts = [
        Bar(label=_("Funded"), value=spent_cents, shown=spent, fill=Fill.SOLID),
        Bar(label=_("Left"), value=left_cents, shown=left, fill=Fill.BARE),
    ]
    said = _("Of the pot of %(whole)s, %(spent)s is funded and %(left)s is left.", whole=whole, spent=spent, left=left)
    return pot_bar(
        said, parts, total=Limit(value=facts.pot_cents, shown=_("The pot: %(whole)s", whole=whole)), width=WIDTH
    )


def steps(facts: ResultFacts, titles: Titles) -> Shown | None:
    """How many ballots ranked each option high enough, step by step, until it was funded."""
    counts = [{support.option: support.ballots for support in step.supports} for step in facts.steps]
    ranked = [ending for ending in facts.endings if any(ending.number in step for step in counts)]
    if not ranked:
        return None
    ranked.sort(
        key=lambda ending: (facts.funded.index(ending.number) if ending.funded else len(titles), -ending.backers)
    )
    rows = [
        Support(
            label=titles[ending.number],
            values=[step.get(ending.number) for step in counts],
            outcome=_in_the_steps(ending),
            won=ending.ending is Ending.BY_SHARES,
        )
        for ending in ranked
    ]
    title = _("Supporters of each project in each step of the shared budget. The table below has every number.")
    table = rounds_table(
        _("Supporters in each step"),
        _("Project"),
        _("Up to choice {n}"),
        _("What came of it"),
        rows,
        absent=_("funded"),
    )
    return _shown(title, rows, table)


def payments(facts: ResultFacts, titles: Titles, currency: str) -> Shown | None:
    """What the supporters of each project that equal shares funded still carried together, step by step."""
    paid = [ending for ending in facts.won if ending.ending is Ending.BY_EQUAL_SHARES]
    if not paid:
        return None
    if facts.is_reduced:
        return _backed(paid, titles, currency)
    sums = [ending.held_cents or 0 for ending in paid]
    held = [written(cents, currency) for cents in sums]
    named = [titles[ending.number] for ending in paid]
    drawn = [Bar(label=n, value=cents, shown=h) for n, cents, h in zip(named, sums, held, strict=True)][:DRAWN]
    title = _("What the supporters of each funded project still carried together. The table below has every number.")
    headings = (_("Project"), _("Ballots that rank it"), _("They still carried"), _("Cost"), _("What came of it"))
    rows = [
        (titles[e.number], str(e.backers), h, written(e.cost_cents, currency), _in_the_steps(e))
        for e, h in zip(paid, held, strict=True)
    ]
    table = Table(caption=_("Paid for by equal shares"), headings=headings, rows=rows)
    return Shown(chart=bars(title, drawn, width=WIDTH), table=table, left_out=len(paid) - len(drawn))


def _backed(paid: Sequence[OptionEnding], titles: Titles, currency: str) -> Shown:
    """The same without sums of money carried: how many ballots rank each project."""
    drawn = [Bar(label=titles[e.number], value=e.backers, shown=str(e.backers)) for e in paid][:DRAWN]
    title = _("How many ballots rank each project that equal shares funded. The table below has every number.")
    headings = (_("Project"), _("Ballots that rank it"), _("Cost"), _("What came of it"))
    rows = [(titles[e.number], str(e.backers), written(e.cost_cents, currency), _in_the_steps(e)) for e in paid]
    table = Table(caption=_("Paid for by equal shares"), headings=headings, rows=rows)
    return Shown(chart=bars(title, drawn, width=WIDTH), table=table, left_out=len(paid) - len(drawn))


def runoffs(facts: ResultFacts, titles: Titles) -> list[ShownRunoff]:
    """Every runoff with its counts."""
    return [
        ShownRunoff(
            number=runoff.number,
            winner=titles[runoff.winner],
            left_cents=runoff.left_cents,
            shown=_runoff(runoff, titles),
        )
        for runoff in facts.runoffs
    ]


def runoff_rows(runoff: Runoff, titles: Titles) -> list[Support]:
    """The projects of a runoff with their votes in each count, the winner first, then whoever stayed longest."""
    counts = [dict(tally.votes) for tally in runoff.tallies]
    out = {tally.eliminated: number for number, tally in enumerate(runoff.tallies, start=1) if tally.eliminated}
    longest = sorted(counts[0], key=lambda n: (n != runoff.winner, -out.get(n, len(counts) + 1), -counts[0][n]))
    return [
        Support(
            label=titles[number],
            values=[count.get(number) for count in counts],
            outcome=_in_the_runoff(number, runoff, out),
            won=number == runoff.winner,
        )
        for number in longest
    ]


def _runoff(runoff: Runoff, titles: Titles) -> Shown:
    rows = runoff_rows(runoff, titles)
    title = _(
        "Votes in each count of runoff %(number)d, won by %(winner)s. The table below has every number.",
        number=runoff.number,
        winner=titles[runoff.winner],
    )
    caption = _("Runoff %(number)d, count by count", number=runoff.number)
    return _shown(
        title, rows, rounds_table(caption, _("Project"), _("Count {n}"), _("What came of it"), rows, absent="–")
    )


def _shown(title: str, rows: Sequence[Support], table: Table) -> Shown:
    drawn = rows[:DRAWN]
    return Shown(chart=_in_parts(title, drawn), table=table, left_out=len(rows) - len(drawn))


def _in_parts(title: str, drawn: Sequence[Support]) -> Markup:
    """Drawings of a few options each, all to one scale, so that a sheet of paper can end between them."""
    parts = [drawn[at : at + IN_A_PART] for at in range(0, len(drawn), IN_A_PART)]
    names = [title, *(_("%(title)s Part %(number)d.", title=title, number=n) for n in range(2, len(parts) + 1))]
    scale = highest(drawn)
    return NOTHING.join(rounds(name, part, width=WIDTH, scale=scale) for name, part in zip(names, parts, strict=True))


def _in_the_steps(ending: OptionEnding) -> str:
    if ending.ending in (Ending.BY_SHARES, Ending.BY_EQUAL_SHARES):
        if ending.round == 1:
            return str(_("Funded on first choices"))
        return str(_("Funded on the first %(step)d choices", step=ending.round))
    if ending.ending is Ending.DID_NOT_FIT and ending.round <= 1:
        return str(_("Did not fit into what was left"))
    return str(_("Went on to the runoffs"))


def _in_the_runoff(number: int, runoff: Runoff, out: Mapping[int, int]) -> str:
    last = dict(runoff.tallies[-1].votes)
    if number == runoff.winner:
        return str(_("Won with %(votes)d of %(standing)d", votes=last[number], standing=sum(last.values())))
    if number in out:
        return str(_("Out after count %(count)d", count=out[number]))
    return str(_("Still in at the end, with %(votes)d", votes=last[number]))
