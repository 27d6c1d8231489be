"""pabutools on the same ballots. It is GPL-3: run here to be compared with, and no part of the program."""

from pathlib import Path

from pabutools.election import (
    Additive_Cardinal_Sat,
    CardinalBallot,
    CardinalProfile,
    Instance,
    OrdinalBallot,
    OrdinalProfile,
    Project,
)
from pabutools.rules import method_of_equal_shares
from pabutools.rules.pb_ear import pb_ear
from pabutools.tiebreaking import TieBreakingRule

from app.voting.counting.records import Rule, Vote
from app.voting.counting.state import CountInProgress
from bench import votes
from bench.measured import Work, main


def pb_ear_of(path: Path) -> Work:
    """pabutools' PB-EAR on the rankings, equal ones grouped."""
    vote = votes.read(path)
    instance, projects = _instance(vote)
    ballots = [OrdinalBallot([projects[choice] for choice in row if choice]) for row in vote.ballots.tolist()]
    profile = OrdinalProfile(ballots, instance=instance).as_multiprofile()
    return lambda: {"funded": [int(project.name) for project in pb_ear(instance, profile)]}


def equal_shares_of(path: Path) -> Work:
    """pabutools' equal shares on the same explicit points."""
    vote = votes.read(path)
    return lambda: {"funded": equal_shares(vote)}


def equal_shares(vote: Vote) -> list[int]:
    """What pabutools funds by equal shares with max_ranks … 1 points, ties by our lot order; blank ballots left out."""
    instance, projects = _instance(vote)
    rows = CountInProgress(vote, Rule.EQUAL_SHARES, None).rows.tolist()
    points = [vote.max_ranks - place for place in range(vote.max_ranks)]
    ballots = [
        CardinalBallot({projects[choice]: given for choice, given in zip(row, points, strict=False) if choice})
        for row in rows
    ]
    place = {str(number): place for place, number in enumerate(vote.lot_order)}
    funded = method_of_equal_shares(
        instance,
        CardinalProfile(ballots, instance=instance),
        sat_class=Additive_Cardinal_Sat,
        tie_breaking=TieBreakingRule(lambda _instance, _profile, project: place[project.name]),
    )
    return [int(project.name) for project in funded]


def _instance(vote: Vote) -> tuple[Instance, list[Project]]:
    projects = [Project(str(number), cost) for number, cost in enumerate([0, *(o.cost_cents for o in vote.options)])]
    standing = [p for p in projects[1:] if p.cost <= vote.pot_cents and int(p.name) not in vote.withdrawn]
    return Instance(standing, budget_limit=vote.pot_cents), projects


PIECES = {"pb-ear": pb_ear_of, "equal-shares": equal_shares_of}

if __name__ == "__main__":
    main(PIECES)
