"""Taking in the projects of a vote that was held elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import ensure, ensure_standing
from app.core.events import publish
from app.cycles.rules import Stage as CycleStage
from app.proposals import policies
from app.proposals.events import ProposalsImported
from app.proposals.models import Proposal
from app.proposals.rules import Stage
from app.proposals.services import locked_cycle, next_number


@dataclass(frozen=True, kw_only=True)
class ImportProposal:
    """A project as a file of a vote tells it: its words, its category here, and its whole cost in cents."""

    title: str
    summary: str
    need: str
    place: str
    category_id: int
    cost_cents: int


def import_proposals(cycle_id: int, commands: Sequence[ImportProposal], *, by: Actor) -> list[Proposal]:
    """The projects of an imported vote as options of its ballot, numbered in their order; joins an open transaction.

    Nobody proposed or reviewed them here: the clerk who imports them stands as the author a row must have.
    """
    with transaction():
        cycle = locked_cycle(cycle_id)
        ensure_standing(
            policies.may_fix_ballot(by, cycle.neighborhood_id), _("Only a clerk of this neighborhood fixes its ballot.")
        )
        ensure(cycle.stage is CycleStage.COUNTING, "not_counting", _("Only a cycle at its count takes in a vote."))
        rows = [
            Proposal(
                **{f.name: getattr(command, f.name) for f in fields(command)},
                cycle_id=cycle_id,
                number=number,
                author_id=by.id,
                stage=Stage.ON_BALLOT,
                watches_people=False,
                created_at=now(),
                submitted_at=now(),
            )
            for number, command in enumerate(commands, start=next_number(cycle_id))
        ]
        db.session.add_all(rows)
        db.session.flush()
        publish(ProposalsImported(actor_id=by.id, cycle_id=cycle_id, proposal_ids=tuple(row.id for row in rows)))
    return rows
