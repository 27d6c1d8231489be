"""What a year's money did, read for a whole neighborhood at once: a few statements, however many projects there are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.core.db import db
from app.cycles.models import Cycle
from app.proposals.review.models import Costing
from app.reports.rules import Period
from app.taskforces.projects.closing.models import Completion
from app.taskforces.projects.models import ForecastChange, Milestone, Project
from app.taskforces.projects.pausing.models import Cancellation
from app.taskforces.projects.rules import ForecastReason, code
from app.taskforces.questions.models import Answer, Question
from app.taskforces.setbacks.models import Setback
from app.taskforces.spending.models import Commitment, CostForecast, LedgerEntry
from app.taskforces.spending.reconciliation import queries as reconciliation
from app.taskforces.spending.reconciliation.rules import Moved
from app.taskforces.spending.rules import OF_A_COMMITMENT, EntryKind, commitment_code


@dataclass(frozen=True, kw_only=True)
class CostSaid:
    """What a project was last said to cost, in cents, and why."""

    expected_cents: int
    explanation: str


@dataclass(frozen=True, kw_only=True)
class DayMoved:
    """Why the last forecast of a project moved."""

    reason: ForecastReason
    explanation: str


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A contract with something still to pay on a day: promised and paid until then, in cents."""

    code: str
    project: str
    counterparty: str
    promised_cents: int
    paid_cents: int

    @property
    def left_cents(self) -> int:
        """What is still to be paid on it."""
        return self.promised_cents - self.paid_cents


@dataclass(frozen=True, kw_only=True)
class Running:
    """What a project costs each year once it is there, and who pays that, as the officers said before the vote."""

    cents: int
    payer: str | None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Questions of a period: how many came in, how many were first answered, and how many of those by their day."""

    asked: int
    answered: int
    in_time: int


def moved(neighborhood_id: int, period: Period) -> list[Moved]:
    """The ledger's entries until the end of a period, as a reconciliation adds them up, of all cycles here."""
    here = LedgerEntry.cycle_id.in_(sa.select(Cycle.id).where(Cycle.neighborhood_id == neighborhood_id))
    of = reconciliation.Period(first=period.first_on, last=period.last_on)
    return reconciliation.moved(of, here, LedgerEntry.on <= period.last_on)[0]


def costs_said(project_ids: Collection[int]) -> Mapping[int, CostSaid]:
    """What each of these projects was last said to cost, where that was ever said."""
    query = sa.select(CostForecast).where(CostForecast.project_id.in_(project_ids)).order_by(CostForecast.id)
    return {
        row.project_id: CostSaid(expected_cents=row.expected_cents, explanation=row.explanation)
        for row in db.session.scalars(query)
    }


def days_moved(project_ids: Collection[int]) -> Mapping[int, DayMoved]:
    """Why the last forecast of each of these projects moved, where one ever did."""
    query = (
        sa.select(Milestone.project_id, ForecastChange.reason, ForecastChange.explanation)
        .join(Milestone, Milestone.id == ForecastChange.milestone_id)
        .where(Milestone.project_id.in_(project_ids), Milestone.dropped_in_id.is_(None))
        .order_by(ForecastChange.id)
    )
    return {
        project_id: DayMoved(reason=reason, explanation=explanation)
        for project_id, reason, explanation in db.session.execute(query)
    }


def promises(neighborhood_id: int, on: date) -> list[Promise]:
    """The contracts of a neighborhood with something to pay after a day, by their codes."""
    promising = LedgerEntry.kind.in_((EntryKind.COMMIT, EntryKind.COMMIT_CHANGE))
    cents = sa.func.sum(sa.case((promising, LedgerEntry.amount_cents), else_=0))
    paid = sa.func.sum(sa.case((promising, 0), else_=LedgerEntry.amount_cents))
    named = (Cycle.year, Project.number, Commitment.number, Project.title, Commitment.counterparty)
    query = (
        sa.select(*named, sa.cast(cents, sa.BigInteger), sa.cast(paid, sa.BigInteger))
        .join(Commitment, Commitment.id == LedgerEntry.commitment_id)
        .join(Project, Project.id == Commitment.project_id)
        .join(Cycle, Cycle.id == Project.cycle_id)
        .where(Cycle.neighborhood_id == neighborhood_id, LedgerEntry.on <= on, LedgerEntry.kind.in_(OF_A_COMMITMENT))
        .group_by(Cycle.id, Commitment.id, *named)
        .order_by(Cycle.year, Cycle.id, Project.number, Commitment.number)
    )
    rows = [
        Promise(
            code=commitment_code(code(year, project), number),
            project=title,
            counterparty=counterparty,
            promised_cents=promised,
            paid_cents=spent,
        )
        for year, project, number, title, counterparty, promised, spent in db.session.execute(query)
    ]
    return [row for row in rows if row.left_cents]


def running_costs(proposal_ids: Collection[int]) -> Mapping[int, Running]:
    """What these proposals cost each year once they are built, where they cost anything."""
    query = sa.select(Costing).where(Costing.proposal_id.in_(proposal_ids)).order_by(Costing.id)
    newest = {row.proposal_id: row for row in db.session.scalars(query)}
    return {
        key: Running(cents=row.running_cost_cents, payer=row.running_payer)
        for key, row in newest.items()
        if row.running_cost_cents
    }


def ended(project_ids: Collection[int]) -> Mapping[int, tuple[datetime, str | None]]:
    """When each of these projects was completed or cancelled, and why if it was cancelled."""
    done = sa.select(Completion.project_id, Completion.completed_at).where(Completion.project_id.in_(project_ids))
    found: dict[int, tuple[datetime, str | None]] = {
        project_id: (at, None) for project_id, at in db.session.execute(done)
    }
    stopped = sa.select(Cancellation).where(Cancellation.project_id.in_(project_ids))
    return found | {row.project_id: (row.cancelled_at, row.reason) for row in db.session.scalars(stopped)}


def setback_titles(setback_ids: Collection[int]) -> Mapping[int, str | None]:
    """What the task forces themselves call these setbacks; None where only a rule or a report has opened one."""
    query = sa.select(Setback.id, Setback.title).where(Setback.id.in_(setback_ids))
    return {setback_id: title for setback_id, title in db.session.execute(query)}


def asked(neighborhood_id: int, period: Period) -> Asked:
    """Questions that came in and that were answered in a period."""
    here = Question.neighborhood_id == neighborhood_id
    came = sa.select(sa.func.count()).where(here, Question.asked_on.between(period.first_on, period.last_on))
    in_time = sa.func.sum(sa.case((Answer.answered_on <= Answer.due_on, 1), else_=0))
    answered = (
        sa.select(sa.func.count(), in_time)
        .join(Question, Question.id == Answer.question_id)
        .where(here, Answer.turn == 1, Answer.answered_on.between(period.first_on, period.last_on))
    )
    count, timely = db.session.execute(answered).one()
    return Asked(asked=db.session.scalar(came) or 0, answered=count, in_time=timely or 0)
