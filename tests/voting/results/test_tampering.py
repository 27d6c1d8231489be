"""What was promised or published before the count cannot be changed behind its back: the count refuses and says why."""

import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core import files
from app.core.db import db
from app.core.errors import DomainError
from app.cycles.models import RuleCard
from app.voting.counting import lots
from app.voting.counting.closed_set import from_bytes, to_bytes
from app.voting.models import Result, Vote
from app.voting.results import queries, services
from app.voting.rules import VoteStage
from tests.voting.results import board


def path_of_the_set(app, vote) -> Path:
    return app.config["DATA_DIR"] / "files" / vote.closed_set_hash[:2] / vote.closed_set_hash


def path_of_the_seed(app, vote) -> Path:
    return app.config["DATA_DIR"] / "keys" / vote.id.hex() / "lot-seed"


def refusal_of(verb, vote):
    with pytest.raises(DomainError) as refusal:
        verb(vote.cycle_id)
    return refusal.value.code


def signing(cycle_id):
    return services.certify(cycle_id, by=board.clerk(cycle_id))


def another_first_ballot(content: bytes) -> bytes:
    closed = from_bytes(content)
    closed.ballots[0] = 0
    return to_bytes(closed)


@pytest.mark.parametrize("change", [another_first_ballot, lambda c: c[:-10], lambda c: c + b"\0", lambda c: b""])
def test_a_closed_set_changed_on_disk_is_not_counted(app, change):
    vote = board.opened()
    path = path_of_the_set(app, vote)
    path.write_bytes(change(path.read_bytes()))
    assert refusal_of(board.count, vote) == "closed_set_altered"
    assert db.session.get(Vote, vote.id).stage is VoteStage.OPENED


def test_a_lost_closed_set_is_not_counted(app):
    vote = board.opened()
    path_of_the_set(app, vote).unlink()
    assert refusal_of(board.count, vote) == "closed_set_altered"


def test_the_closed_set_of_another_vote_is_not_counted(app):
    vote, other = board.opened(), board.opened([(1,)])
    with services.transaction():
        db.session.get(Vote, vote.id).closed_set_hash = other.closed_set_hash
    assert refusal_of(board.count, vote) == "closed_set_altered"


def test_a_count_that_trusts_the_disk_counts_a_changed_set(app, monkeypatch):
    """The twin: without the hash the changed ballot goes unnoticed, so it is the hash that protects."""
    vote = board.opened()
    path = path_of_the_set(app, vote)
    path.write_bytes(another_first_ballot(path.read_bytes()))
    monkeypatch.setattr(files, "load", lambda _: path.read_bytes())
    result = board.count(vote.cycle_id)
    assert services.read_outcome(result.outcome).counting_ballots == len(board.RANKINGS) - 1


def test_another_lot_seed_is_not_taken(app):
    vote = board.opened()
    path_of_the_seed(app, vote).write_bytes(os.urandom(32))
    assert refusal_of(board.count, vote) == "lot_altered"


@pytest.mark.parametrize("seed", [b"", b"short", b"x" * 33])
def test_a_damaged_lot_seed_is_not_taken(app, seed):
    vote = board.opened()
    path_of_the_seed(app, vote).write_bytes(seed)
    assert refusal_of(board.count, vote) == "lot_altered"


def test_a_lost_lot_seed_stops_the_count(app):
    vote = board.opened()
    path_of_the_seed(app, vote).unlink()
    assert refusal_of(board.count, vote) == "lot_missing"


def test_a_count_that_keeps_no_promise_takes_any_seed(app, monkeypatch):
    """The twin: without the commitment a chosen seed would decide the ties."""
    vote = board.opened()
    path_of_the_seed(app, vote).write_bytes(b"c" * 32)
    monkeypatch.setattr(queries, "keeps_the_promise", lambda seed, promised: True)
    assert board.count(vote.cycle_id).lot_seed == (b"c" * 32).hex()


def test_the_database_keeps_a_rule_card_from_being_changed(app):
    vote = board.opened()
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), services.transaction():
        db.session.execute(sa.update(RuleCard).where(RuleCard.cycle_id == vote.cycle_id).values(content="{}"))


def test_a_rule_card_changed_all_the_same_is_not_counted_by(app, monkeypatch):
    vote = board.opened()
    true = queries.rule_card(vote.cycle_id)
    cheaper = services.canonical(true.content | {"spendable_cents": 1})
    monkeypatch.setattr(queries, "rule_card", lambda _: board.replace(true, text=cheaper))
    assert refusal_of(board.count, vote) == "rule_card_altered"


def test_counts_that_differ_are_not_kept_and_the_place_is_named(app, monkeypatch):
    difference = "runoff 2, count 1: the engine has 3, pyrankvote 4"
    vote = board.opened()
    monkeypatch.setattr(services, "first_difference", lambda _vote, _outcome: difference)
    with pytest.raises(DomainError, match="runoff 2, count 1"):
        board.count(vote.cycle_id)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Result)) == 0


def test_an_outcome_changed_in_the_database_is_not_signed(app):
    result = board.counted()
    vote = result.vote
    with services.transaction():
        row = db.session.get(Result, result.id)
        row.outcome = row.outcome.replace('"pot_cents":6000000', '"pot_cents":7000000')
        row.outcome_hash = services.sha256(row.outcome.encode()).hexdigest()
    assert refusal_of(signing, vote) == "result_differs"


def test_a_second_signature_also_counts_again(app):
    result = board.counted()
    vote = result.vote
    services.certify(vote.cycle_id, by=board.observer(vote.cycle_id))
    path_of_the_set(app, vote).unlink()
    assert refusal_of(signing, vote) == "closed_set_altered"


def test_the_lot_order_follows_from_what_is_published(app):
    result = board.counted()
    order = lots.lot_order(bytes.fromhex(result.closed_set_hash), bytes.fromhex(result.lot_seed), range(1, 6))
    assert tuple(result.lot_order) == order
    assert files.load(result.closed_set_hash)
