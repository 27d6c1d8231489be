"""Whether a project's completion report is public."""

import sqlalchemy as sa

from app.core.db import db
from app.reports.models import Edition
from app.reports.rules import EditionStage, ReportKind


def has_completion_report(project_id: int) -> bool:
    """Whether an edition of the project's completion report stands; one that was withdrawn does not."""
    published = sa.exists().where(
        Edition.kind == ReportKind.COMPLETION,
        Edition.project_id == project_id,
        Edition.stage == EditionStage.PUBLISHED,
    )
    return bool(db.session.scalar(sa.select(published)))
