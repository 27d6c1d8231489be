"""Keeping each public text of a proposal, and saving an edit without losing what somebody else has saved meanwhile."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.core.events import Event
from app.proposals.events import ProposalEdited, ProposalSubmitted
from app.proposals.models import Proposal
from app.proposals.names.events import WordsPutBack, WordsRemoved
from app.proposals.priorities.services import served
from app.proposals.revisions import queries
from app.proposals.revisions.models import ProposalRevision
from app.proposals.revisions.rules import is_newest
from app.proposals.rules import CostLine
from app.proposals.services import WriteProposal, edit, ensure_writer, opened


class ChangedMeanwhile(DomainError):
    """Somebody has saved another text since this one was begun."""


@dataclass(frozen=True, kw_only=True)
class SaveProposal:
    """New words, the number of the newest revision that their writer has read, and what they say has changed."""

    words: WriteProposal
    read_up_to: int
    changed: str = ""


def save(proposal_id: int, command: SaveProposal, *, by: Actor) -> Proposal:
    """Edit a proposal; refused where a newer text was saved meanwhile, unless that one says the very same."""
    with transaction():
        proposal, _cycle = opened(proposal_id, by)
        ensure_writer(proposal, by)
        if not is_newest(command.read_up_to, queries.newest(proposal_id)):
            if _says(proposal) == command.words:
                return proposal
            raise ChangedMeanwhile(
                "changed_meanwhile",
                _("The proposal was changed while you were writing. Nothing of yours is lost."),
                field="read_up_to",
            )
        return edit(proposal_id, command.words, by=by, changed=command.changed)


def keep(event: ProposalSubmitted | ProposalEdited | WordsPutBack | WordsRemoved) -> None:
    """Keep the text as it now stands for everybody, whether its author or an officer has changed it; a draft, which
    nobody else reads, has no revisions."""
    proposal = db.session.get_one(Proposal, event.proposal_id)
    if proposal.number is None:
        return
    words = _says(proposal)
    db.session.add(
        ProposalRevision(
            proposal_id=proposal.id,
            number=queries.newest(proposal.id) + 1,
            person_id=event.actor_id,
            written_at=_written_at(event, proposal),
            changed="" if isinstance(event, ProposalSubmitted) else event.changed,
            title=words.title,
            summary=words.summary,
            need=words.need,
            place=words.place,
            gains=words.gains,
            helpers=words.helpers,
            category_id=words.category_id,
            area_id=words.area_id,
            watches_people=words.watches_people,
            estimate=[[line.label, line.amount_cents] for line in words.estimate],
            priority_id=words.priority_id,
        )
    )
    db.session.flush()


def _written_at(event: Event, proposal: Proposal) -> datetime:
    if isinstance(event, ProposalSubmitted):
        return proposal.submitted_at or now()
    return (proposal.edited_at if isinstance(event, ProposalEdited) else None) or now()


def _says(proposal: Proposal) -> WriteProposal:
    return WriteProposal(
        title=proposal.title,
        summary=proposal.summary,
        need=proposal.need,
        place=proposal.place,
        category_id=proposal.category_id or 0,
        area_id=proposal.area_id,
        estimate=tuple(CostLine(label=line.label, amount_cents=line.amount_cents) for line in proposal.estimate),
        watches_people=bool(proposal.watches_people),
        gains=proposal.gains,
        helpers=proposal.helpers,
        priority_id=served(proposal.id),
    )
