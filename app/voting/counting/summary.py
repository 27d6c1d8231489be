"""The outcome of a count as a plain table for a terminal."""

from collections.abc import Iterator

from app.voting.counting.outcomes import Outcome, Phase, Reason, ReasonCode
from app.voting.counting.pabulib import one_line, units
from app.voting.counting.records import Vote

TITLE_WIDTH = 44

_HOW = {
    Phase.SHARED: "shared budget, step",
    Phase.RUNOFFS: "runoff",
    Phase.POINTS: "points",
    Phase.EQUAL: "equal shares, step",
}
_WHY_NOT = {
    ReasonCode.NOT_ENOUGH_LEFT: "costs more than what was left",
    ReasonCode.COSTS_MORE_THAN_THE_POT: "costs more than the whole pot",
    ReasonCode.UNRANKED: "no ballot ranks it",
    ReasonCode.WITHDRAWN: "withdrawn",
}


def table(vote: Vote, outcome: Outcome) -> str:
    """Totals, the funded options in the order of funding, and why each other option was not funded."""
    return "\n".join([*_totals(outcome), "", *_funded(vote, outcome), "", *_not_funded(vote, outcome)]) + "\n"


def _totals(outcome: Outcome) -> Iterator[str]:
    yield f"Rule      {outcome.rule.value}"
    yield f"Ballots   {outcome.ballots:,} ({outcome.counting_ballots:,} counting)"
    yield f"Pot       {units(outcome.pot_cents)}"
    yield f"Spent     {units(outcome.pot_cents - outcome.left_cents)}"
    yield f"Left      {units(outcome.left_cents)}"


def _funded(vote: Vote, outcome: Outcome) -> Iterator[str]:
    yield f"Funded ({len(outcome.funded)} of {len(outcome.reasons)})"
    for place, funded in enumerate(outcome.funded, start=1):
        event = outcome.events[funded.event]
        how = _HOW[funded.phase] + ("" if funded.phase is Phase.POINTS else f" {event.round}")
        yield _line(vote, funded.option, f"{place:>3}", how + (", by lot" if event.tie else ""))


def _not_funded(vote: Vote, outcome: Outcome) -> Iterator[str]:
    yield "Not funded"
    for reason in outcome.reasons:
        if reason.code is not ReasonCode.FUNDED:
            yield _line(vote, reason.option, "   ", _why_not(reason))


def _why_not(reason: Reason) -> str:
    left = reason.numbers.get("left_cents")
    return _WHY_NOT[reason.code] + (f" ({units(left)})" if reason.code is ReasonCode.NOT_ENOUGH_LEFT and left else "")


def _line(vote: Vote, number: int, place: str, note: str) -> str:
    option = vote.option(number)
    title = "".join(letter if letter.isprintable() else "?" for letter in one_line(option.title))
    short = title if len(title) <= TITLE_WIDTH else title[: TITLE_WIDTH - 1] + "…"
    return f"{place}  {option.id:>6}  {short:<{TITLE_WIDTH}}  {units(option.cost_cents):>12}  {note}"
