"""Reading one corrective action with the setback it is against."""

from app.core.db import db
from app.core.errors import NotFound
from app.taskforces.setbacks import queries as setbacks
from app.taskforces.setbacks.models import CorrectiveAction
from app.taskforces.setbacks.queries import ActionRow, SetbackRow


def action(action_id: int) -> tuple[ActionRow, SetbackRow]:
    """A corrective action and its setback; NotFound where there is none."""
    known = db.session.get(CorrectiveAction, action_id)
    if known is None:
        raise NotFound
    setback = setbacks.setback(known.setback_id)
    return next(row for row in setback.actions if row.id == action_id), setback
