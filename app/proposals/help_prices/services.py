"""Keeping the list of help prices."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.places import policies
from app.places.models import Neighborhood
from app.proposals.help_prices.events import HelpPriceRemoved, HelpPriceSet
from app.proposals.help_prices.models import HelpPrice
from app.proposals.help_prices.queries import MOST


@dataclass(frozen=True, kw_only=True)
class SetPrice:
    """A thing and what it usually costs."""

    label: str
    amount_cents: int
    note: str


def add(neighborhood_id: int, command: SetPrice, *, by: Actor) -> int:
    """Put a price on the list; its id."""
    with transaction():
        _lock_list(neighborhood_id, by)
        query = sa.select(sa.func.count()).where(HelpPrice.neighborhood_id == neighborhood_id)
        room = (db.session.scalar(query) or 0) < MOST
        ensure(room, "list_full", _("The list is full. Remove a price that nobody needs first."), field="label")
        row = HelpPrice(neighborhood_id=neighborhood_id)
        return _set(row, command, by)


def change(neighborhood_id: int, price_id: int, command: SetPrice, *, by: Actor) -> int:
    """Write down anew what a thing usually costs; estimates that took the old price stay as they are."""
    with transaction():
        _lock_list(neighborhood_id, by)
        return _set(_found(neighborhood_id, price_id), command, by)


def remove(neighborhood_id: int, price_id: int, *, by: Actor) -> None:
    """Take a price off the list."""
    with transaction():
        _lock_list(neighborhood_id, by)
        row = _found(neighborhood_id, price_id)
        db.session.delete(row)
        db.session.flush()
        event = HelpPriceRemoved(actor_id=by.id, neighborhood_id=neighborhood_id, price_id=price_id, label=row.label)
        publish(event)


def _set(row: HelpPrice, command: SetPrice, by: Actor) -> int:
    same = sa.select(HelpPrice.id).where(HelpPrice.neighborhood_id == row.neighborhood_id)
    taken = db.session.scalar(same.where(HelpPrice.label == command.label))
    ensure(taken in (None, row.id), "label_taken", _("There is a price for this already."), field="label")
    row.label, row.amount_cents, row.note = command.label, command.amount_cents, command.note
    db.session.add(row)
    db.session.flush()
    publish(
        HelpPriceSet(
            actor_id=by.id,
            neighborhood_id=row.neighborhood_id,
            price_id=row.id,
            label=row.label,
            amount_cents=row.amount_cents,
        )
    )
    return row.id


def _found(neighborhood_id: int, price_id: int) -> HelpPrice:
    row = locked(HelpPrice, price_id)
    if row is None or row.neighborhood_id != neighborhood_id:
        raise NotFound
    return row


def _lock_list(neighborhood_id: int, by: Actor) -> None:
    if locked(Neighborhood, neighborhood_id) is None:
        raise NotFound
    ensure_standing(policies.may_edit(by, neighborhood_id), _("Only clerks of this neighborhood can change this."))
