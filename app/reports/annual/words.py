"""An annual report's frozen figures put into words, groups and drawings, in the language of the moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.core import numbers
from app.core.charts.bars import Bar, Limit, bars, pot_bar
from app.core.charts.fills import Fill
from app.core.charts.tables import Table
from app.core.moments import day
from app.core.money import written
from app.cycles import words as cycles
from app.cycles.rules import LeftoverRule, PhaseKind
from app.reports.annual.rules import percent as percent
from app.reports.annual.rules import shares
from app.taskforces.projects import words as projects
from app.taskforces.projects.promises import words as promises
from app.taskforces.projects.rules import FINISHED, ForecastReason, ProjectStage, Status
from app.taskforces.setbacks import words as setbacks
from app.taskforces.setbacks.rules import SetbackStage, Severity, Source
from app.taskforces.spending.rules import EntryKind
from app.taskforces.spending.words import KINDS

SHOWN = 3
"""How many successes and setbacks stand in the summary."""
SEVERE_FIRST = (Severity.SEVERE.value, Severity.SERIOUS.value, Severity.MINOR.value, None)
OPEN = frozenset({each.value for each in SetbackStage} - {SetbackStage.RESOLVED.value, SetbackStage.ACCEPTED.value})


@dataclass(frozen=True, kw_only=True)
class Group:
    """Projects of one category, area or year added up, in cents."""

    name: str
    projects: int
    allocated_cents: int
    committed_cents: int
    spent_cents: int
    left_cents: int


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A drawing with the table that says the same."""

    chart: Markup
    table: Table


def sections() -> list[tuple[str, str]]:
    """The sections by their anchors, in the order of the report."""
    return [
        ("year", str(_("1. The year on two pages"))),
        ("foreword", str(_("2. From the co-chairs"))),
        ("calendar", str(_("3. What was when"))),
        ("projects", str(_("4. All projects"))),
        ("groups", str(_("5. By category, area and year"))),
        ("moves", str(_("6. Money that moved"))),
        ("variance", str(_("7. Costs that differ"))),
        ("ended", str(_("8. Completed and cancelled projects"))),
        ("later", str(_("9. What the coming years have to pay"))),
        ("setbacks", str(_("10. Setbacks"))),
        ("indicators", str(_("11. Indicators"))),
        ("people", str(_("12. Who took part"))),
        ("rules", str(_("13. Rules in force"))),
        ("certificate", str(_("14. Reconciliation"))),
        ("data", str(_("15. Words, data and marks"))),
    ]


def added(name: str, rows: Sequence[Any]) -> Group:
    """Some projects in one row."""
    sums = ("allocated_cents", "committed_cents", "spent_cents", "left_cents")
    return Group(name=name, projects=len(rows), **{each: sum(getattr(row, each) for row in rows) for each in sums})


def groups(rows: Sequence[Any], of: Callable[[Any], str | None]) -> list[Group]:
    """Projects by what `of` says of each, by name; what has none comes last."""
    found: dict[str | None, list[Any]] = {}
    for row in rows:
        found.setdefault(of(row), []).append(row)
    named = sorted((name, each) for name, each in found.items() if name is not None)
    rest = [(str(_("none named")), found[None])] if None in found else []
    return [added(name, each) for name, each in [*named, *rest]]


def pot(told: Any) -> Drawn:
    """Where all the money was at the end of the year."""
    sums, currency = told.after, told.currency
    parts = [
        (_("Paid"), sums.spent_cents, Fill.SOLID),
        (_("Promised in contracts, not yet paid"), sums.committed_cents - sums.spent_cents, Fill.STRIPES),
        (_("With projects, not yet promised"), sums.left_cents, Fill.DOTS),
        (_("Held in reserve"), sums.held_cents, Fill.BARS),
        (_("With no project"), sums.free_cents, Fill.BARE),
    ]
    rows = [
        Bar(label=label, value=max(0, cents), shown=written(cents, currency), fill=fill) for label, cents, fill in parts
    ]
    total = sums.pot_cents + sums.external_cents
    title = _("Where %(total)s was on the last day of the year", total=written(total, currency))
    all_of_it = _("All the money: %(amount)s", amount=written(total, currency))
    of = shares([row.value for row in rows])
    table = Table(
        caption=str(title),
        headings=(str(_("Where")), str(_("Amount")), str(_("Share"))),
        rows=[(row.label, row.shown, numbers.percent(share / 100)) for row, share in zip(rows, of, strict=True)],
    )
    return Drawn(chart=pot_bar(title, rows, total=Limit(value=total, shown=all_of_it)), table=table)


def by_category(told: Any, rows: Sequence[Group]) -> Markup:
    """What each category has, with the part that is paid."""
    drawn = [
        Bar(
            label=row.name,
            value=row.allocated_cents,
            shown=written(row.allocated_cents, told.currency),
            fill=Fill.BARE,
            part=row.spent_cents,
            note=str(_("%(amount)s paid", amount=written(row.spent_cents, told.currency))),
        )
        for row in rows
    ]
    return bars(str(_("What each category has, and the part that is paid (striped)")), drawn)


def states(told: Any) -> list[tuple[str, str, int]]:
    """The word for each status, its tone, and how many projects have it."""
    counts = {each: 0 for each in Status}
    for row in told.projects:
        counts[Status(row.status)] += 1
    return [(str(projects.STATUSES[each]), projects.TONES[each], number) for each, number in counts.items()]


def stage(word: str) -> str:
    """A project's stage."""
    return str(projects.STAGES[ProjectStage(word)])


