"""The batcher: what was promised is in the log within ten minutes, shuffled, signed once a slot, all or nothing."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import clock
from app.core.db import db, transaction
from app.core.jobs import Job, JobStage, run_waiting
from app.voting import queries as votes
from app.voting.log import queries, services
from app.voting.log.models import LogLeaf, PendingLeaf, TreeHead
from app.voting.models import Envelope
from app.voting.tree import merkle, notes
from tests import make
from tests.voting.ballots import box
from tests.voting.log.minutes import pass_ten


def count(model) -> int:
    db.session.rollback()
    return db.session.execute(sa.select(sa.func.count()).select_from(model)).scalar_one()


def ballots_in_log() -> list[bytes]:
    query = sa.select(LogLeaf.leaf).where(LogLeaf.note.is_(None)).order_by(LogLeaf.position)
    return list(db.session.scalars(query))


def cast_all(vote, roll):
    for voter in roll:
        make.cast(vote, voter, [1])


def test_what_was_promised_is_in_the_log_after_ten_minutes(app):
    vote, roll = make.open_vote(voters=3)
    cast_all(vote, roll)
    assert count(PendingLeaf) == 3
    head = pass_ten(vote.id)
    assert count(PendingLeaf) == 0
    assert sorted(ballots_in_log()) == sorted(db.session.scalars(sa.select(Envelope.leaf)))
    assert head.root == merkle.root(queries.leaves(vote.id)) and head.size == count(LogLeaf)


def test_a_head_is_signed_by_the_key_on_the_rule_card(app):
    vote, roll = make.open_vote()
    cast_all(vote, roll)
    assert pass_ten(vote.id).is_signed_by(votes.vote_facts(vote.cycle_id).log_public_key)


def test_a_later_batch_extends_the_log(app):
    vote, roll = make.open_vote(voters=2)
    make.cast(vote, roll[0], [1])
    first = pass_ten(vote.id)
    make.cast(vote, roll[1], [1])
    second = pass_ten(vote.id)
    path = merkle.consistency_path(queries.leaves(vote.id), first.size)
    old = {"old_size": first.size, "old_root": first.root}
    assert second.slot > first.slot and merkle.is_consistent(**old, size=second.size, root=second.root, path=path)


def test_an_empty_slot_gets_no_head(app):
    vote, roll = make.open_vote()
    cast_all(vote, roll)
    head = pass_ten(vote.id)
    assert pass_ten(vote.id, times=3) == head and count(TreeHead) == 1


def test_a_slot_gets_one_head(app):
    vote, roll = make.open_vote(voters=2)
    make.cast(vote, roll[0], [1])
    head = pass_ten(vote.id)
    make.cast(vote, roll[1], [1])
    with clock.at(head.at + timedelta(seconds=599)), transaction():
        services.grow(vote.id)
    assert count(TreeHead) == 1
    with clock.at(head.at + timedelta(seconds=600)), transaction():
        services.grow(vote.id)
    assert count(TreeHead) == 2


def test_a_batch_is_shuffled(app):
    """12 leaves stand in the order of their values, or in that of the casts, once in 479,001,600 batches."""
    vote, roll = make.open_vote(voters=12)
    cast = []
    for voter in roll:
        make.cast(vote, voter, [1])
        cast += set(db.session.scalars(sa.select(PendingLeaf.leaf))) - set(cast)
    pass_ten(vote.id)
    placed = ballots_in_log()
    assert sorted(placed) == sorted(cast) and placed not in (cast, sorted(cast))


def test_the_audit_log_is_anchored_when_it_has_grown(app):
    vote, roll = make.open_vote()
    head = pass_ten(vote.id)
    note = queries.last_note(vote.id, notes.AUDIT)
    assert queries.leaves(vote.id) == [notes.leaf(note, vote_id=vote.id)]
    make.fixed_vote()
    assert pass_ten(vote.id).size == head.size + 1
    assert queries.last_note(vote.id, notes.AUDIT) != note


def test_the_close_takes_in_what_waits_and_says_so(app):
    vote, roll = make.open_vote(voters=3)
    make.cast(vote, roll[0], [1])
    pass_ten(vote.id)
    cast_all(vote, roll)
    box.close(vote.cycle_id)
    assert count(PendingLeaf) == 0
    assert queries.last_note(vote.id, notes.CLOSED) == "closed 4"
    assert queries.last_head(vote.id).size == count(LogLeaf)


def test_closing_the_log_twice_changes_nothing(app):
    vote, roll = make.open_vote()
    box.close(vote.cycle_id)
    head = queries.last_head(vote.id)
    with transaction():
        assert services.close_log(vote.id) == head
    assert queries.last_head(vote.id) == head


@pytest.mark.parametrize("step", ["merkle.root", "_taken", "notes.audit_head"])
def test_a_batch_that_breaks_off_leaves_nothing_and_runs_again(app, monkeypatch, step):
    vote, roll = make.open_vote(voters=2)
    cast_all(vote, roll)
    with monkeypatch.context() as broken:
        broken.setattr(f"app.voting.log.services.{step}", lambda *_a, **_k: 1 / 0)
        services.leave_batches()
        run_waiting()
    assert (count(PendingLeaf), count(LogLeaf), count(TreeHead)) == (2, 0, 0)
    run_waiting()
    assert (count(PendingLeaf), len(ballots_in_log()), count(TreeHead)) == (0, 2, 1)


def test_a_batch_is_left_once_while_one_waits(app):
    make.open_vote()
    services.leave_batches()
    services.leave_batches()
    waiting = sa.select(sa.func.count()).select_from(Job).where(Job.kind == services.BATCH)
    assert db.session.scalar(waiting.where(Job.stage == JobStage.WAITING)) == 1


def test_a_cast_rolled_back_promises_nothing(app, monkeypatch):
    vote, roll = make.open_vote()
    monkeypatch.setattr("app.voting.ballots.services.leaves.make_nonce", lambda: b"too short")
    with pytest.raises(ValueError):
        make.cast(vote, roll[0], [1])
    monkeypatch.undo()
    promise = services.promise
    monkeypatch.setattr(services, "promise", lambda *leaf: promise(*leaf) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make.cast(vote, roll[0], [1])
    assert count(PendingLeaf) == count(Envelope) == 0


def test_what_is_in_the_log_stays_as_it_is(app):
    vote, roll = make.open_vote()
    cast_all(vote, roll)
    pass_ten(vote.id)
    for model in (LogLeaf, TreeHead):
        for change in (sa.delete(model), sa.update(model).values(vote_id=bytes(16))):
            with pytest.raises(sa.exc.DBAPIError, match="append-only"):
                db.session.execute(change)
            db.session.rollback()
