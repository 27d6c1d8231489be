"""The sample check: exact sizes, a draw that anybody repeats, errors on record."""

from math import comb

import pytest
from sqlalchemy.exc import IntegrityError

from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.voting.paper.checks import queries, services
from app.voting.paper.checks.rules import SHARES, drawn, sample_size
from app.voting.paper.checks.services import DrawSample
from app.voting.paper.models import PaperSample
from tests import make
from tests.voting.paper.station import ON_SQLITE, batch, entered_twice, returned, station

PRINTED = {
    100: (95, 78, 45),
    200: (155, 105, 51),
    500: (225, 129, 56),
    1000: (258, 138, 57),
    2000: (277, 143, 58),
}
"""The table of voting.md section 8."""


def refusal(act, *arguments, **more):
    with pytest.raises(DomainError) as refused:
        act(*arguments, **more)
    return refused.value.code


def sampled(at, share=5):
    observer = make.actor(Role.OBSERVER)
    services.draw(at.cycle_id, DrawSample(seed="6 2 5 1 3", share_percent=share), by=observer)
    return observer, queries.sample(at.vote_id)


@pytest.mark.parametrize("slips", PRINTED)
def test_the_sizes_are_those_of_the_printed_table(slips):
    assert tuple(sample_size(slips, share) for share in SHARES) == PRINTED[slips]


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("slips", [1, 7, 20, 99, 731])
def test_a_size_is_the_smallest_that_leaves_five_percent_of_doubt(slips, share):
    size, wrong = sample_size(slips, share), max(1, -(-slips * share // 100))
    missed = [comb(slips - wrong, n) for n in (size - 1, size)]
    assert missed[1] * 20 <= comb(slips, size)
    assert missed[0] * 20 > comb(slips, size - 1)


def test_the_draw_depends_on_seed_and_vote_and_not_on_the_order_of_slips():
    slips = [(batch, slip) for batch in (1, 2) for slip in range(1000, 1050)]
    chosen = drawn(slips, 10, vote_id=b"v", seed="4 4 1")
    assert chosen == drawn(reversed(slips), 10, vote_id=b"v", seed="4 4 1")
    assert chosen != drawn(slips, 10, vote_id=b"v", seed="4 4 2")
    assert chosen != drawn(slips, 10, vote_id=b"w", seed="4 4 1")
    assert len(set(chosen)) == 10


def test_every_slip_is_drawn_about_as_often_as_the_others():
    slips = [(1, slip) for slip in range(1000, 1020)]
    counts = dict.fromkeys(slips, 0)
    for seed in range(1000):
        for slip in drawn(slips, 5, vote_id=b"v", seed=str(seed)):
            counts[slip] += 1
    assert 190 < min(counts.values()) and max(counts.values()) < 310


def test_an_observer_checks_the_sample_and_an_error_stays_on_record(app):
    at = returned(12)
    entered_twice(at, batch(at, 12), ["3 1"] * 12)
    observer, sample = sampled(at)
    for each, said in zip(sample.slips, ("3 1", "b"), strict=False):
        services.check(at.cycle_id, each.batch, f"{each.slip.number} {said}", by=observer)
    found = queries.sample(at.vote_id)
    assert (len(found.slips), len(found.left), len(found.errors)) == (12, 10, 1)


@ON_SQLITE
def test_a_sample_waits_for_sums_that_agree_and_is_drawn_once(app):
    at = returned(12)
    of, command = batch(at, 12), DrawSample(seed="1", share_percent=1)
    observer = make.actor(Role.OBSERVER)
    assert refusal(services.draw, at.cycle_id, command, by=observer) == "not_green"
    entered_twice(at, of, ["3 1"] * 12)
    services.draw(at.cycle_id, command, by=observer)
    assert refusal(services.draw, at.cycle_id, command, by=observer) == "drawn"


@ON_SQLITE
def test_only_a_slip_of_the_sample_is_checked_and_once(app):
    at = returned(60)
    for of in (batch(at, 30), batch(at, 30)):
        entered_twice(at, of, ["3 1"] * 30)
    observer, sample = sampled(at)
    each = sample.slips[0]
    line = f"{each.slip.number} 3 1"
    services.check(at.cycle_id, each.batch, line, by=observer)
    assert refusal(services.check, at.cycle_id, each.batch, line, by=observer) == "not_drawn"
    assert refusal(services.check, at.cycle_id, 9, line, by=observer) == "not_drawn"
    assert len(sample.slips) == sample_size(60, 5)


@ON_SQLITE
def test_nobody_checks_their_own_work(app):
    at = station()
    for role in (Role.CLERK, Role.OFFICER):
        with pytest.raises(NoStanding):
            services.draw(at.cycle_id, DrawSample(seed="1", share_percent=1), by=make.actor(role))


def test_the_database_knows_only_the_shares_of_the_table(app):
    at = station()
    with pytest.raises(IntegrityError, match="share_known"), transaction():
        facts = {"seed": "1", "size": 3, "observer_id": at.clerk.id}
        db.session.add(PaperSample(vote_id=at.vote_id, share_percent=3, **facts))
        db.session.flush()
