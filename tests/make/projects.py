"""Projects and their money."""

import secrets
from datetime import timedelta
from typing import Any

from app.core.access import Actor, Role
from app.core.clock import now
from app.core.db import db, transaction
from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import Stage as ProposalStage
from app.taskforces.models import TaskForce
from app.taskforces.projects.models import Milestone, Project
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.signing.rules import MatterKind, Signed
from app.taskforces.spending.commitments.services import change, commit
from app.taskforces.spending.documents.services import Made
from app.taskforces.spending.expenses.services import Pay, pay
from app.taskforces.spending.models import Commitment, SpendingDocument
from app.taskforces.spending.services import allocate, held_projects
from tests.make.cycles import cycle, proposal
from tests.make.people import actor
from tests.make.rows import kept, numbers
from tests.make.taskforces import task_force


def project(*, body: TaskForce | None = None, **more: Any) -> Project:
    """A project in delivery with one milestone 30 days ahead."""
    force = body or task_force()
    within = cycle(stage=CycleStage.DELIVERING, where=force.neighborhood)
    promised = proposal(stage=ProposalStage.FUNDED, within=within)
    facts: dict[str, Any] = {
        "cycle": within,
        "number": next(numbers),
        "proposal": promised,
        "task_force": force,
        "title": promised.title,
        "scope": promised.summary,
        "lead": "City streets department",
        "manager": "Projects desk",
        "allocated_cents": 20_000_00,
        "stage": ProjectStage.DELIVERY,
        "opened_at": now(),
    }
    row = Project(**facts | more)
    due = now().date() + timedelta(days=30)
    row.milestones = [
        Milestone(position=1, title="Lamps lit", done_means="All six work at dusk", baseline_on=due, forecast_on=due)
    ]
    kept(row)
    if row.allocated_cents:
        allocate(row, purpose="Funded by the vote", by_id=None)
    return row


def paper(title: str = "Contract", *, is_public: bool = True) -> Made:
    """A document as it is kept; its file is not there."""
    return Made(digest="d" * 64, pages=1, title=title, is_public=is_public)


def commitment(of: Project, cents: int = 10_000_00, counterparty: str = "Lux Ltd") -> Commitment:
    """A commitment of a project as if both sides had signed it, with its rows held in the order of decision 37."""
    with transaction():
        held_projects([of.id])
        kept = SpendingDocument(
            project_id=of.id, title="Contract", digest="c" * 64, pages=1, is_public=True, added_at=now()
        )
        db.session.add(kept)
        db.session.flush()
        told = {"counterparty": counterparty, "amount_cents": cents, "purpose": "Six lamp posts"}
        signed: Any = {"agreement_id": None, "kind": MatterKind.COMMITMENT, "task_force_id": of.task_force_id}
        signed |= {"payload_hash": "", "last_signer_id": None, "project_id": of.id}
        made = commit(Signed(payload=told | {"document_id": kept.id}, **signed))
    return db.session.get_one(Commitment, made)


def promise_changed(of: Commitment, cents: int, reason: str = "Longer poles") -> None:
    """The amount of a commitment changed as if both sides had signed it."""
    told = {"commitment_id": of.id, "amount_cents": cents, "reason": reason, "ends": False}
    signed: Any = {"agreement_id": None, "kind": MatterKind.COMMITMENT_CHANGE, "payload_hash": "", "payload": told}
    with transaction():
        held_projects([of.project_id])
        row = db.session.get_one(Project, of.project_id)
        change(Signed(task_force_id=row.task_force_id, last_signer_id=None, project_id=row.id, **signed))


def paid(on: Commitment, cents: int = 1_000_00, *, by: Actor | None = None, **more: Any) -> int:
    """An expense on a commitment, small enough for a clerk alone; returns the id of its entry."""
    facts: dict[str, Any] = {"on": now().date(), "purpose": "First lamp posts", "reference": None, "paper": paper()}
    clerk = by or actor(Role.CLERK)
    found = pay(on.id, Pay(amount_cents=cents, **facts | more), key=secrets.token_hex(8), by=clerk)
    assert found.entry_id is not None
    return found.entry_id
