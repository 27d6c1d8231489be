"""The verbs of a file of reports: look at what it says, and take its figures. The file itself is kept nowhere."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked
from app.core.errors import DomainError, NotFound, ensure
from app.core.events import publish
from app.core.once import once
from app.core.tokens import read_signed, sign
from app.places.models import Neighborhood
from app.taskforces.indicators.models import Indicator
from app.taskforces.indicators.requests import queries, words
from app.taskforces.indicators.requests.events import RequestsTaken
from app.taskforces.indicators.requests.models import RequestsFile
from app.taskforces.indicators.requests.rules import (
    BadFile,
    Counted,
    Request,
    Wrong,
    codes_of,
    counted,
    kinds,
    measured,
    requests_of,
)
from app.taskforces.indicators.rules import Fault, Measured, Period
from app.taskforces.indicators.services import Enter, ensure_clerk, keep
from app.taskforces.indicators.words import FAULTS

PURPOSE = "figures of a file of reports"
KEPT_SECONDS = 3600
"""How long a clerk may look at figures before the file has to be sent again."""


class WrongRows(DomainError):
    """Some reports cannot be read, so nothing of the file is taken: `rows` are all of them, `good` how many others."""

    def __init__(self, rows: Sequence[Wrong], good: int) -> None:
        message = _("Some reports cannot be read, so nothing was taken. Correct them in the file and send it again.")
        super().__init__("wrong_rows", message)
        self.rows, self.good = rows, good


@dataclass(frozen=True, kw_only=True)
class Look:
    """A file as it was sent, and the period to count in it."""

    period: Period
    content: bytes
    is_provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What an indicator was by a file, and by which version of its definition."""

    indicator_id: int
    version: int
    measured: Measured


@dataclass(frozen=True, kw_only=True)
class Found:
    """Everything that will be kept of a file: its hash, counts, and one figure for each indicator that takes one."""

    neighborhood_id: int
    period: Period
    file_hash: str
    counted: Counted
    kinds: Sequence[tuple[str, int]]
    figures: Sequence[Figure]


def look(neighborhood_id: int, command: Look, *, by: Actor) -> Found:
    """What a file says of a period; nothing is kept yet.

    All reports or none: raises WrongRows with the reasons for each that cannot be read.
    """
    place = db.session.get(Neighborhood, neighborhood_id)
    if place is None:
        raise NotFound
    ensure_clerk(by, neighborhood_id)
    takers = queries.takers(neighborhood_id, command.period)
    none = _("No indicator here takes figures of periods of this length from files. Define one first.")
    ensure(bool(takers), "no_taker", none, field="period")
    on = today(place.time_zone)
    ensure(command.period.last_on < on, "not_over", _("This period is not over yet."), field="period")
    stays = command.is_provisional and any(each.standing and not each.standing.is_provisional for each in takers)
    ensure(not stays, "final_stays", str(FAULTS[Fault.FINAL_STAYS]), field="is_provisional")
    requests = _requests(command.content, place.time_zone, on)
    figures = [
        Figure(indicator_id=each.card.indicator_id, version=each.card.version, measured=_of(each, requests, command))
        for each in takers
    ]
    return Found(
        neighborhood_id=neighborhood_id,
        period=command.period,
        file_hash=hashlib.sha256(command.content).hexdigest(),
        counted=counted(requests, command.period),
        kinds=kinds(requests),
        figures=figures,
    )


def sealed(found: Found, by: Actor) -> str:
    """What was found, as a token that comes back with the clerk's word: only this site can have made it."""
    facts = asdict(found) | {"kinds": [], "by": by.id}
    facts["period"] = [found.period.first_on.isoformat(), found.period.last_on.isoformat()]
    facts["counted"] = asdict(found.counted) | {"last_on": found.counted.last_on.isoformat()}
    return sign(PURPOSE, facts)


def unsealed(token: str, neighborhood_id: int, by: Actor) -> Found | None:
    """What this clerk has looked at in this neighborhood within the hour; None for any other token."""
    read = read_signed(PURPOSE, token, max_age_seconds=KEPT_SECONDS)
    facts: Any = read[0] if read else None
    if not facts or facts.pop("by") != by.id or facts["neighborhood_id"] != neighborhood_id:
        return None
    first_on, last_on = (date.fromisoformat(day) for day in facts["period"])
    last_told = date.fromisoformat(facts["counted"]["last_on"])
    return Found(
        **facts
        | {
            "period": Period(first_on=first_on, last_on=last_on),
            "counted": Counted(**facts["counted"] | {"last_on": last_told}),
            "figures": [Figure(**each | {"measured": Measured(**each["measured"])}) for each in facts["figures"]],
        }
    )


def take(found: Found, note: str, *, key: str, by: Actor) -> int:
    """Keep the figures of a file, and of the file its hash and counts; what stands already stays as it is."""
    return once(key, lambda: _taken(found, note, by))


def _taken(found: Found, note: str, by: Actor) -> int:
    ensure_clerk(by, found.neighborhood_id)
    rows = {each.indicator_id: locked(Indicator, each.indicator_id) for each in found.figures}
    takers = {each.card.indicator_id: each for each in queries.takers(found.neighborhood_id, found.period)}
    readings = []
    for figure in found.figures:
        row, taker = rows[figure.indicator_id], takers.get(figure.indicator_id)
        changed = _("A definition has changed since you looked. Send the file again.")
        ensure(taker is not None and taker.card.version == figure.version, "redefined", changed)
        assert row is not None and taker is not None  # just ensured
        if taker.standing != figure.measured:
            command = Enter(period=found.period, measured=figure.measured, file_hash=found.file_hash, note=note)
            readings.append(keep(row, command, by).id)
    ensure(bool(readings), "nothing_new", _("All of this stands already."), field="note")
    return _written(found, tuple(readings), by)


def _written(found: Found, reading_ids: tuple[int, ...], by: Actor) -> int:
    count, days = found.counted, {"first_on": found.period.first_on, "last_on": found.period.last_on}
    file = RequestsFile(
        neighborhood_id=found.neighborhood_id,
        **days,
        file_hash=found.file_hash,
        rows=count.rows,
        opened=count.opened,
        closed=count.closed,
        due=count.due,
        outside=count.outside,
        by_id=by.id,
        taken_at=now(),
    )
    db.session.add(file)
    db.session.flush()
    publish(
        RequestsTaken(
            actor_id=by.id,
            neighborhood_id=found.neighborhood_id,
            **days,
            file_hash=found.file_hash,
            rows=count.rows,
            reading_ids=reading_ids,
        )
    )
    return file.id


def _requests(content: bytes, zone: str, on: date) -> list[Request]:
    try:
        good, wrong = requests_of(content, zone=zone, today=on)
    except BadFile as reason:
        raise DomainError(reason.fault.value, str(words.FILES[reason.fault]), field="file") from reason
    if wrong:
        raise WrongRows(wrong, len(good))
    return good


def _of(taker: queries.Taker, requests: Sequence[Request], command: Look) -> Measured:
    card = taker.card
    found = measured(
        requests, command.period, taker.measure, codes=codes_of(card.service_codes), decimals=card.decimals
    )
    return Measured(**vars(found) | {"is_provisional": command.is_provisional})
