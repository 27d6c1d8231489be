"""Generated votes, the same on every machine: many ballots of skewed tastes, written as closed sets to be counted."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.voting.counting.closed_set import ClosedSet, from_bytes, to_bytes
from app.voting.counting.records import Ballots, Option, Vote

OPTIONS = 60
RANKS = 10
POT_CENTS = 100_000_000
TASTES = 6  # groups of voters who like other things
BLOCK = 50_000  # ballots drawn at once, which bounds the memory


def options() -> tuple[Option, ...]:
    """Options that cost about a thirtieth of the pot each, a few far more, in whole currency units."""
    draw = np.random.default_rng(1)
    costs = (draw.lognormal(0.0, 0.8, OPTIONS) * POT_CENTS / 4000).astype(int) * 100
    return tuple(
        Option(number=number, id=f"p{number}", title=f"Option {number}", cost_cents=int(cost))
        for number, cost in enumerate(costs, start=1)
    )


def ballots(number: int) -> Ballots:
    """So many ballots of 1 to RANKS options, drawn as Plackett and Luce have it: by weight, without putting back."""
    drawn = np.zeros((number, RANKS), dtype=np.uint16)
    for start, block in enumerate(_blocks(number)):
        drawn[start * BLOCK : start * BLOCK + len(block)] = block
    return drawn


def write(path: Path, number: int) -> None:
    """A closed set of so many generated ballots."""
    closed = ClosedSet(
        vote_id="bench",
        rule_card_hash=bytes(32),
        options=OPTIONS,
        max_ranks=RANKS,
        ballots=ballots(number),
        salt=bytes(32),
    )
    path.write_bytes(to_bytes(closed))


def read(path: Path) -> Vote:
    """The vote of a closed set, as a count of record reads it."""
    closed = from_bytes(path.read_bytes())
    return Vote(
        pot_cents=POT_CENTS,
        options=options(),
        max_ranks=closed.max_ranks,
        ballots=closed.ballots,
        lot_order=tuple(range(1, OPTIONS + 1)),
    )


def _blocks(number: int) -> Iterator[Ballots]:
    draw = np.random.default_rng(2)
    liked = draw.normal(0.0, 1.2, OPTIONS) + draw.normal(0.0, 1.0, (TASTES, OPTIONS))
    for start in range(0, number, BLOCK):
        size = min(BLOCK, number - start)
        taste = liked[draw.integers(0, TASTES, size)] + draw.gumbel(size=(size, OPTIONS))
        order = np.argpartition(-taste, RANKS, axis=1)[:, :RANKS]
        best = np.take_along_axis(order, np.argsort(-np.take_along_axis(taste, order, axis=1), axis=1), axis=1)
        length = draw.choice(np.arange(1, RANKS + 1), size=size, p=np.arange(1, RANKS + 1) / (RANKS * (RANKS + 1) / 2))
        yield np.where(np.arange(RANKS) < length[:, None], best + 1, 0).astype(np.uint16)
