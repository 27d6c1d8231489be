"""A receipt is given only for what is stored, is the same for the same page, and its leaf comes into the log."""

import pytest
import sqlalchemy as sa

from app.core.db import db
from app.voting import queries as votes
from app.voting.ballots.queries import ready_token, served_token
from app.voting.ballots.services import NotCast
from app.voting.log import queries
from app.voting.log.models import PendingLeaf
from app.voting.models import Envelope
from app.voting.sealing import leaves
from tests import make
from tests.voting.ballots import box
from tests.voting.log.minutes import pass_ten


def test_a_cast_gives_a_receipt_for_its_envelope(app):
    vote, [voter] = make.open_vote()
    receipt = make.cast(vote, voter, [1])
    envelope = db.session.scalars(sa.select(Envelope)).one()
    assert receipt.is_signed_by(votes.vote_facts(vote.cycle_id).log_public_key)
    assert receipt.leaf == leaves.leaf(envelope.ciphertext, vote_id=vote.id, nonce=receipt.nonce)


def test_the_promised_leaf_is_in_the_log_after_the_batch(app):
    vote, [voter] = make.open_vote()
    receipt = make.cast(vote, voter, [1])
    pass_ten(vote.id)
    assert receipt.leaf in queries.leaves(vote.id)


def test_the_same_page_sent_again_gives_the_same_receipt(app):
    vote, [voter] = make.open_vote()
    facts = votes.vote_facts(vote.cycle_id)
    token = ready_token(facts, served_token(facts, voter), voter)
    receipt = make.cast(vote, voter, [1], token=token)
    assert make.cast(vote, voter, [2], token=token) == receipt
    pass_ten(vote.id)
    box.close(vote.cycle_id)
    assert make.cast(vote, voter, [1], token=token) == receipt
    assert db.session.execute(sa.select(sa.func.count()).select_from(PendingLeaf)).scalar_one() == 0


def test_another_page_gives_another_receipt_and_the_first_one_keeps_its_word(app):
    vote, [voter] = make.open_vote()
    first, second = make.cast(vote, voter, [1]), make.cast(vote, voter, [2])
    assert first != second
    pass_ten(vote.id)
    assert {first.leaf, second.leaf} <= set(queries.leaves(vote.id))


def test_what_is_refused_gets_no_receipt_and_no_leaf(app):
    vote, _roll = make.open_vote()
    with pytest.raises(NotCast):
        make.cast(vote, make.resident(make.neighborhood()), [1])
    assert db.session.scalars(sa.select(PendingLeaf)).all() == []


def test_a_waiting_leaf_knows_its_vote_and_nothing_else(app):
    assert set(PendingLeaf.__table__.columns.keys()) == {"leaf", "vote_id"}
    assert {key.column.table.name for key in PendingLeaf.__table__.foreign_keys} == {"vote"}
