"""What can be done to a milestone at which stage and by whom; and which of them set the pace."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.taskforces.projects.claims.policies import hand
from app.taskforces.projects.promises.rules import (
    Link,
    MilestoneStage,
    Move,
    Who,
    critical_path,
    may_move,
    stage_of,
)
from app.taskforces.seats.rules import Side

M = MilestoneStage
AHEAD = {M.PLANNED, M.IN_PROGRESS, M.RETURNED}
TABLE = {
    Move.BEGIN: ({M.PLANNED}, Who.CHAIR),
    Move.FORECAST: (AHEAD, Who.CHAIR),
    Move.CLAIM: (AHEAD, Who.CHAIR),
    Move.VERIFY: ({M.CLAIMED}, Who.OTHER_CHAIR),
    Move.RETURN: ({M.CLAIMED}, Who.OTHER_CHAIR),
    Move.DROP: (AHEAD, Who.BOTH),
}
DAY = date(2026, 6, 1)


@pytest.mark.parametrize("move", list(Move))
def test_every_move_that_is_not_listed_is_refused_whoever_asks(move):
    stages, by = TABLE[move]
    for stage in MilestoneStage:
        for who in Who:
            assert may_move(stage, move, who) == (stage in stages and who is by), (stage, who)


@pytest.mark.parametrize(
    ("side", "claimed_by", "is_claimer", "who"),
    [
        (Side.COMMUNITY, Side.INSTITUTION, False, Who.OTHER_CHAIR),
        (Side.INSTITUTION, Side.COMMUNITY, False, Who.OTHER_CHAIR),
        (Side.COMMUNITY, Side.COMMUNITY, False, Who.CHAIR),
        (Side.INSTITUTION, Side.COMMUNITY, True, Who.CHAIR),
        (Side.COMMUNITY, None, False, Who.CHAIR),
        (None, Side.COMMUNITY, False, None),
    ],
)
def test_only_another_person_of_the_other_side_answers_a_claim(side, claimed_by, is_claimer, who):
    assert hand(side, claimed_by, is_claimer=is_claimer) is who


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ("", M.PLANNED),
        ("begun", M.IN_PROGRESS),
        ("begun claim_open", M.CLAIMED),
        ("begun returned", M.RETURNED),
        ("returned", M.RETURNED),
        ("done", M.DONE),
        ("begun dropped returned", M.DROPPED),
    ],
)
def test_the_stage_follows_from_what_happened(facts, stage):
    known = ("begun", "done", "dropped", "claim_open", "returned")
    assert stage_of(**{name: name in facts.split() for name in known}) is stage


def chain(*ends, **needs):
    links = enumerate(ends, start=1)
    return [Link(id=n, ends_on=DAY + timedelta(days=day), needs=needs.get(f"m{n}", ())) for n, day in links]


def test_the_pace_is_set_by_what_ends_last_and_by_the_latest_it_waits_for():
    assert critical_path(chain(5, 9, 3, 20, m4=(1, 2), m2=(3,))) == (3, 2, 4)
    assert critical_path(chain(5, 9)) == (2,)
    assert critical_path([]) == ()


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_path_ends_last_and_each_step_is_needed_by_the_next(ends, random):
    needs = {f"m{n}": tuple(random.sample(range(1, n), random.randint(0, n - 1))) for n in range(2, len(ends) + 1)}
    links = {link.id: link for link in chain(*ends, **needs)}
    path = critical_path(list(links.values()))
    assert links[path[-1]].ends_on == max(link.ends_on for link in links.values())
    assert all(before in links[after].needs for before, after in zip(path, path[1:], strict=False))
    assert not links[path[0]].needs
