"""The verbs of indicators: define one, define it anew, and enter what it was in a period."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.core.once import once
from app.places.models import Neighborhood
from app.taskforces.indicators import policies, queries, words
from app.taskforces.indicators.events import IndicatorDefined, ReadingEntered
from app.taskforces.indicators.models import Indicator, IndicatorCard, Reading
from app.taskforces.indicators.rules import UNITS, Direction, Frequency, Measure, Measured, Period, Unit, why_not


@dataclass(frozen=True, kw_only=True)
class Define:
    """A definition card as it was agreed; `change` says what is new in it and why."""

    title: str
    why: str
    formula: str
    weakness: str
    unit: Unit
    decimals: int
    direction: Direction
    source: str
    frequency: Frequency
    target_hundredths: int | None
    owner: str
    least_n: int
    measure: Measure | None
    service_codes: str | None
    agreed_at: str
    agreed_on: date
    change: str | None = None


@dataclass(frozen=True, kw_only=True)
class Enter:
    """What an indicator was in a period; a note says where it comes from or, of a correction, why it is one."""

    period: Period
    measured: Measured
    file_hash: str | None = None
    note: str = ""
    newest: int | None = None
    """The newest version of the definition that whoever enters it has read; None where that is ensured elsewhere."""


def define(neighborhood_id: int, command: Define, *, key: str, by: Actor) -> int:
    """Write down a new indicator with its first card; returns its id."""
    return once(key, lambda: _defined(neighborhood_id, command, by))


def redefine(indicator_id: int, command: Define, *, key: str, by: Actor) -> int:
    """Write a new version of a definition; returns its number. What was entered before stays with the old one."""
    return once(key, lambda: _redefined(indicator_id, command, by))


def enter(indicator_id: int, command: Enter, *, key: str, by: Actor) -> int:
    """Enter a value, or correct the one that stands for the period: that one stays where it is. Returns its id."""
    return once(key, lambda: _entered(indicator_id, command, by))


def keep(row: Indicator, command: Enter, by: Actor) -> Reading:
    """Add what was measured to an indicator that the caller holds; its correction stays with the version it corrects.

    Refused where `rules.why_not` says so; the caller publishes what has happened.
    """
    standing = queries.standing_in([row.id], command.period).get(row.id)
    newest = _newest(row.id).version
    version, number, before = standing or (newest, 0, None)
    is_read = standing is not None or command.newest in (None, newest)
    changed = _("The definition has changed since you opened this page. Open it again and read the definition first.")
    ensure(is_read, "redefined", changed, field="value")
    card = db.session.get_one(IndicatorCard, (row.id, version))
    on = today(row.neighborhood.time_zone)
    fault = why_not(
        command.period,
        command.measured,
        before,
        frequency=card.frequency,
        unit=card.unit,
        decimals=card.decimals,
        note=command.note,
        today=on,
    )
    if fault is not None:
        raise DomainError(fault.value, str(words.FAULTS[fault]), field=words.FIELDS[fault])
    found = Reading(
        indicator_id=row.id,
        version=version,
        first_on=command.period.first_on,
        last_on=command.period.last_on,
        number=number + 1,
        **vars(command.measured),
        file_hash=command.file_hash,
        note=command.note or None,
        by_id=by.id,
        entered_at=now(),
    )
    db.session.add(found)
    db.session.flush()
    return found


def _defined(neighborhood_id: int, command: Define, by: Actor) -> int:
    if locked(Neighborhood, neighborhood_id) is None:
        raise NotFound
    ensure_clerk(by, neighborhood_id)
    query = sa.select(sa.func.max(Indicator.number)).where(Indicator.neighborhood_id == neighborhood_id)
    number = (db.session.scalar(query) or 0) + 1
    row = Indicator(neighborhood_id=neighborhood_id, number=number, created_at=now())
    db.session.add(row)
    db.session.flush()
    _written(row, command, 1, by)
    return row.id


def _redefined(indicator_id: int, command: Define, by: Actor) -> int:
    row = _held(indicator_id, by)
    ensure(bool(command.change), "no_change", _("Say what is new in it, and why."), field="change")
    return _written(row, command, _newest(row.id).version + 1, by).version


def _written(row: Indicator, command: Define, version: int, by: Actor) -> IndicatorCard:
    fits = command.measure is None or UNITS[command.measure] is command.unit
    ensure(fits, "other_unit", _("What is taken from files has a unit of its own; choose that one."), field="unit")
    is_past = command.agreed_on <= today(row.neighborhood.time_zone)
    ensure(is_past, "in_the_future", _("This day has not come yet."), field="agreed_on")
    kinds = command.service_codes if command.measure else None
    card = IndicatorCard(
        indicator_id=row.id,
        version=version,
        **{**vars(command), "service_codes": kinds or None, "change": command.change if version > 1 else None},
        by_id=by.id,
        made_at=now(),
    )
    db.session.add(card)
    publish(
        IndicatorDefined(
            actor_id=by.id,
            neighborhood_id=row.neighborhood_id,
            indicator_id=row.id,
            version=version,
            title=command.title,
            formula=command.formula,
        )
    )
    return card


def _entered(indicator_id: int, command: Enter, by: Actor) -> int:
    row = _held(indicator_id, by)
    found = keep(row, command, by)
    publish(
        ReadingEntered(
            actor_id=by.id,
            neighborhood_id=row.neighborhood_id,
            indicator_id=row.id,
            version=found.version,
            first_on=found.first_on,
            last_on=found.last_on,
            number=found.number,
            is_provisional=found.is_provisional,
            file_hash=found.file_hash,
            note=found.note,
        )
    )
    return found.id


def _held(indicator_id: int, by: Actor) -> Indicator:
    row = locked(Indicator, indicator_id)
    if row is None:
        raise NotFound
    ensure_clerk(by, row.neighborhood_id)
    return row


def _newest(indicator_id: int) -> IndicatorCard:
    query = sa.select(IndicatorCard).where(IndicatorCard.indicator_id == indicator_id)
    return db.session.scalars(query.order_by(IndicatorCard.version.desc()).limit(1)).one()


def ensure_clerk(by: Actor, neighborhood_id: int) -> None:
    """Nobody else keeps the indicators of a neighborhood; NoStanding for them."""
    ensure_standing(policies.may_keep(by, neighborhood_id), _("Only a clerk here keeps the indicators."))
