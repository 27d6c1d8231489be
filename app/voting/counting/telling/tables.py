"""More tables for a terminal: all rules side by side, one runoff round by round, and votes that rank nothing."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.voting.counting.comparison import OtherRule
from app.voting.counting.formats.pabulib import units
from app.voting.counting.formats.pb_scores import ScoredFile
from app.voting.counting.formats.ranked_files import RankedFile
from app.voting.counting.outcomes import Event, Kind, Outcome, TiedBy
from app.voting.counting.records import Vote
from app.voting.counting.rounds import runoffs_of
from app.voting.counting.telling.summary import TITLE_WIDTH, line, plain

LABEL_WIDTH = 3 + 2 + 6 + 2 + TITLE_WIDTH + 2 + 12 + 2


def side_by_side(vote: Vote, rules: Sequence[OtherRule]) -> str:
    """A row for each option, a column for each rule; then what each spends, leaves, and how many ballots it meets."""
    counting = int((vote.ballots[:, 0] != 0).sum())
    rows = [
        ("Spent", [units(rule.spent_cents) for rule in rules]),
        ("Left", [units(rule.left_cents) for rule in rules]),
        ("Funded projects", [str(len(rule.funded)) for rule in rules]),
        ("Ballots with a funded choice", [f"{rule.covered:,}" for rule in rules]),
    ]
    lines = [f"Ballots   {len(vote.ballots):,} ({counting:,} not blank)", f"Pot       {units(vote.pot_cents)}", ""]
    lines.append(_row(" " * LABEL_WIDTH, [rule.rule.value for rule in rules]))
    for option in vote.options:
        marks = ["funded" if option.number in rule.funded else "-" for rule in rules]
        lines.append(_row(line(option, "   ", ""), marks))
    return "\n".join([*lines, "", *(_row(label, cells) for label, cells in rows)]) + "\n"


def one_runoff(file: RankedFile, vote: Vote, outcome: Outcome) -> str:
    """Every count of a single instant runoff, and who won it."""
    seats = [f"Seats     {file.seats} in the file; one winner is counted"] if file.seats else []
    gone = (
        [f"Withdrawn {', '.join(plain(file.names[n - 1]) for n in sorted(file.withdrawn))}"] if file.withdrawn else []
    )
    title = [plain(file.title)] if file.title else []
    ballots = f"Ballots   {outcome.ballots:,} ({outcome.counting_ballots:,} counting)"
    return "\n".join([*title, "One instant runoff", ballots, *seats, *gone, *_counts(vote, outcome)]) + "\n"


def runoff_as_json(file: RankedFile, vote: Vote, outcome: Outcome) -> dict[str, Any]:
    """A single instant runoff in plain values, options by their ids; `winner` is null where no ballot counts."""
    ids = {option.number: option.id for option in vote.options}
    runoff = next(iter(runoffs_of(outcome.events)), None)
    tallies = runoff.tallies if runoff else ()
    return {
        "title": file.title,
        "seats_in_file": file.seats,
        "ballots": outcome.ballots,
        "counting_ballots": outcome.counting_ballots,
        "withdrawn": [ids[number] for number in sorted(file.withdrawn)],
        "counts": [
            {
                "votes": {ids[number]: votes for number, votes in tally.votes},
                "exhausted": tally.exhausted,
                "eliminated": tally.eliminated and ids[tally.eliminated],
            }
            for tally in tallies
        ],
        "winner": runoff and ids[runoff.winner],
    }


def as_the_file_says(file: ScoredFile) -> str:
    """What was given to each project and what the greedy rule funds; the city's own choice where the file has it."""
    word = "approvals" if file.kind in ("approval", "choose-1") else "points"
    funded = file.greedy()
    spent = sum(option.cost_cents for option in funded)
    lines = [
        f"As the file says: in order of {word} ({file.kind}), whatever still fits. These ballots rank nothing;",
        "this is a comparison and no count of this program.",
        f"Ballots   {file.ballots:,}",
        f"Pot       {units(file.pot_cents)}",
        f"Spent     {units(spent)}",
        f"Left      {units(file.pot_cents - spent)}",
        "",
    ]
    order = sorted(file.options, key=lambda option: (option not in funded, -file.given[option.number - 1]))
    for option in order:
        city = ", selected by the city" if option.number in file.selected else ""
        mark = "funded" if option in funded else "-"
        lines.append(line(option, "   ", f"{file.given[option.number - 1]:>9,} {word}  {mark}{city}"))
    return "\n".join(lines) + "\n"


def _counts(vote: Vote, outcome: Outcome) -> Iterator[str]:
    runoffs = runoffs_of(outcome.events)
    if not runoffs:
        yield "No ballot ranks anybody who stands, so nobody wins."
        return
    runoff = runoffs[0]
    ties = [event for event in outcome.events if event.kind is Kind.ELIMINATE]
    for number, tally in enumerate(runoff.tallies, start=1):
        yield from ("", f"Count {number}")
        for option, votes in sorted(tally.votes, key=lambda pair: -pair[1]):
            out = _out(ties[number - 1]) if option == tally.eliminated else ""
            yield f"{votes:>11,}  {plain(vote.option(option).title)}{out}"
        yield f"{tally.exhausted:>11,}  rank nobody who is left"
    last = dict(runoff.tallies[-1].votes)
    winner = plain(vote.option(runoff.winner).title)
    yield from ("", f"Winner    {winner}, with {last[runoff.winner]:,} of {sum(last.values()):,} standing ballots")


def _out(event: Event) -> str:
    if event.tie is None:
        return "  (out)"
    return "  (out, by lot)" if event.tie.by is TiedBy.LOT else f"  (out: fewer votes in count {event.tie.count})"


def _row(label: str, cells: Sequence[str]) -> str:
    return f"{label:<{LABEL_WIDTH}}" + "".join(f"  {cell:>14}" for cell in cells)
