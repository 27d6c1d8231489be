"""Saving a draft part by part, without losing what another window or another writer has saved meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, ensure
from app.core.events import publish
from app.cycles.rules import PhaseKind
from app.cycles.services import ensure_phase
from app.proposals import services as proposals
from app.proposals.events import ProposalDrafted
from app.proposals.models import Proposal
from app.proposals.priorities.services import serve
from app.proposals.rules import Stage
from app.proposals.writing import queries
from app.proposals.writing.events import DraftKept
from app.proposals.writing.rules import Standing, Written, standing


class ChangedMeanwhile(DomainError):
    """Parts were saved from elsewhere since they were read, and typed differently here; nothing of either is lost."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        message = _("This was changed in another window while you were writing. Nothing of yours is lost.")
        super().__init__("changed_meanwhile", message, field="read")
        self.parts = parts


@dataclass(frozen=True, kw_only=True)
class KeepParts:
    """What was typed, by the name of each part, and the marks of what its writer had read."""

    parts: Mapping[str, Any]
    read: Mapping[str, str]


def begin(cycle_id: int, command: KeepParts, *, by: Actor) -> int:
    """The id of a new draft that holds these parts and nothing else yet."""
    with transaction():
        cycle = proposals.collecting(cycle_id)
        empty = {"title": "", "summary": "", "need": "", "place": "", "gains": "", "helpers": ""}
        row = Proposal(cycle_id=cycle.id, author_id=by.id, stage=Stage.DRAFT, created_at=now(), **empty)
        db.session.add(row)
        db.session.flush()
        _put(row, command.parts, cycle.neighborhood_id)
        publish(ProposalDrafted(actor_id=by.id, proposal_id=row.id, cycle_id=cycle.id))
        return row.id


def keep(proposal_id: int, command: KeepParts, *, by: Actor) -> tuple[str, ...]:
    """Save what was typed; which parts are new by it.

    A part that was changed elsewhere and not here stays as it was changed there. Where both were changed, nothing is
    saved and ChangedMeanwhile names the parts, so that their writer reads both and decides.
    """
    with transaction():
        row, cycle = proposals.opened(proposal_id, by)
        proposals.ensure_writer(row, by)
        ensure(row.stage is Stage.DRAFT, "not_a_draft", _("This proposal is no draft any more."))
        ensure_phase(cycle, PhaseKind.COLLECTING)
        changed = _settled(queries.written_of(row), command)
        if changed:
            _put(row, changed, cycle.neighborhood_id)
            publish(DraftKept(actor_id=by.id, proposal_id=row.id, cycle_id=cycle.id, parts=tuple(changed)))
        return tuple(changed)


def send(proposal_id: int, *, by: Actor) -> Proposal:
    """Submit a draft that lacks nothing; sending it a second time changes nothing."""
    with transaction():
        row, _cycle = proposals.opened(proposal_id, by)
        proposals.ensure_writer(row, by)
        if row.stage is Stage.DRAFT:
            lacks = queries.draft(proposal_id, by).lacks - {"estimate"}
            whole = not lacks and bool(row.estimate)
            ensure(whole, "unfinished", _("Something is still missing. Please finish each step before you send it."))
        return proposals.send(proposal_id, by=by)


def _settled(saved: Written, command: KeepParts) -> dict[str, Any]:
    """The parts to be written; raises ChangedMeanwhile where a part has two new texts."""
    found = {
        part: standing(read=command.read.get(part, ""), saved=getattr(saved, part), typed=typed)
        for part, typed in command.parts.items()
    }
    both = tuple(part for part, how in found.items() if how is Standing.BOTH_CHANGED)
    if both:
        raise ChangedMeanwhile(both)
    return {part: command.parts[part] for part, how in found.items() if how is Standing.MINE}


def _put(row: Proposal, parts: Mapping[str, Any], neighborhood_id: int) -> None:
    proposals.ensure_of_neighborhood(parts.get("category_id"), parts.get("area_id"), neighborhood_id)
    for part, value in parts.items():
        if part == "estimate":
            proposals.write_estimate(row, value)
        elif part == "priority_id":
            serve(row, value)
        else:
            setattr(row, part, value)
    row.edited_at = now()
    db.session.flush()
