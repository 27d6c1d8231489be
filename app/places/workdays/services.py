"""One verb: write down the holidays of a neighborhood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure_standing
from app.core.events import publish
from app.places import policies
from app.places.models import Neighborhood
from app.places.workdays.events import HolidaysSet
from app.places.workdays.models import Holiday


@dataclass(frozen=True, kw_only=True)
class SetHolidays:
    """Each holiday with its name; what is not named is none."""

    names: Mapping[date, str]


def set_holidays(neighborhood_id: int, command: SetHolidays, *, by: Actor) -> None:
    """Write the holidays down anew; time limits that run already keep the day they were given."""
    ensure_standing(policies.may_edit(by, neighborhood_id), _("Only a clerk here keeps the calendar."))
    with transaction():
        if locked(Neighborhood, neighborhood_id) is None:
            raise NotFound
        db.session.execute(sa.delete(Holiday).where(Holiday.neighborhood_id == neighborhood_id))
        db.session.add_all(
            Holiday(neighborhood_id=neighborhood_id, on=day, name=name) for day, name in command.names.items()
        )
        publish(HolidaysSet(actor_id=by.id, neighborhood_id=neighborhood_id, days=tuple(sorted(command.names))))
