"""What the checker of the faults must notice about leaves and receipts: its twins, on a vote without any fault."""

from dataclasses import replace
from random import Random

import pytest

from app.core.db import db
from app.voting.ballots import services
from app.voting.ballots.services import CastBallot
from app.voting.log import models
from tests import make
from tests.faults import checking
from tests.faults.letters import letters
from tests.voting.ballots import box


def everybody_casts(seed):
    """A vote whose three voters have cast twice each: its cycle, the letters by their keys, and the receipts."""
    vote, roll = make.open_vote(voters=3)
    by_id = {who.id: who for who in roll}
    stacks = letters(vote.cycle_id, roll, each=2, chance=Random(seed))
    sent = {letter.key: letter for stack in stacks for letter in stack}
    cast = {key: CastBallot(ranking=letter.ranking, token=letter.token) for key, letter in sent.items()}
    receipts = {key: services.cast(vote.cycle_id, cast[key], by=by_id[sent[key].voter]) for key in sent}
    return vote.cycle_id, stacks, sent, receipts


def test_leaves_and_receipts_of_honest_casts_hold_before_and_after_a_batch_and_the_close(app, seed):
    cycle_id, stacks, sent, receipts = everybody_casts(seed)
    assert checking.compare(cycle_id, stacks, sent, receipts) == checking.NOTHING
    assert checking.unproved(cycle_id, receipts, Random(seed)) == len(receipts)
    checking.grow_the_log(cycle_id)
    assert checking.compare(cycle_id, stacks, sent, receipts) == checking.NOTHING
    assert checking.unproved(cycle_id, receipts, Random(seed)) == 0
    box.close(cycle_id)
    assert checking.compare(cycle_id, stacks, sent, receipts) == checking.NOTHING
    assert checking.unproved(cycle_id, receipts, Random(seed)) == 0


def test_the_check_notices_a_cast_that_forgets_its_leaf(app, seed, monkeypatch, figure):
    monkeypatch.setattr(services.log, "promise", lambda *_leaf: None)
    cycle_id, stacks, sent, receipts = everybody_casts(seed)
    found = checking.compare(cycle_id, stacks, sent, receipts)
    assert found == replace(checking.NOTHING, unlogged=6)
    checking.grow_the_log(cycle_id)
    unproved = checking.unproved(cycle_id, receipts, Random(seed))
    assert unproved == 6
    twin = f"no pending leaf: {found.unlogged} of 6 leaves missing, {unproved} receipts unproved"
    figure("T1", f"leaves and receipts, {db.engine.dialect.name}", size="6 casts", twin=twin)


def test_the_check_notices_receipts_for_another_leaf(app, seed, monkeypatch, figure):
    store = services._store

    def bent(*arguments):
        leaf, nonce = store(*arguments)
        return leaf[::-1], nonce

    monkeypatch.setattr(services, "_store", bent)
    cycle_id, stacks, sent, receipts = everybody_casts(seed)
    found = checking.compare(cycle_id, stacks, sent, receipts)
    assert found == replace(checking.NOTHING, broken=6)
    figure("T1", f"leaves and receipts, {db.engine.dialect.name}", twin=f"another leaf: {found.broken} of 6 broken")


@pytest.mark.parametrize("part", ["signature", "nonce"])
def test_the_check_notices_a_receipt_with_another(app, seed, part):
    cycle_id, stacks, sent, receipts = everybody_casts(seed)
    bent = {key: replace(each, **{part: bytes(len(getattr(each, part)))}) for key, each in receipts.items()}
    assert checking.compare(cycle_id, stacks, sent, bent).broken == 6


def test_the_check_notices_a_leaf_without_an_envelope(app, seed):
    cycle_id, stacks, sent, receipts = everybody_casts(seed)
    vote_id = next(iter(receipts.values())).vote_id
    db.session.add(models.PendingLeaf(leaf=bytes(32), vote_id=vote_id))
    db.session.commit()
    assert checking.compare(cycle_id, stacks, sent, receipts).unlogged == 1
