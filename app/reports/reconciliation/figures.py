"""The figures of a reconciliation certificate, read in one go by the room that reconciles, and written down plainly."""

from datetime import date
from typing import Any

from app.core.clock import today
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.reports.rules import Line
from app.taskforces.spending.reconciliation import queries
from app.taskforces.spending.reconciliation.queries import Figures, Month, Period, ProjectSums
from app.taskforces.spending.reconciliation.rules import UNRECONCILED, Statement, Total
from app.taskforces.spending.tie_outs.queries import DifferenceRow


def figures(line: Line) -> dict[str, Any]:
    """What the certificate of a cycle and a month says."""
    assert line.period is not None  # the engine asks for a month
    return {"certificate": certificate(cycles.facts(line.subject_id), line.period.first_on, line.period.last_on)}


def certificate(cycle: CycleFacts, first: date, last: date) -> dict[str, Any]:
    """A cycle's reconciliation for the days from `first` to `last`; NotFound where the cycle has no ledger."""
    period = Period(first=first, last=last)
    found = queries.figures(cycle.id, period, today=today(cycle.time_zone))
    return {
        "cycle": {"id": cycle.id, "name": cycle.name, "year": cycle.year, "currency": cycle.currency},
        "first_on": first,
        "last_on": last,
        "agrees": found.agrees,
        "unreconciled": [each.month for each in found.unreconciled],
        "unexplained_cents": found.unexplained_cents,
        "accounts": [_account(each) for each in found.statements],
        "totals": [_total(each) for each in found.totals],
        "projects": [_project(each) for each in found.projects],
        "commitments_differ": found.commitments_differ,
        "chain": _chain(found),
        "audit_head": found.audit_head,
        "months": [_month(each) for each in found.months],
        "differences": [_difference(each) for each in found.differences],
    }


def _account(statement: Statement) -> dict[str, Any]:
    return {
        "account": statement.account,
        "opening_cents": statement.opening_cents,
        "movements": statement.movements,
        "closing_cents": statement.closing_cents,
    }


def _total(total: Total) -> dict[str, Any]:
    return {
        "account": total.account,
        "entries_cents": total.entries_cents,
        "projects_cents": total.projects_cents,
        "kept_cents": total.kept_cents,
        "agrees": total.agrees,
    }


def _project(project: ProjectSums) -> dict[str, Any]:
    return {
        "code": project.code,
        "title": project.title,
        "allocated_cents": project.added.allocated_cents,
        "committed_cents": project.added.committed_cents,
        "spent_cents": project.added.spent_cents,
        "left_cents": project.added.left_cents,
        "agrees": project.agrees,
    }


def _chain(found: Figures) -> dict[str, Any]:
    broken = found.chain.break_
    return {
        "begins": found.chain.begins,
        "entries": found.chain.entries,
        "head": found.chain.head,
        "break_": None if broken is None else {"number": broken.number, "fault": broken.fault},
    }


def _month(month: Month) -> dict[str, Any]:
    tied = month.tie_out
    return {
        "month_on": month.month,
        "state": month.state,
        "is_open": month.state in UNRECONCILED,
        "paid_cents": month.paid_cents,
        "tie_out": None
        if tied is None
        else {
            "council_cents": tied.council_cents,
            "file_name": tied.file_name,
            "file_hash": tied.file_hash,
            "rows": tied.rows,
            "ledger_head": tied.ledger_head,
            "by": tied.by,
            "made_at": tied.made_at,
            "differences": tied.differences,
            "unexplained": tied.unexplained,
            "unexplained_cents": tied.unexplained_cents,
        },
    }


def _difference(each: DifferenceRow) -> dict[str, Any]:
    return {
        "month_on": each.month,
        "kind": each.kind,
        "reference": each.reference,
        "entry_number": each.entry_number,
        "ledger_cents": each.ledger_cents,
        "council_cents": each.council_cents,
        "reason": each.reason,
        "explanation": each.explanation,
        "explained_at": each.explained_at,
    }
