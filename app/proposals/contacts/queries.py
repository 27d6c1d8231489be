"""Reading a private contact, for those who may."""

from app.core.access import Actor
from app.core.db import db
from app.proposals.contacts import policies
from app.proposals.contacts.models import ProposalContact
from app.proposals.queries import ProposalDetail


def of_proposal(proposal: ProposalDetail, viewer: Actor | None) -> str | None:
    """How its author is reached, empty where they do not say; None for a viewer who is not told."""
    facts = {"author_id": proposal.author_id, "neighborhood_id": proposal.neighborhood_id}
    if not policies.may_read(viewer, **facts):
        return None
    row = db.session.get(ProposalContact, proposal.id)
    return "" if row is None else row.words
