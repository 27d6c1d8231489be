"""A ballot is stored sealed, once a page, and only for those who may vote while they may."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from time_machine import travel

from app.core.clock import now
from app.core.db import db, transaction
from app.voting import queries
from app.voting.ballots.queries import ready_token, served_token
from app.voting.ballots.services import NotCast
from app.voting.models import Envelope, RollEntry, Vote
from app.voting.rules import Channel, Refusal
from app.voting.sealing import envelopes
from app.voting.sealing.suites import Algorithm
from tests import make
from tests.voting.ballots import box


def refusal_of(*arguments, **more) -> Refusal:
    with pytest.raises(NotCast) as refused:
        make.cast(*arguments, **more)
    return refused.value.refusal


def end_voting(vote: Vote, ago: timedelta) -> None:
    with transaction():
        db.session.get_one(Vote, vote.id).closes_at = now() - ago


def test_a_ballot_that_is_cast_is_counted(app):
    vote, [voter] = make.open_vote()
    make.cast(vote, voter, [3, 1])
    box.close(vote.cycle_id)
    assert box.rankings(vote.cycle_id) == [(3, 1)]


def test_only_the_last_ballot_counts(app):
    vote, [voter] = make.open_vote()
    make.cast(vote, voter, [1])
    make.cast(vote, voter, [2])
    make.cast(vote, voter, [4, 3])
    box.close(vote.cycle_id)
    assert box.rankings(vote.cycle_id) == [(4, 3)]


def test_the_same_page_sent_twice_stores_once(app):
    vote, [voter] = make.open_vote()
    facts = queries.vote_facts(vote.cycle_id)
    token = ready_token(facts, served_token(facts, voter), voter)
    make.cast(vote, voter, [1], token=token)
    make.cast(vote, voter, [1], token=token)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Envelope)) == 1


def test_a_page_sent_again_after_the_close_is_quietly_right_about_its_stored_ballot(app):
    vote, [voter] = make.open_vote()
    facts = queries.vote_facts(vote.cycle_id)
    token = ready_token(facts, served_token(facts, voter), voter)
    make.cast(vote, voter, [1], token=token)
    box.close(vote.cycle_id)
    make.cast(vote, voter, [1], token=token)
    assert box.rankings(vote.cycle_id) == [(1,)]


@pytest.mark.parametrize(
    ("ranking", "refusal"),
    [
        ([], Refusal.EMPTY),
        ([1, 1], Refusal.TWICE),
        ([9], Refusal.UNKNOWN_OPTION),
        ([0], Refusal.UNKNOWN_OPTION),
        ([1, 2, 3], Refusal.TOO_MANY),
    ],
)
def test_what_is_no_ballot_is_refused(app, ranking, refusal):
    vote, [voter] = make.open_vote(max_ranks=2)
    assert refusal_of(vote, voter, ranking) is refusal


def test_nobody_votes_who_is_not_on_the_roll(app):
    vote, _roll = make.open_vote()
    stranger = make.actor()
    assert refusal_of(vote, stranger, [1]) is Refusal.NOT_ON_ROLL


def test_nobody_votes_with_the_page_of_another(app):
    vote, [ada, ben] = make.open_vote(voters=2)
    facts = queries.vote_facts(vote.cycle_id)
    token = ready_token(facts, served_token(facts, ada), ada)
    assert refusal_of(vote, ben, [1], token=token) is Refusal.STALE_PAGE


def test_a_paper_ballot_that_came_back_shuts_the_door_online(app):
    vote, [voter] = make.open_vote()
    with transaction():
        db.session.execute(sa.update(RollEntry).values(channel=Channel.PAPER_RETURNED))
    assert refusal_of(vote, voter, [1]) is Refusal.VOTING_ON_PAPER


def test_after_the_close_nothing_is_taken(app):
    vote, [voter] = make.open_vote()
    box.close(vote.cycle_id)
    assert refusal_of(vote, voter, [1]) is Refusal.NOT_OPEN


def test_after_the_last_day_nothing_is_taken_even_if_nobody_pressed_close(app):
    vote, [voter] = make.open_vote()
    end_voting(vote, timedelta(seconds=5))
    assert refusal_of(vote, voter, [1]) is Refusal.NOT_OPEN


def test_a_page_served_before_the_end_may_come_in_within_the_grace(app):
    vote, [voter] = make.open_vote()
    facts = queries.vote_facts(vote.cycle_id)
    token = ready_token(facts, served_token(facts, voter), voter)
    end_voting(vote, timedelta(seconds=0))
    make.cast(vote, voter, [1], token=token)
    assert db.session.scalars(sa.select(RollEntry.channel)).all() == [Channel.ONLINE]


def test_after_the_grace_no_page_is_old_enough(app):
    vote, [voter] = make.open_vote()
    facts = queries.vote_facts(vote.cycle_id)
    with travel(now() - timedelta(hours=1)):
        token = ready_token(facts, served_token(facts, voter), voter)
    end_voting(vote, timedelta(minutes=6))
    assert refusal_of(vote, voter, [1], token=token) is Refusal.NOT_OPEN


def test_every_envelope_is_as_long_as_any_other(app):
    vote, voters = make.open_vote(voters=3, options=6)
    for voter, ranking in zip(voters, ([1], [1, 2], [5, 4, 3, 2, 1]), strict=True):
        make.cast(vote, voter, ranking)
    lengths = set(db.session.scalars(sa.select(sa.func.length(Envelope.ciphertext))))
    assert lengths == {envelopes.ciphertext_bytes(Algorithm.HYBRID, trustees=1)}
