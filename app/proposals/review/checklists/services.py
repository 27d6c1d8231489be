"""The one verb of checklists: put other questions."""

from collections.abc import Sequence

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor, Role
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure_standing
from app.core.events import publish
from app.places.models import Category
from app.proposals.review.checklists import words
from app.proposals.review.checklists.events import ChecklistChanged
from app.proposals.review.checklists.models import ChecklistItem
from app.proposals.review.checklists.rules import why_not_kept


def put(category_id: int, questions: Sequence[str], *, by: Actor) -> int:
    """Ask these questions about proposals of a category from now on; answers given before keep theirs. How many."""
    with transaction():
        category = locked(Category, category_id)
        if category is None:
            raise NotFound
        allowed = by.holds(Role.CLERK, category.neighborhood_id)
        ensure_standing(allowed, _("Only a clerk of this neighborhood puts the questions."))
        reason = why_not_kept(questions)
        if reason is not None:
            raise DomainError(reason.value, str(words.WHY_NOT[reason]), field="questions")
        db.session.execute(sa.delete(ChecklistItem).where(ChecklistItem.category_id == category_id))
        db.session.add_all(
            ChecklistItem(category_id=category_id, position=position, question=question)
            for position, question in enumerate(questions, start=1)
        )
        publish(ChecklistChanged(actor_id=by.id, category_id=category_id, questions=tuple(questions)))
    return len(questions)
