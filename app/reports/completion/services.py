"""What the publication of a completion report sets off: the project is completed."""

import json

from app.core.db import db
from app.reports.events import EditionPublished
from app.reports.models import Edition
from app.reports.rules import ReportKind
from app.taskforces.projects.closing import services as closing


def complete(event: EditionPublished) -> None:
    """Complete the project of a report that was made from what both sides have signed, in the same transaction."""
    if event.kind is not ReportKind.COMPLETION:
        return
    edition = db.session.get_one(Edition, event.edition_id)
    agreement_id = json.loads(edition.snapshot)["figures"].get("completion", {}).get("agreement_id")
    if agreement_id is not None and edition.project_id is not None:
        closing.complete(edition.project_id, agreement_id)
