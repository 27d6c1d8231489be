"""Two verbs: write a year's foreword for one side, and agree to it for the other."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NoStanding, NotFound
from app.core.events import publish
from app.places.models import Neighborhood
from app.reports.annual.forewords import policies, queries, words
from app.reports.annual.forewords.events import ForewordAgreed, ForewordWritten
from app.reports.annual.forewords.models import Foreword, ForewordAgreement
from app.reports.annual.forewords.rules import WhyNot, why_not_agree, why_not_write
from app.taskforces.seats.rules import Side


@dataclass(frozen=True, kw_only=True)
class WriteForeword:
    """The words for a year."""

    year: int
    text: str


def write(neighborhood_id: int, command: WriteForeword, *, by: Actor) -> int:
    """Write the foreword of a year for one's own side; returns its id. It is printed once the other side agrees."""
    with transaction():
        place, side = _held(neighborhood_id, by)
        _refuse(why_not_write(command.text, command.year, today(place.time_zone)), field="text")
        row = Foreword(neighborhood_id=place.id, year=command.year, text=command.text, written_at=now())
        db.session.add(row)
        db.session.flush()
        db.session.add(ForewordAgreement(foreword_id=row.id, side=side, person_id=by.id, agreed_at=now()))
        db.session.flush()
        publish(
            ForewordWritten(
                actor_id=by.id, foreword_id=row.id, neighborhood_id=place.id, year=row.year, side=side, text=row.text
            )
        )
    return row.id


def agree(foreword_id: int, *, by: Actor) -> None:
    """Agree to a foreword for the side that has not yet; only to the newest words, so that nobody agrees unread."""
    with transaction():
        row = db.session.get(Foreword, foreword_id)
        if row is None:
            raise NotFound
        _place, side = _held(row.neighborhood_id, by)
        newest = queries.of_year(row.neighborhood_id, row.year).newest
        assert newest is not None  # this one is there
        _refuse(why_not_agree(side, newest.agreed, is_newest=newest.id == row.id))
        db.session.add(ForewordAgreement(foreword_id=row.id, side=side, person_id=by.id, agreed_at=now()))
        db.session.flush()
        publish(
            ForewordAgreed(
                actor_id=by.id, foreword_id=row.id, neighborhood_id=row.neighborhood_id, year=row.year, side=side
            )
        )


def _held(neighborhood_id: int, by: Actor) -> tuple[Neighborhood, Side]:
    """The neighborhood, locked so that two who write or agree at once do so one after the other; and their side."""
    place = locked(Neighborhood, neighborhood_id)
    if place is None:
        raise NotFound
    side = policies.side_of(by, queries.chairs(place.id, today(place.time_zone)))
    if side is None:
        raise NoStanding("no_standing", _("Only co-chairs of this neighborhood’s task forces write its foreword."))
    return place, side


def _refuse(reason: WhyNot | None, *, field: str | None = None) -> None:
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_NOT[reason]), field=field)
