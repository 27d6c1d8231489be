"""The fifteen measures of a neighborhood, frozen: of the votes that ended in a time, and of the time itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.moments import day_in
from app.cycles.queries import CycleFacts
from app.places.models import Neighborhood
from app.reports.annual.measures import queries
from app.reports.annual.measures.rules import NO_VOTE, TOO_FEW, UNKNOWN, Measure, Value, added, told
from app.reports.annual.participation import figures as participation
from app.reports.delivery.rules import on_time
from app.reports.rules import Period
from app.taskforces.projects.promises.queries import MilestoneRow
from app.voting import queries as votes
from app.voting.turnout import queries as turnout
from app.voting.turnout.rules import told_parts

YOUNG = "0-17"


@dataclass(frozen=True, kw_only=True)
class Money:
    """What the ledger says of a time: given by votes and from outside in it, and the projects funded by its end."""

    given_cents: int
    outside_cents: int
    project_ids: frozenset[int]


def measures(
    place: Neighborhood,
    cycles: Sequence[CycleFacts],
    milestones: Iterable[MilestoneRow],
    times: Sequence[tuple[Period, Money]],
) -> list[dict[str, Any]]:
    """Each measure in each of these times, the year first and the one before after it."""
    rows = list(milestones)
    found = [_people(place, cycles, period) | _deeds(place, rows, period, money) for period, money in times]
    return [{"measure": each, "values": [of[each] for of in found]} for each in Measure]


def _people(place: Neighborhood, cycles: Sequence[CycleFacts], period: Period) -> dict[Measure, Value]:
    """Who took part in the votes that ended in a time."""
    voted = [(cycle, took) for cycle in cycles if (took := participation.took_part(cycle, period)) is not None]
    if not voted:
        return dict.fromkeys(PEOPLE, NO_VOTE)
    ids = [cycle.id for cycle, _took in voted]
    proposals, proposers, areas = queries.sent_in(ids)
    in_all = queries.areas(place.id)
    return {
        Measure.VOTERS: added(_voters(each) for _cycle, each in voted),
        Measure.YOUNG: added(_young(cycle) for cycle, _took in voted),
        Measure.ON_PAPER: added(_on_paper(each) for _cycle, each in voted),
        Measure.PROPOSERS: told(proposers),
        Measure.FIRST_TIME: told(queries.first_time(place.id, ids), proposers),
        Measure.DISCUSSED: told(queries.discussed(ids)),
        Measure.PAPER_FORMS: Value(number=queries.paper_forms(ids), whole=proposals),
        Measure.AREAS: Value(number=areas, whole=in_all) if in_all else UNKNOWN,
        Measure.FUNDED: added(Value(number=each["funded"], whole=each["options"]) for _cycle, each in voted),
    }


def _deeds(
    place: Neighborhood, milestones: Sequence[MilestoneRow], period: Period, money: Money
) -> dict[Measure, Value]:
    """What was done in a time, whether or not a vote ended in it."""
    kept = on_time(milestones, period)
    done = queries.completed(money.project_ids, place.time_zone, period.last_on)
    return {
        Measure.CAME: Value(number=queries.came(place.id, place.time_zone, period)),
        Measure.PARTNERS: Value(number=queries.partners(money.project_ids)),
        Measure.GIVEN: Value(number=money.given_cents),
        Measure.OUTSIDE: Value(number=money.outside_cents),
        Measure.COMPLETED: Value(number=done, whole=len(money.project_ids)),
        Measure.ON_TIME: Value(number=kept.in_time, whole=kept.due),
    }


def _voters(took: Mapping[str, Any]) -> Value:
    voters = took["voters"]
    return TOO_FEW if voters is None else Value(number=voters, whole=took["roll_size"])


def _on_paper(took: Mapping[str, Any]) -> Value:
    if took["is_imported"]:
        return UNKNOWN
    paper = took["paper"]
    return TOO_FEW if paper is None else Value(number=paper, whole=took["voters"])


def _young(cycle: CycleFacts) -> Value:
    """Voters below eighteen, as the results report of the same vote tells them."""
    if cycle.is_imported:
        return UNKNOWN
    vote = votes.vote_facts(cycle.id)
    bands = turnout.by_age(vote.id, day_in(cycle.time_zone, vote.opens_at))
    if not any(each.name == YOUNG for each in bands):
        return Value(number=0)
    shown = [each for each in told_parts(bands) if each.name == YOUNG and not each.is_rest]
    return Value(number=shown[0].voters) if shown else TOO_FEW


PEOPLE = (
    Measure.VOTERS,
    Measure.YOUNG,
    Measure.ON_PAPER,
    Measure.PROPOSERS,
    Measure.FIRST_TIME,
    Measure.DISCUSSED,
    Measure.PAPER_FORMS,
    Measure.AREAS,
    Measure.FUNDED,
)
