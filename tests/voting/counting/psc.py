"""A check of the guarantee that knows nothing of any rule: no group agreeing on its first choices is left out."""

from collections import Counter
from collections.abc import Collection

from app.voting.counting.records import Vote


def violations(vote: Vote, funded: Collection[int]) -> list[tuple[frozenset[int], int]]:
    """Each set S with an unfunded p in it that the voters whose first |S| choices are S could still afford.

    Their part of the pot is their part of the counting ballots; what is funded of S is taken off it.
    """
    costs = {option.number: option.cost_cents for option in vote.options}
    struck = {number for number, cost in costs.items() if cost > vote.pot_cents} | vote.withdrawn
    ballots = [[c for c in row if c and c not in struck] for row in vote.ballots.tolist()]
    ballots = [ballot for ballot in ballots if ballot]
    groups = Counter(frozenset(ballot[:k]) for ballot in ballots for k in range(1, len(ballot) + 1))
    return [
        (together, p)
        for together, voters in groups.items()
        for p in together - set(funded)
        if (sum(costs[q] for q in together if q in funded) + costs[p]) * len(ballots) <= voters * vote.pot_cents
    ]
