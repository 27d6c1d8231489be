"""A form sent twice acts once: the key printed on the form is used up with the change it makes."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.db import Model, db, transaction


class FormUse(Model):
    """A form that has been used, and the id of what it made."""

    __tablename__ = "form_use"
    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    made_id: Mapped[int]
    used_at: Mapped[datetime]


def once(key: str, act: Callable[[], int]) -> int:
    """The id that `act` made the first time this form came in, whether that is now or was before."""
    try:
        with transaction():
            return _use(key, act)
    except IntegrityError:
        used = db.session.get(FormUse, key)
        if used is None:
            raise
        return used.made_id


def _use(key: str, act: Callable[[], int]) -> int:
    used = db.session.get(FormUse, key)
    if used is not None:
        return used.made_id
    made = act()
    db.session.add(FormUse(key=key, made_id=made, used_at=now()))
    db.session.flush()
    return made
