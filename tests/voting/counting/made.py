"""Votes made for tests: by hand from short texts, or at random from a number."""

import random
from collections.abc import Sequence
from string import ascii_lowercase

from app.voting.counting.records import Option, Vote, ballot_matrix


def vote(
    pot: int, costs: Sequence[int], ballots: Sequence[str], *, max_ranks: int | None = None, lot: str = ""
) -> Vote:
    """Options a, b, c … with these costs; a ballot is written "cab", a lot order too."""
    rankings = [numbers(ballot) for ballot in ballots]
    ranks = max_ranks or max(map(len, rankings), default=0) or 1
    return Vote(
        pot_cents=pot,
        options=options(costs),
        max_ranks=ranks,
        ballots=ballot_matrix(rankings, ranks),
        lot_order=numbers(lot) or tuple(range(1, len(costs) + 1)),
    )


def options(costs: Sequence[int]) -> tuple[Option, ...]:
    """Options a, b, c … with these costs in cents."""
    return tuple(
        Option(number=number, id=letters(number), title=f"Option {number}", cost_cents=cost)
        for number, cost in enumerate(costs, start=1)
    )


def letters(number: int) -> str:
    """a for 1, b for 2 … then o27, o28 …"""
    return ascii_lowercase[number - 1] if number <= 26 else f"o{number}"


def numbers(word: str) -> tuple[int, ...]:
    """The option numbers of "cab"."""
    return tuple(ascii_lowercase.index(letter) + 1 for letter in word)


def word(found: Sequence[object]) -> str:
    """The funded options in order, as "cab"."""
    return "".join(str(getattr(funded, "id", funded)) for funded in found)


def random_vote(seed: int, *, most_ballots: int = 9, most_options: int = 6) -> Vote:
    """A small vote with round costs and many ties; now and then a free, a too dear or an unranked option."""
    draw = random.Random(seed)
    m = draw.randint(1, most_options)
    n = draw.randint(1, most_ballots)
    ranks = draw.randint(1, m)
    costs = [draw.choice((0, 100, 100, 200, 300, 300, 400, 600, 1000)) for _ in range(m)]
    rankings = [tuple(draw.sample(range(1, m + 1), draw.randint(0, ranks))) for _ in range(n)]
    return Vote(
        pot_cents=draw.choice((0, 300, 600, 900, 900, 1200, 1000)),
        options=options(costs),
        max_ranks=ranks,
        ballots=ballot_matrix(rankings, ranks),
        lot_order=tuple(draw.sample(range(1, m + 1), m)),
    )
