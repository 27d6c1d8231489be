"""The one verb of internal notes."""

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import NoStanding, ensure, ensure_standing
from app.core.events import publish
from app.proposals.review.assigning import queries as assigning
from app.proposals.review.assigning import words
from app.proposals.review.assigning.rules import why_kept_away
from app.proposals.review.notes.events import InternalNoteWritten
from app.proposals.review.notes.models import InternalNote
from app.proposals.review.policies import is_officer
from app.proposals.services import opened


def write(proposal_id: int, text: str, *, by: Actor) -> InternalNote:
    """Leave a note for the other officers, whatever the stage; nobody does about what they keep away from."""
    with transaction():
        proposal, cycle = opened(proposal_id, by)
        ensure_standing(is_officer(by, cycle.neighborhood_id), _("Only officers of this neighborhood write notes."))
        reason = why_kept_away(assigning.bars(proposal.id, proposal.author_id), by.id)
        if reason is not None:
            raise NoStanding(reason.value, str(words.BARRED[reason]))
        said = text.strip()
        ensure(bool(said), "no_words", _("This is needed. Please fill it in."), field="text")
        note = InternalNote(proposal_id=proposal.id, officer_id=by.id, text=said, written_at=now())
        db.session.add(note)
        db.session.flush()
        publish(InternalNoteWritten(actor_id=by.id, proposal_id=proposal.id, note_id=note.id))
    return note
