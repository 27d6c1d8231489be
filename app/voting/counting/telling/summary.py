"""The outcome of a count as a plain table for a terminal."""

from collections.abc import Iterator

from app.voting.counting.formats.lines import one_line
from app.voting.counting.formats.pabulib import units
from app.voting.counting.outcomes import Outcome, Phase, Reason, ReasonCode
from app.voting.counting.records import Option, Vote

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
        by_lot = ", by lot" if event.tie else ""
        yield line(vote.option(funded.option), f"{place:>3}", how(event.phase, event.round) + by_lot)


def _not_funded(vote: Vote, outcome: Outcome) -> Iterator[str]:
    yield "Not funded"
    for reason in outcome.reasons:
        if reason.code is not ReasonCode.FUNDED:
            yield line(vote.option(reason.option), "   ", why_not(reason))


def how(phase: Phase, round_: int) -> str:
    """The part of a count in which something was decided, such as "runoff 3"."""
    return _HOW[phase] + ("" if phase is Phase.POINTS else f" {round_}")


def why_not(reason: Reason) -> str:
    """Why an option was not funded, in a few words."""
    left = reason.numbers.get("left_cents")
    return _WHY_NOT[reason.code] + (f" ({units(left)})" if reason.code is ReasonCode.NOT_ENOUGH_LEFT and left else "")


def line(option: Option, place: str, note: str) -> str:
    """One option in a table: id, title, cost and a note."""
    title = plain(option.title)
    short = title if len(title) <= TITLE_WIDTH else title[: TITLE_WIDTH - 1] + "…"
    return f"{place}  {option.id:>6}  {short:<{TITLE_WIDTH}}  {units(option.cost_cents):>12}  {note}"


def plain(text: str) -> str:
    """Text from a file without line breaks and without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else "?" for letter in one_line(text))