def tone(word: str) -> tuple[str, str]:
    """A project's status in a word and a tone."""
    return str(projects.STATUSES[Status(word)]), projects.TONES[Status(word)]


def why_late(row: Any) -> str:
    """Why the last forecast of a project moved."""
    if row.reason is None:
        return str(_("none given")) if row.days_late > 0 else str(_("not needed"))
    return f"{promises.REASONS[ForecastReason(row.reason)]}: {row.reason_text}"


def why_money(row: Any, currency: str) -> str:
    """Why a project costs more or less than it has."""
    if row.variance_text:
        return str(row.variance_text)
    return str(_("It ended with %(amount)s of its money not paid.", amount=written(-row.variance_cents, currency)))


def successes(told: Any) -> list[str]:
    """Projects that were completed in the year, those on their day first, as sentences."""
    done = [row for row in told.closed if ProjectStage(row.stage) in FINISHED]
    done.sort(key=lambda row: (row.finish_on or row.ended_on) > (row.promised_on or row.ended_on))
    return [_success(row, told.currency) for row in done[:SHOWN]]


def _success(row: Any, currency: str) -> str:
    return str(
        _(
            "%(project)s was completed on %(day)s, promised for %(promised)s; it cost %(cost)s of %(given)s.",
            project=row.title,
            day=day(row.ended_on, "medium"),
            promised=day(row.promised_on or row.ended_on, "medium"),
            cost=written(row.spent_cents, currency),
            given=written(row.given_cents, currency),
        )
    )


def worst(told: Any) -> list[Any]:
    """The setbacks of the year that weigh most."""
    return sorted(told.setbacks, key=lambda row: (SEVERE_FIRST.index(row.severity), row.stage not in OPEN))[:SHOWN]


def setback(row: Any) -> str:
    """What a setback is called."""
    known = {"milestone": row.milestone} if row.milestone else {}
    return setbacks.title(row.title, Source(row.source), row.rule, known)


def severity(row: Any) -> str:
    """How bad a setback is, in one word before the colon of its sentence."""
    if row.severity is None:
        return str(_("not judged yet"))
    return str(setbacks.SEVERITIES[Severity(row.severity)]).partition(":")[0]


def setback_stage(row: Any) -> str:
    """Where a setback is."""
    return str(setbacks.STAGES[SetbackStage(row.stage)])


def counted(rows: Sequence[Any]) -> list[tuple[str, int, int]]:
    """Setbacks by how bad they are: all of them, and those still open."""
    kinds = {each: [row for row in rows if row.severity == each] for each in SEVERE_FIRST}
    return [
        (severity(found[0]), len(found), sum(1 for row in found if row.stage in OPEN))
        for found in kinds.values()
        if found
    ]


def move(row: Any) -> tuple[str, str]:
    """From where money came and where it went."""
    pot_, reserve = str(_("the pot")), str(_("the reserve"))
    giver = row.giver or (reserve if row.kind == EntryKind.CONTINGENCY_RELEASE else str(_("from outside")))
    return giver, row.taker or pot_


def kind(word: str) -> str:
    """A kind of ledger entry."""
    return str(KINDS[EntryKind(word)])


def phase(row: Any) -> str:
    """A dated part of a cycle."""
    return str(cycles.PHASES[PhaseKind(row.kind)])


def leftover(row: Any) -> str:
    """What happens to money that is left."""
    return str(cycles.LEFTOVERS[LeftoverRule(row.leftover_rule)])


def few(number: int | None) -> str:
    """How many people, where that may be told."""
    return str(_("fewer than ten, or not told")) if number is None else numbers.numeral(number)


def checks(told: Any) -> list[tuple[str, bool, str]]:
    """What must hold of the year's figures: its name, whether it does, and what was found."""
    table = {each: sum(getattr(row, each) for row in told.projects) for each in IN_TABLE}
    differ = [each for each in IN_TABLE if table[each] != getattr(told.after, each)]
    unfit = [row.code for row in told.projects if not row.fits]
    silent = [row.code for row in told.projects if row.needs_text and not row.variance_text and not row.is_final]
    return [
        (str(_("All entries of the ledger add up to the table of projects")), not differ, _said(differ)),
        (
            str(_("What moved between projects adds up to zero")),
            told.shifts_cents == 0,
            written(told.shifts_cents, told.currency),
        ),
        (
            str(_("Nothing is paid above what is promised, and nothing promised above what is given")),
            not unfit,
            _said(unfit),
        ),
        (str(_("Every cost that differs by more than a tenth is explained")), not silent, _said(silent)),
    ]


IN_TABLE = ("given_cents", "moved_cents", "allocated_cents", "committed_cents", "spent_cents", "left_cents")


def _said(wrong: Sequence[str]) -> str:
    return str(_("Not so: %(which)s", which=", ".join(wrong))) if wrong else str(_("to the cent"))


def on_time(told: Any) -> str:
    """How many milestones of the time were done by their day, in a sentence."""
    kept = told.on_time
    if not kept.due:
        return str(_("No milestone was promised for this time."))
    return str(
        ngettext(
            "Of %(num)s milestone promised for this time %(in_time)s was done by its day, %(late)s late, and"
            " %(open)s is not done.",
            "Of %(num)s milestones promised for this time %(in_time)s were done by their day, %(late)s late, and"
            " %(open)s are not done.",
            kept.due,
            in_time=kept.in_time,
            late=kept.late,
            open=kept.open,
        )
    )
