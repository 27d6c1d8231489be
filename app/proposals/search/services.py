"""Keeping the words of public proposals where they can be found, in the transaction that changes them."""

from collections.abc import Collection

import sqlalchemy as sa

from app.core.db import db, transaction
from app.cycles.models import Cycle
from app.proposals.events import ProposalEdited, ProposalsImported, ProposalSubmitted, ProposalWithdrawn
from app.proposals.models import Proposal
from app.proposals.names.events import WordsPutBack, WordsRemoved
from app.proposals.rules import Stage, code
from app.proposals.search.models import ProposalWords
from app.proposals.search.rules import folded


def keep_words(
    event: ProposalSubmitted | ProposalEdited | ProposalWithdrawn | WordsPutBack | WordsRemoved,
) -> None:
    """A proposal is public, says something else now, or says nothing any more: it is found by the words it has."""
    keep_words_of([event.proposal_id])


def keep_imported_words(event: ProposalsImported) -> None:
    """The options of a vote held elsewhere are found by their words too."""
    keep_words_of(event.proposal_ids)


def keep_words_of(proposal_ids: Collection[int] | None = None) -> int:
    """Write down the words of these proposals (None: of all), but not of drafts and withdrawn ones; how many there are.

    Joins an open transaction. Publishes nothing: what can be found follows from what was told already.
    """
    with transaction():
        db.session.flush()
        mine = sa.true() if proposal_ids is None else Proposal.id.in_(proposal_ids)
        gone = sa.true() if proposal_ids is None else ProposalWords.proposal_id.in_(proposal_ids)
        db.session.execute(sa.delete(ProposalWords).where(gone).execution_options(synchronize_session=False))
        query = sa.select(Proposal, Cycle.year).join(Cycle, Cycle.id == Proposal.cycle_id)
        found = db.session.execute(query.where(mine, Proposal.number.is_not(None), Proposal.stage != Stage.WITHDRAWN))
        rows = [_row(proposal, year) for proposal, year in found]
        if rows:
            db.session.execute(sa.insert(ProposalWords), rows)
    return len(rows)


def _row(proposal: Proposal, year: int) -> dict[str, object]:
    said = [code(year, proposal.number or 0), proposal.summary, proposal.need, proposal.place]
    return {
        "proposal_id": proposal.id,
        "title": folded(proposal.title),
        "text": folded(*said),
    }
