"""Reading a draft: what stands in it, what it lacks, and where its writer goes on."""

from dataclasses import dataclass
from datetime import datetime

from app.core.access import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.cycles import queries as cycles
from app.cycles.queries import CycleFacts
from app.proposals import policies
from app.proposals.coauthors import queries as coauthors
from app.proposals.limits.rules import WhyNotThisMuch, why_not_this_much
from app.proposals.models import Proposal
from app.proposals.priorities.services import served
from app.proposals.rules import CostLine, Stage, total_cents
from app.proposals.writing.rules import PARTS, Step, Written, first_unfinished, lacking, mark_of


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A proposal while it is written."""

    id: int
    cycle: CycleFacts
    stage: Stage
    saved_at: datetime
    written: Written
    why_not_this_much: WhyNotThisMuch | None

    @property
    def lacks(self) -> frozenset[str]:
        """The parts that are missing or too short to be sent."""
        return lacking(self.written, cost_stands=self.why_not_this_much is None)

    @property
    def unfinished(self) -> Step | None:
        """The first step with something missing; None where all may be checked and sent."""
        return first_unfinished(self.lacks)

    def marks(self, step: Step) -> dict[str, str]:
        """The mark of each part of a step, as it is saved."""
        return {part: mark_of(getattr(self.written, part)) for part in PARTS[step]}


def draft(proposal_id: int, viewer: Actor) -> Draft:
    """A proposal as its writer sees it, a draft or sent since; NotFound for an unknown one and somebody else's."""
    row = db.session.get(Proposal, proposal_id)
    writers = coauthors.ids_of(proposal_id)
    if row is None or not policies.may_write(viewer, author_id=row.author_id, co_authors=writers):
        raise NotFound
    cycle, written = cycles.facts(row.cycle_id), written_of(row)
    return Draft(
        id=row.id,
        cycle=cycle,
        stage=row.stage,
        saved_at=row.edited_at or row.created_at,
        written=written,
        why_not_this_much=why_not_this_much(
            total_cents(written.estimate),
            least_cents=cycle.least_cost_cents,
            most_cents=cycle.most_cost_cents,
            spendable_cents=cycle.spendable_cents,
        ),
    )


def written_of(row: Proposal) -> Written:
    """What stands in a proposal."""
    lines = tuple(CostLine(label=line.label, amount_cents=line.amount_cents) for line in row.estimate)
    named = {part: getattr(row, part) for parts in PARTS.values() for part in parts if hasattr(row, part)}
    return Written(**named | {"estimate": lines, "priority_id": served(row.id)})
