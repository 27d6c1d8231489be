"""Simulated elections for tests of what is published: moderately skewed tastes, six in ten voters rank to the end."""

from random import Random

import numpy as np

from app.cycles.rules import canonical
from app.voting.counting.count import count
from app.voting.counting.outcomes import Outcome
from app.voting.counting.records import Ballots, Rule, Vote
from tests.voting.counting import made


def ballots(seed: int, voters: int, options: int, ranks: int) -> Ballots:
    """Plackett–Luce voters whose options have log-normal weights: the setting of the table in voting.md, section 9."""
    chance = np.random.default_rng(seed)
    tastes = chance.gumbel(size=(voters, options)) + chance.normal(0, 1, size=options)
    order = np.argsort(-tastes, axis=1)[:, :ranks] + 1
    filled = np.where(chance.random(voters) < 0.6, ranks, chance.integers(1, ranks + 1, voters))
    order[np.arange(ranks)[None, :] >= filled[:, None]] = 0
    return order.astype(np.uint16)


def simulated(seed: int) -> Vote:
    """An election of some size, with costs that let a few options be funded."""
    draw = Random(seed)
    voters = draw.choice((12, 40, 100, 300, 1000))
    options, ranks = draw.choice(((8, 3), (8, 5), (12, 3), (12, 5), (20, 5), (20, 10)))
    rankings = ballots(seed, voters, options, ranks)
    rankings[: voters // 20] = 0  # blank
    return Vote(
        pot_cents=draw.choice((600, 1000, 2000)),
        options=made.options([draw.choice((0, 100, 200, 300, 500, 700)) for _ in range(options)]),
        max_ranks=ranks,
        ballots=rankings,
        lot_order=tuple(draw.sample(range(1, options + 1), options)),
    )


def rule_of(seed: int) -> Rule:
    """Every rule in turn."""
    return list(Rule)[seed % len(Rule)]


def text_of(outcome: Outcome) -> str:
    """An outcome as it is stored."""
    return canonical(outcome.as_json())


def outcome_text(vote: Vote, rule: Rule) -> str:
    """The outcome of a vote as it is stored."""
    return text_of(count(vote, rule))


def unique_share(rankings: Ballots) -> float:
    """The share of voters whose ballot nobody else has."""
    numbers = np.unique(rankings, axis=0, return_counts=True)[1]
    return float((numbers == 1).sum() / len(rankings))
