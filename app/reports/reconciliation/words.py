"""A certificate's frozen figures put into words, and its five accounts laid side by side in one table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

from app.taskforces.spending.chain.rules import Break, Fault
from app.taskforces.spending.reconciliation import words
from app.taskforces.spending.reconciliation.rules import Account, MonthState
from app.taskforces.spending.rules import EntryKind
from app.taskforces.spending.tie_outs import words as tie_outs
from app.taskforces.spending.tie_outs.rules import DifferenceKind, Reason
from app.taskforces.spending.words import KINDS


@dataclass(frozen=True, kw_only=True)
class Movements:
    """A row of the table: what happened, how often, and what it did to each account in cents (None: nothing)."""

    name: str
    entries: int | None
    cents: Sequence[int | None]


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A certificate as its template reads it: `told` are its figures, the rest are words made of them."""

    told: Any
    is_final: bool
    checks: Sequence[tuple[str, bool, str]]
    accounts: Sequence[str]
    rows: Sequence[Movements]
    """Opening, then what came and went."""
    closing: Sequence[int]
    left_cents: int
    """What projects have and have not promised yet, at the closing."""
    months: Sequence[tuple[Any, str, str]]
    """Each month with a payment or a comparison, the word for how it stands, and a sentence."""
    quiet: Sequence[date]
    """The months in which nothing was paid."""
    differences: Sequence[tuple[Any, str, str]]
    """Each difference with how the two books differ, and why."""


def certificate(told: Any) -> Certificate:
    """The words of a certificate, in the language of the moment; `told` as `reports.rules.told` gives it."""
    quiet = [each for each in told.months if each.state == MonthState.NOTHING_PAID]
    months = [_month(each) for each in told.months if each not in quiet]
    closing = {each.account: each.closing_cents for each in told.accounts}
    return Certificate(
        told=told,
        is_final=told.agrees and not told.unreconciled,
        checks=words.checks(_checked(told)),
        accounts=[str(words.ACCOUNTS[Account(each.account)]) for each in told.accounts],
        rows=_rows(told.accounts),
        closing=[each.closing_cents for each in told.accounts],
        left_cents=closing[Account.ALLOCATED] - closing[Account.COMMITTED],
        months=[(each, str(words.MONTHS[each.state]), words.of_month(each, told.cycle.currency)) for each in months],
        quiet=sorted(each.month_on for each in quiet),
        differences=[_difference(each) for each in told.differences],
    )


def _rows(accounts: Sequence[Any]) -> list[Movements]:
    rows = [Movements(name=str(_("Opening")), entries=None, cents=[each.opening_cents for each in accounts])]
    kinds = {move.kind: move.entries for each in accounts for move in each.movements}
    for kind in (each for each in EntryKind if each in kinds):
        cents = [next((move.cents for move in each.movements if move.kind == kind), None) for each in accounts]
        rows.append(Movements(name=str(KINDS[kind]), entries=kinds[kind], cents=cents))
    return rows


def _checked(told: Any) -> Any:
    """The figures as the words of the reconciliation's page want them."""
    broken = told.chain.break_
    break_ = None if broken is None else Break(number=broken.number, fault=Fault(broken.fault))
    totals = [SimpleNamespace(account=Account(each.account), agrees=each.agrees) for each in told.totals]
    return SimpleNamespace(
        **{name: each for name, each in vars(told).items() if name not in ("chain", "totals")},
        chain=SimpleNamespace(break_=break_, begins=told.chain.begins, entries=told.chain.entries),
        totals=totals,
    )


def _month(told: Any) -> Any:
    return SimpleNamespace(**vars(told) | {"state": MonthState(told.state), "month": told.month_on})


def _difference(told: Any) -> tuple[Any, str, str]:
    kind = str(tie_outs.KINDS[DifferenceKind(told.kind)])
    if told.reason is None:
        return told, kind, str(_("Not explained yet"))
    return told, kind, f"{tie_outs.REASONS[Reason(told.reason)]}: {told.explanation}"
