"""Somebody on the roll without an account casts as everybody else does."""

from hashlib import sha256

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core.db import db, transaction
from app.core.tokens import random_id
from app.voting.ballots import queries as ballots
from app.voting.ballots.queries import ready_token, served_token
from app.voting.ballots.rules import Door
from app.voting.ballots.services import CastBallot, NotCast, cast
from app.voting.models import Envelope, RollEntry
from app.voting.queries import vote_facts
from app.voting.roll.models import Listing
from app.voting.rules import Channel, CodeVoter, Refusal, roll_hash
from tests import make


def listed(vote, **more) -> CodeVoter:
    """Somebody put on the roll of an open vote by a listing."""
    facts = {"reference": random_id().hex()[:8], "name": "Mia", "address": "2 Mill Lane"}
    line = Listing(id=random_id(), cycle_id=vote.cycle_id, name_key="mia", address_key="2 mill lane", **facts)
    entry = RollEntry(id=random_id(), vote_id=vote.id, listing_id=line.id, source="listing", channel=Channel.NONE)
    entry.revision = 0
    for name, value in more.items():
        setattr(entry, name, value)
    with transaction():
        db.session.add(line)
        db.session.flush()
        db.session.add(entry)
        return CodeVoter(entry_id=entry.id)


def test_a_code_voter_casts_and_changes_the_ballot(app):
    vote, _roll = make.open_vote()
    mia = listed(vote)
    make.cast(vote, mia, [1, 2])
    make.cast(vote, mia, [2])
    revisions = sa.select(Envelope.revision).where(Envelope.roll_entry_id == mia.entry_id)
    assert sorted(db.session.scalars(revisions)) == [1, 2]
    assert ballots.ballot(vote.cycle_id, mia).has_voted


def test_a_page_of_an_account_is_no_page_of_a_code_voter(app):
    vote, [ada] = make.open_vote()
    mia, facts = listed(vote), vote_facts(vote.cycle_id)
    token = ready_token(facts, served_token(facts, ada), ada)
    with pytest.raises(NotCast) as refused:
        cast(vote.cycle_id, CastBallot(ranking=(1,), token=token), by=mia)
    assert refused.value.refusal is Refusal.STALE_PAGE


def test_a_code_of_another_vote_opens_no_ballot(app):
    vote, _roll = make.open_vote()
    other, _roll = make.open_vote()
    stranger = listed(other)
    assert ballots.ballot(vote.cycle_id, stranger).door is Door.NOT_ON_ROLL
    with pytest.raises(NotCast) as refused:
        make.cast(vote, stranger, [1])
    assert refused.value.refusal is Refusal.NOT_ON_ROLL


def test_somebody_struck_from_the_roll_reads_so_and_cannot_cast(app):
    vote, _roll = make.open_vote()
    struck = listed(vote, channel=Channel.VOID)
    assert ballots.ballot(vote.cycle_id, struck).door is Door.STRUCK
    with pytest.raises(NotCast) as refused:
        make.cast(vote, struck, [1])
    assert refused.value.refusal is Refusal.STRUCK


def test_an_entry_of_the_roll_needs_somebody_behind_it(app):
    vote, _roll = make.open_vote()
    with pytest.raises(IntegrityError, match="somebody_stands_behind_it"):
        listed(vote, listing_id=None)


def test_the_hash_of_a_roll_without_listings_is_what_it_always_was():
    ids, vote_id = (b"b" * 16, b"a" * 16), b"v" * 16
    old = sha256(b"lamplight-roll/1" + vote_id + ids[1] + (7).to_bytes(8, "big") + ids[0] + (5).to_bytes(8, "big"))
    assert roll_hash(vote_id, [(ids[0], 5, None), (ids[1], 7, None)]) == old.hexdigest()


def test_the_hash_of_a_roll_changes_with_a_listing():
    entry, vote_id, one, two = b"a" * 16, b"v" * 16, b"1" * 16, b"2" * 16
    hashes = {
        roll_hash(vote_id, lines)
        for lines in ([(entry, 5, None)], [(entry, 5, one)], [(entry, 5, two)], [(entry, None, one)])
    }
    assert len(hashes) == 4
