"""What Riverside watches of its safety: four indicators over two years, with a new definition and corrections."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from app.demo.days import Diary
from app.demo.people import Cast
from app.demo.texts import watched
from app.places.models import Neighborhood
from app.taskforces.indicators import services
from app.taskforces.indicators.requests import services as requests
from app.taskforces.indicators.requests.services import Look
from app.taskforces.indicators.rules import (
    Direction,
    Frequency,
    Measure,
    Measured,
    Period,
    Unit,
    ended,
    share,
)
from app.taskforces.indicators.services import Define, Enter

QUARTERS = 8
AFTER, LATER = 12, 33
"""Days after a quarter on which its values are entered, and on which two of them are corrected."""
QUIET, CORRECTED, DEFINED_ANEW = 5, 3, 4
"""The places of a quarter with few reports of noise, of a corrected one, and of the first by the new definition."""
HEAD = ("service_request_id", "requested_datetime", "updated_datetime", "expected_datetime", "status", "service_code")
KINDS = ("street-light", "street-light", "path-blocked", "rubbish", "rubbish", "noise-night")


@dataclass
class Watch:
    """Riverside's clerk and the ids of what is watched, by the words of the texts."""

    people: Cast
    place_id: int
    ids: dict[str, int] = field(default_factory=dict)


def foresee(people: Cast, where: Neighborhood, diary: Diary) -> None:
    """Write down the definitions, and for each quarter what is entered about it."""
    watch, today = Watch(people, where.id), people.calendar.today
    quarters = list(reversed(list(ended(Frequency.QUARTER, today, QUARTERS))))
    begins = (quarters[0].last_on - today).days - 20
    diary.note(begins, 15, partial(_define, watch, people.calendar.on(begins - 6)))
    for place, quarter in enumerate(quarters):
        day = (quarter.last_on - today).days
        diary.note(day + AFTER, 10, partial(_take, watch, place, quarter, is_first=place == CORRECTED))
        diary.note(day + AFTER, 11, partial(_enter, watch, place, quarter, is_last=place == QUARTERS - 1))
        if place == CORRECTED:
            diary.note(day + LATER, 10, partial(_take, watch, place, quarter, note=watched()["corrections"]["file"]))
            diary.note(day + LATER, 11, partial(_correct, watch, place, quarter))
        if place == DEFINED_ANEW:
            diary.note(day - 60, 15, partial(_define_anew, watch, people.calendar.on(day - 63)))


def _card(told: dict[str, Any], agreed_on: date) -> Define:
    return Define(
        **{name: told[name] for name in ("title", "why", "formula", "weakness", "source", "owner", "least_n")},
        unit=Unit(told["unit"]),
        decimals=told["decimals"],
        direction=Direction(told["direction"]),
        frequency=Frequency.QUARTER,
        target_hundredths=None if told["target"] is None else 100 * told["target"],
        measure=Measure(told["measure"]) if told["measure"] else None,
        service_codes=told.get("service_codes"),
        agreed_at=watched()["agreed_at"],
        agreed_on=agreed_on,
    )


def _define(watch: Watch, agreed_on: date) -> None:
    for told in watched()["cards"]:
        key, clerk = told["key"], watch.people.parts["clerk"]
        command = _card(told, agreed_on)
        watch.ids[key] = services.define(watch.place_id, command, key=f"demo-indicator-{key}", by=clerk)


def _define_anew(watch: Watch, agreed_on: date) -> None:
    again = watched()["again"]
    before = next(_card(told, agreed_on) for told in watched()["cards"] if told["key"] == again["key"])
    new = {name: again[name] for name in ("formula", "weakness", "change", "agreed_at")}
    clerk = watch.people.parts["clerk"]
    services.redefine(watch.ids[again["key"]], replace(before, **new), key="demo-indicator-again", by=clerk)


def _take(watch: Watch, place: int, quarter: Period, *, is_first: bool = False, note: str = "") -> None:
    """From the export of the quarter; the first one of a corrected quarter lacks some reports."""
    clerk, rows = watch.people.parts["clerk"], list(_rows(place, quarter))
    sent = [row for number, row in enumerate(rows) if not is_first or number % 9]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEAD, *sent])
    look = Look(period=quarter, content=out.getvalue().encode(), is_provisional=is_first)
    found = requests.look(watch.place_id, look, by=clerk)
    requests.take(found, note, key=f"demo-requests-{quarter.first_on}-{is_first}", by=clerk)


def _rows(place: int, quarter: Period) -> Iterator[tuple[str, ...]]:
    """Reports of a quarter: each year a little more of them, closed a little sooner."""
    chance, days = Random(f"reports {place}"), (quarter.last_on - quarter.first_on).days + 1
    noise = 0
    for number in range(104 + 5 * place):
        kind = chance.choice(KINDS)
        noise += kind == "noise-night"
        if kind == "noise-night" and place == QUIET and noise > 3:
            continue
        on = quarter.first_on + timedelta(days=chance.randrange(days))
        closed = on + timedelta(days=int(chance.expovariate(1 / (13 - place))))
        is_closed = closed <= quarter.last_on
        updated = closed if is_closed else on
        moments = (f"{each}T{8 + number % 9:02d}:00:00" for each in (on, updated, on + timedelta(days=12)))
        yield (f"{place}-{number}", *moments, "closed" if is_closed else "open", kind)


def _enter(watch: Watch, place: int, quarter: Period, *, is_last: bool) -> None:
    some, all_ = watched()["lamps"][place]
    _lamps(watch, quarter, some, all_, is_provisional=is_last)


def _correct(watch: Watch, place: int, quarter: Period) -> None:
    some, all_ = watched()["lamps"][place]
    _lamps(watch, quarter, some - 3, all_, note=watched()["corrections"]["lamps"])


def _lamps(
    watch: Watch, quarter: Period, some: int, all_: int, *, is_provisional: bool = False, note: str = ""
) -> None:
    measured = Measured(
        hundredths=share(some, all_, 0), n=all_, numerator=some, denominator=all_, is_provisional=is_provisional
    )
    command = Enter(period=quarter, measured=measured, note=note)
    key = f"demo-lamps-{quarter.first_on}-{bool(note)}"
    services.enter(watch.ids["lamps"], command, key=key, by=watch.people.parts["clerk"])
