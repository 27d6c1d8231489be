"""Desk and ballot at the same moment: one vote a voter, one voter a stub, nobody told less than what happened."""

import random
import threading
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from app.core.db import db
from app.core.errors import DomainError
from app.voting.ballots import services as ballots
from app.voting.ballots.services import NotCast
from app.voting.models import Envelope, RollEntry
from app.voting.paper.desk import services
from app.voting.paper.desk.services import IssuePaper
from app.voting.paper.models import PaperStub
from app.voting.paper.rules import StubStage
from app.voting.rules import Channel
from tests import make
from tests.voting.ballots.test_races import at_once, without_the_writers_lock
from tests.voting.paper.station import close, hand_out, station

ROUNDS = 6


def channels(at):
    query = sa.select(RollEntry.id, RollEntry.channel, RollEntry.revision).where(RollEntry.vote_id == at.vote_id)
    found = {row.id: (row.channel, row.revision) for row in db.session.execute(query)}
    db.session.rollback()
    return [found[entry] for entry in at.entries]


def casting(at, voter, acknowledged):
    """A cast that notes whether it was acknowledged."""

    def cast():
        try:
            make.cast_in(at.cycle_id, at.roll[voter], [voter % 5 + 1])
        except NotCast:
            return
        acknowledged.add(voter)

    return cast


def issuing(at, entry, stub):
    return lambda: services.issue(at.cycle_id, IssuePaper(entry_id=entry, stub=stub, by_post=False), by=at.clerk)


def returning(at, stub):
    return lambda: services.take_back(at.cycle_id, stub, by=at.clerk)


def check_issue_against_cast(app, at) -> None:
    """Hand out and cast at once for every voter: both happen, and the envelope counts while the paper is out."""
    acknowledged, entries = set(), at.entries
    db.session.rollback()
    acts = [act for n, e in enumerate(entries) for act in (issuing(at, e, n + 1), casting(at, n, acknowledged))]
    random.shuffle(acts)
    assert at_once(app, acts) == [], "somebody who may was refused"
    assert acknowledged == set(range(len(entries)))
    assert {revision for _channel, revision in channels(at)} == {1}, "an envelope is not on the roll"


def with_ballots_out(voters: int):
    """A station where everybody has taken a ballot."""
    at = station(voters=voters)
    for voter in range(voters):
        hand_out(at, voter, voter + 1)
    return at


def check_return_against_cast(app, at) -> None:
    """Return and cast at once: the paper is the vote of every voter in the end."""
    acknowledged = set()
    db.session.rollback()
    acts = [act for n in range(len(at.roll)) for act in (returning(at, n + 1), casting(at, n, acknowledged))]
    random.shuffle(acts)
    assert at_once(app, acts) == []
    found = channels(at)
    assert {channel for channel, _revision in found} == {Channel.PAPER_RETURNED}, "a cast beat a returned ballot"
    assert {n for n, (_c, revision) in enumerate(found) if revision} == acknowledged


def test_handing_out_and_casting_at_once_both_happen(app):
    check_issue_against_cast(app, station(voters=ROUNDS))


def test_a_ballot_that_comes_back_while_its_voter_casts_is_the_vote(app):
    check_return_against_cast(app, with_ballots_out(ROUNDS))


def test_two_desks_with_one_stub_serve_one_voter(app):
    at = station(voters=ROUNDS)
    entries = at.entries
    db.session.rollback()
    failures = at_once(app, [issuing(at, entry, 7) for entry in entries])
    assert [type(each) for each in failures] == [DomainError] * (ROUNDS - 1)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PaperStub)) == 1


def test_two_desks_with_one_voter_hand_out_one_ballot(app):
    at = station(voters=1)
    [entry] = at.entries
    db.session.rollback()
    failures = at_once(app, [issuing(at, entry, stub) for stub in range(1, ROUNDS + 1)])
    assert len(failures) == ROUNDS - 1
    assert db.session.scalars(sa.select(PaperStub.stage)).all() == [StubStage.ISSUED]


def test_a_return_at_the_close_is_in_or_refused(app):
    at = with_ballots_out(ROUNDS)
    db.session.rollback()
    failures = at_once(app, [*(returning(at, n + 1) for n in range(ROUNDS)), lambda: close(at)])
    came_in = [channel for channel, _revision in channels(at) if channel is Channel.PAPER_RETURNED]
    assert len(came_in) + len(failures) == ROUNDS
    assert {failure.code for failure in failures} <= {"not_now"}


@contextmanager
def a_cast_that_does_not_hold_the_roll(monkeypatch):
    """The cast reads the roll, the paper comes back meanwhile, and then the cast writes what it has read."""
    has_come_back, take_back = threading.Event(), services.take_back

    def read(vote, _who):
        entry = db.session.scalars(sa.select(RollEntry).where(RollEntry.vote_id == vote.id)).one()
        has_come_back.wait(5)
        return entry

    def take_back_and_say_so(*arguments, **more):
        take_back(*arguments, **more)
        has_come_back.set()

    with monkeypatch.context() as patch:
        patch.setattr(ballots, "_held_entry", read)
        patch.setattr(services, "take_back", take_back_and_say_so)
        yield


def test_the_check_notices_a_cast_that_does_not_hold_the_roll(app, monkeypatch):
    at = with_ballots_out(1)
    with without_the_writers_lock(), a_cast_that_does_not_hold_the_roll(monkeypatch):
        with pytest.raises(AssertionError):
            check_return_against_cast(app, at)


def test_every_acknowledged_cast_keeps_its_envelope(app):
    at = station(voters=ROUNDS)
    check_issue_against_cast(app, at)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Envelope)) == ROUNDS
