"""What opens a setback by itself besides the days (domain, setbacks: auto-created at).

Each listener joins the transaction of the act that it hears of; hearing the same news twice opens one setback.
"""

from app.taskforces.projects.claims.events import MilestoneReturned
from app.taskforces.projects.pausing.events import ProjectPaused
from app.taskforces.setbacks.rules import Source
from app.taskforces.setbacks.services import open_by_rule
from app.taskforces.spending.events import CommitmentOverAllocation, CostForecastSaid

MONEY, CHECKS, PAUSES = 16, 20, 26
"""The domain rules that stand beside each: forecasts over money, verification by the other side, what is shown."""


def open_for_overrun(event: CommitmentOverAllocation) -> None:
    """Somebody tried to promise more than the project has (rule 16)."""
    facts = {"amount_cents": event.amount_cents, "over_cents": event.over_cents}
    open_by_rule(event.project_id, Source.OVERRUN, MONEY, facts)


def open_for_forecast(event: CostForecastSaid) -> None:
    """The project is expected to cost more than it has: a setback stands before anything more is promised (rule 16)."""
    if event.over_cents > 0:
        facts = {"expected_cents": event.expected_cents, "over_cents": event.over_cents}
        open_by_rule(event.project_id, Source.OVERRUN, MONEY, facts)


def open_for_failed_check(event: MilestoneReturned) -> None:
    """The other side has looked, and does not agree that a milestone is done (rule 20)."""
    facts = {"milestone_id": event.milestone_id, "claim_id": event.claim_id}
    open_by_rule(event.project_id, Source.FAILED_CHECK, CHECKS, facts)


def open_for_pause(event: ProjectPaused) -> None:
    """A project rests: its setback says since when, until when, and stays open until something was done about it."""
    facts = {"pause_id": event.pause_id, "restart_on": event.restart_on.isoformat()}
    open_by_rule(event.project_id, Source.PAUSE, PAUSES, facts)
