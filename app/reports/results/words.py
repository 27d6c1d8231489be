"""The tables and sentences of a results report beyond its figures: rounds, outcomes, turnout, the ballot account."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.core.bidi import isolated
from app.core.charts.tables import Table
from app.core.numbers import numeral
from app.core.tables import sheet
from app.reports.results.figures import ResultsReport
from app.voting.counting.rounds import Runoff
from app.voting.results import words
from app.voting.results.explanations.words import nearest
from app.voting.results.rules import OptionEnding
from app.voting.results.steps.rules import StepKind, decisive, steps_of
from app.voting.results.steps.words import Teller

COLUMNS = 4
"""More rounds than these do not stand beside each other on paper; the table goes on in another one below."""
CHOICES = 5
"""The same of bare numbers, which take less room than those with a gain; in large print they lie on their side."""


@dataclass(frozen=True, kw_only=True)
class AccountLine:
    """One line of the ballot account: what was counted, and how many."""

    label: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Account:
    """The ballot account: its lines, what they add up to, what they should, and whether the two agree."""

    lines: tuple[AccountLine, ...]
    found: int
    expected: int

    @property
    def agrees(self) -> bool:
        """Whether every voter is accounted for."""
        return self.found == self.expected


def parted(table: Table, *, most: int = COLUMNS) -> list[Table]:
    """A table with a column a round in as many as fit on paper; each names its rows, the last has what came of them."""
    middle = range(1, len(table.headings) - 1)
    if len(middle) <= most:
        return [table]
    size = -(-len(middle) // -(-len(middle) // most))
    parts = [list(middle[start : start + size]) for start in range(0, len(middle), size)]
    parts[-1].append(len(table.headings) - 1)
    return [
        Table(
            caption=_("%(caption)s: %(first)s to %(last)s", caption=table.caption, **_ends(table, part)),
            headings=[table.headings[0], *(table.headings[i] for i in part)],
            rows=[[row[0], *(row[i] for i in part)] for row in table.rows],
        )
        for part in parts
    ]


def _ends(table: Table, part: Sequence[int]) -> dict[str, str]:
    inside = [i for i in part if i < len(table.headings) - 1]
    return {"first": table.headings[inside[0]], "last": table.headings[inside[-1]]}


def runoff_table(runoff: Runoff, titles: Mapping[int, str]) -> Table:
    """Every count of a runoff: the votes of each project, and in brackets what it had gained since the count before."""
    supports = words.runoff_rows(runoff, titles)
    headings = [_("Count %(number)s", number=n) for n in range(1, len(runoff.tallies) + 1)]
    rows = [(each.label, *_gained(each.values), each.outcome) for each in supports]
    caption = _("Runoff %(number)d: ballots that stand with each project, with the gain", number=runoff.number)
    return Table(caption=caption, headings=(_("Project"), *headings, _("What came of it")), rows=rows)


def _gained(values: Sequence[int | None]) -> Iterable[str]:
    before: int | None = None
    for value in values:
        if value is None:
            yield str(_("out"))
        else:
            gain = value - (before or 0)
            yield numeral(value) if before in (None, value) else str(isolated(f"{numeral(value)} (+{numeral(gain)})"))
        before = value


def log(report: ResultsReport) -> list[tuple[str, str, int]]:
    """The count step by step: the part of it, what happened in a sentence, and what was left in the pot after it."""
    teller = _teller(report)
    return [(teller.part(step), teller.sentence(step), step.left_cents) for step in steps_of(report.facts.events)]


def set_aside(report: ResultsReport) -> list[tuple[OptionEnding, str, int]]:
    """The options that no longer fitted, in the order of the count: which, in which part of it, and what was left."""
    teller = _teller(report)
    found = []
    for step in steps_of(report.facts.events):
        if step.kind in (StepKind.SET_ASIDE, StepKind.TOO_DEAR):
            found += [(report.facts.ending(option), teller.part(step), step.left_cents) for option in step.options]
    return found


def decided_in(report: ResultsReport) -> dict[int, str]:
    """In which part of the count it was decided about each option; no word about one that no ballot ranks."""
    teller, steps = _teller(report), steps_of(report.facts.events)
    return {option: teller.part(steps[number - 1]) for option, number in decisive(steps).items()}


def near(report: ResultsReport) -> dict[int, str]:
    """How narrowly each option was funded or missed, in a sentence or two."""
    facts, currency = report.facts, report.cycle.currency
    return {option: nearest(miss, facts.ending(option), currency) for option, miss in (report.misses or {}).items()}


def age(band: str) -> str:
    """A band of ages as people say it."""
    first, last = band.split("-")
    if not last:
        return str(_("%(age)s and older", age=first))
    return str(
        _("Under %(age)s", age=int(last) + 1) if first == "0" else _("%(first)s to %(last)s", first=first, last=last)
    )


def account(report: ResultsReport) -> Account | None:
    """Where the ballot of everybody who voted is; None for a vote without a roll here."""
    vote = report.vote
    if vote.imported:
        return None
    missing = sum(each["missing"] for each in vote.missing_paper if each["sum"] == "slips")
    lines = [
        AccountLine(label=_("Ballots counted"), number=report.facts.ballots),
        AccountLine(label=_("Envelopes that could not be read"), number=vote.unreadable),
        AccountLine(label=_("Paper ballots that gave no ballot"), number=vote.rejected_slips),
        AccountLine(label=_("Paper ballots that came back and are missing"), number=missing),
    ]
    return Account(lines=tuple(lines), found=sum(line.number for line in lines), expected=vote.voters)


def tables(report: ResultsReport) -> dict[str, bytes]:
    """The report's tables as CSV files: every project with its outcome, and the count step by step; sums in cents."""
    where, said = decided_in(report), near(report)
    projects: list[Sequence[Any]] = []
    for ending in report.facts.endings:
        title = report.options[ending.number].title
        outcome = "funded" if ending.funded else ending.ending.value
        told = (where.get(ending.number), ending.first, ending.ranked, said.get(ending.number))
        projects.append((title, ending.code, ending.cost_cents, outcome, *told))
    steps = [(number, part, sentence, left) for number, (part, sentence, left) in enumerate(log(report), start=1)]
    return {
        "projects.csv": sheet(
            ("project", "code", "cost_cents", "outcome", "decided_in", "ranked_first", "ranked", "near"), projects
        ),
        "count.csv": sheet(("step", "part", "what_happened", "left_cents"), steps),
    }


def _teller(report: ResultsReport) -> Teller:
    titles = {number: option.title for number, option in report.options.items()}
    return Teller(report.facts, titles, report.cycle.currency)
