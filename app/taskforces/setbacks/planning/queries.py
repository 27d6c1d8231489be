"""Reading what both sides were asked to sign about a setback."""

from app.taskforces.setbacks.queries import SetbackRow
from app.taskforces.signing import queries as signing
from app.taskforces.signing.queries import AgreementRow
from app.taskforces.signing.rules import MatterKind

KINDS = (MatterKind.SETBACK_PLAN, MatterKind.SETBACK_ACCEPTED)


def agreements(setback: SetbackRow) -> list[AgreementRow]:
    """Every plan and acceptance that was put before both sides about a setback, newest first."""
    if setback.project_id is not None:
        found = signing.of_project(setback.project_id)
    else:
        found = signing.of_task_force(setback.task_force_id) if setback.task_force_id is not None else []
    return [row for row in found if row.kind in KINDS and row.payload["setback_id"] == setback.id]
