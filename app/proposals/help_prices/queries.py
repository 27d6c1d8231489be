"""Reading the help prices of a neighborhood."""

from dataclasses import dataclass

import sqlalchemy as sa

from app.core.db import db
from app.core.errors import NotFound
from app.proposals.help_prices.models import HelpPrice

MOST = 200
"""Prices a neighborhood may have: a longer list would help nobody."""


@dataclass(frozen=True, kw_only=True)
class PriceFacts:
    """What a thing usually costs."""

    id: int
    label: str
    amount_cents: int
    note: str


def of_neighborhood(neighborhood_id: int) -> list[PriceFacts]:
    """Its help prices by name."""
    query = sa.select(HelpPrice.id, HelpPrice.label, HelpPrice.amount_cents, HelpPrice.note)
    query = query.where(HelpPrice.neighborhood_id == neighborhood_id).order_by(HelpPrice.label, HelpPrice.id)
    return [
        PriceFacts(id=id_, label=label, amount_cents=cents, note=note)
        for id_, label, cents, note in db.session.execute(query)
    ]


def price(neighborhood_id: int, price_id: int) -> PriceFacts:
    """One of its prices; NotFound for another neighborhood's."""
    found = [each for each in of_neighborhood(neighborhood_id) if each.id == price_id]
    if not found:
        raise NotFound
    return found[0]
