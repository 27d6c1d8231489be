"""Keeping the code of a draft, so that a paper in somebody's hands is known after its report was signed."""

from app.core.db import db
from app.reports.checking.models import DraftHash
from app.reports.events import EditionRequested
from app.reports.models import Edition
from app.reports.rules import EditionStage


def keep_code(event: EditionRequested) -> None:
    """Keep the data hash of what is shown as a draft first; in the transaction in which its figures are frozen."""
    if db.session.get_one(Edition, event.edition_id).stage is not EditionStage.RENDERING:
        db.session.add(DraftHash(edition_id=event.edition_id, data_hash=event.data_hash))
