"""When a cycle's parts were, and how many took part: a small number is never written down, not even in the data."""

from typing import Any

from app.core.moments import day_in
from app.cycles.queries import CycleFacts
from app.cycles.rules import PhaseKind
from app.proposals import queries as proposals
from app.reports.rules import Period
from app.voting import queries as votes
from app.voting.results import queries as counts
from app.voting.turnout import queries as turnout

FEW = 10
"""Of fewer voters no number is told (rule 30)."""


def phases(cycle: CycleFacts, period: Period) -> list[dict[str, Any]]:
    """The dated parts of a cycle that touch a period, in their order."""
    dated = [
        (each.kind, day_in(cycle.time_zone, each.starts_at), day_in(cycle.time_zone, each.ends_at))
        for each in cycle.phases
    ]
    return [
        {"kind": kind, "first_on": first, "end_on": end}
        for kind, first, end in sorted(dated, key=lambda each: each[1])
        if first <= period.last_on and end >= period.first_on
    ]


def took_part(cycle: CycleFacts, period: Period) -> dict[str, Any] | None:
    """Proposals and voters of a cycle whose vote ended in a period; None of any other, and before it is certified."""
    end = day_in(cycle.time_zone, cycle.phase(PhaseKind.VOTING).ends_at)
    record = counts.certified(cycle.id) if period.first_on <= end <= period.last_on else None
    if record is None:
        return None
    vote = votes.vote_facts(cycle.id)
    found, channels = counts.turnout(vote), turnout.channels(vote.id)
    few = {number for number in (channels.online, channels.paper) if 0 < number < FEW}
    return {
        "proposals": sum(proposals.counts(cycle.id).values()),
        "options": len(votes.options(vote.id)),
        "funded": len(record.facts.funded),
        "voters": found.voters if found.voters >= FEW else None,
        "roll_size": found.roll_size,
        "online": None if few or found.voters < FEW else channels.online,
        "paper": None if few or found.voters < FEW else channels.paper,
        "is_imported": cycle.is_imported,
    }
