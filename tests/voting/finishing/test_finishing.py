"""The end of a vote: no longer provisional, then nothing left that could be opened, and everything published stays."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core import vault
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.cycles.queries import rule_card
from app.voting import queries
from app.voting.board.rules import ActKind
from app.voting.finishing import services
from app.voting.models import CountedBallot, Envelope, RollEntry, Vote
from app.voting.rules import VoteStage
from tests import make
from tests.voting.results import board
from tests.voting.together import table


def envelopes(vote_id):
    mine = sa.select(RollEntry.id).where(RollEntry.vote_id == vote_id)
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Envelope).where(Envelope.roll_entry_id.in_(mine)))


def key_is_there(app, vote_id):
    return (app.config["DATA_DIR"] / "keys" / vote_id.hex() / "trustee-1").exists()


def refusal_of(kind, cycle_id):
    with pytest.raises(DomainError) as refusal:
        make.agreed(kind, cycle_id)
    return refusal.value.code


def test_a_certified_result_is_provisional_until_it_is_declared_final(app, browser):
    cycle_id = board.certified().vote.cycle_id
    assert queries.is_provisional(cycle_id)
    assert "Provisional until objections are heard" in browser.open(f"/results/{cycle_id}").text
    board.days_for_objections_pass(cycle_id)
    vote = make.agreed(ActKind.PUBLISH, cycle_id)
    assert (vote.stage, queries.is_provisional(cycle_id)) == (VoteStage.PUBLISHED, False)
    assert "Provisional" not in browser.open(f"/results/{cycle_id}").text


def test_a_result_before_its_certification_and_a_cycle_without_a_vote_are_not_provisional(app):
    assert not queries.is_provisional(board.counted([(1,)]).vote.cycle_id)
    assert not queries.is_provisional(make.cycle().id)


def test_a_result_is_not_final_before_the_announced_day(app):
    cycle_id = board.certified().vote.cycle_id
    assert refusal_of(ActKind.PUBLISH, cycle_id) == "too_early"
    assert queries.vote_facts(cycle_id).stage is VoteStage.CERTIFIED


def test_the_days_for_objections_are_the_ones_on_the_rule_card(app):
    result = board.certified([(1,)])
    heard = result.vote.objections_until - result.certified_at
    promised = json.loads(rule_card(result.vote.cycle_id).text)["objection_days"]
    assert abs(heard - timedelta(days=promised)) < timedelta(minutes=1)


def test_a_vote_certified_before_objections_were_heard_is_not_provisional(app):
    vote = board.certified([(1,)]).vote
    with transaction():
        db.session.get_one(Vote, vote.id).objections_until = None
    assert not queries.is_provisional(vote.cycle_id)
    page = table(app, vote.cycle_id).first.open(f"/voting/{vote.cycle_id}")
    assert "Next:" not in page.text and "See the result" in page.text


def test_two_members_declare_it_final_and_destroy_the_envelopes_by_their_buttons(app):
    cycle_id = board.certified().vote.cycle_id
    board.days_for_objections_pass(cycle_id)
    both = table(app, cycle_id)
    both.agree("publish", "Declare the result final")
    page = both.agree("destroy", "Destroy the envelopes")
    assert queries.vote_facts(cycle_id).stage is VoteStage.DESTROYED
    assert "See the result" in page.text and "Envelopes in the closed set 10" in page.text


def test_envelopes_are_not_destroyed_before_the_result_is_final(app):
    vote = board.certified().vote
    assert refusal_of(ActKind.DESTROY, vote.cycle_id) == "too_early"
    assert (envelopes(vote.id), key_is_there(app, vote.id)) == (10, True)


def test_destroying_takes_every_envelope_and_the_key_and_leaves_other_votes_alone(app):
    vote, other = board.published(), board.published([(1,), (2,)])
    make.agreed(ActKind.DESTROY, vote.cycle_id)
    assert (envelopes(vote.id), key_is_there(app, vote.id)) == (0, False)
    assert (envelopes(other.id), key_is_there(app, other.id)) == (2, True)
    with pytest.raises(vault.MissingSecret):
        queries.trustee_private_keys(vote.id)


def test_what_was_published_stays_and_can_still_be_recounted(app, browser):
    vote = board.published()
    address = f"/results/{vote.cycle_id}/files/bundle.zip"
    before = browser.client.get(address).data
    make.agreed(ActKind.DESTROY, vote.cycle_id)
    assert browser.client.get(address).data == before
    assert queries.lot_seed(vote.id) and browser.open(f"/results/{vote.cycle_id}").status == 200
    counted = sa.select(sa.func.count()).select_from(CountedBallot).where(CountedBallot.vote_id == vote.id)
    assert db.session.scalar(counted) == len(board.RANKINGS)


def test_a_kill_before_the_commit_destroys_nothing(app, monkeypatch):
    vote = board.published()

    def die(_event):
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(services, "publish", die)
        with pytest.raises(KeyboardInterrupt):
            make.agreed(ActKind.DESTROY, vote.cycle_id)
    assert (envelopes(vote.id), key_is_there(app, vote.id)) == (10, True)
    make.agreed(ActKind.DESTROY, vote.cycle_id)
    assert (envelopes(vote.id), key_is_there(app, vote.id)) == (0, False)


def test_a_key_left_by_a_kill_after_the_commit_is_removed_later(app, monkeypatch):
    vote, running = board.published(), board.published([(1,)])
    with monkeypatch.context() as killed:
        killed.setattr(services, "_destroy_keys", lambda folder, names: None)
        make.agreed(ActKind.DESTROY, vote.cycle_id)
    assert key_is_there(app, vote.id)
    assert [services.destroy_left_keys() for _ in range(2)] == [1, 0]
    assert (key_is_there(app, vote.id), key_is_there(app, running.id)) == (False, True)


def test_a_destroyed_key_is_overwritten_before_it_is_removed(app, monkeypatch):
    vote, left = board.published(), []
    path = app.config["DATA_DIR"] / "keys" / vote.id.hex() / "trustee-1"
    size = path.stat().st_size
    monkeypatch.setattr(type(path), "unlink", lambda self: left.append(self.read_bytes()))
    make.agreed(ActKind.DESTROY, vote.cycle_id)
    assert left == [bytes(size)]


def test_the_log_says_what_was_declared_and_what_was_destroyed(app):
    vote = board.destroyed()
    told = {entry.kind: entry.body for entry in db.session.scalars(sa.select(AuditEntry))}
    assert "ResultPublished" in told and '"envelopes":10' in told["EnvelopesDestroyed"]
    assert f'"vote_id":"{vote.id.hex()}"' in told["EnvelopesDestroyed"]
