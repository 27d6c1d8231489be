"""Nothing the opening leaves behind leads from a counted ballot to the roll: no column, no value, no order, no time."""

from itertools import combinations, count, islice, permutations

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.db import db
from app.voting.board.rules import ActKind
from app.voting.models import CountedBallot, Envelope, RollEntry
from app.voting.results import services
from app.voting.sealing import opening
from tests import make
from tests.memory import forgotten
from tests.voting.results import board

VOTERS = 40
RANKINGS = list(islice(permutations(range(1, 6), 3), VOTERS))


def test_a_counted_ballot_has_these_columns_and_no_others():
    assert set(CountedBallot.__table__.columns.keys()) == {"id", "vote_id", "source", "ranking"}


def test_no_key_of_a_counted_ballot_leads_to_the_roll_or_an_envelope():
    targets = {key.column.table.name for key in CountedBallot.__table__.foreign_keys}
    assert targets == {"vote"}


def opened_orders():
    """After a vote of 40 different rankings: the ballots in order of id, and the voters in every order there is."""
    vote, roll = make.open_vote(voters=VOTERS, options=5, pot_cents=60_000_00)
    for voter, ranking in zip(roll, RANKINGS, strict=True):
        make.cast(vote, voter, ranking)
    entries = {entry.person_id: entry.id for entry in board.roll_of(vote)}
    sealed = dict(db.session.execute(sa.select(Envelope.roll_entry_id, Envelope.ciphertext)).all())
    cast = dict(zip([voter.id for voter in roll], RANKINGS, strict=True))
    make.close(vote.cycle_id, "A test.")
    board.open_envelopes(vote.cycle_id)
    by_roll = sorted(cast, key=lambda person: entries[person])
    by_hash = sorted(cast, key=lambda person: services.sha256(sealed[entries[person]]).digest())
    orders = {"cast": list(cast.values()), "roll": [cast[p] for p in by_roll], "hash": [cast[p] for p in by_hash]}
    return vote, orders


def ids_by_ranking(vote):
    ballots = db.session.scalars(sa.select(CountedBallot).where(CountedBallot.vote_id == vote.id))
    numbers = ((each.id, [each.ranking[i + 1] for i in range(0, len(each.ranking), 2)]) for each in ballots)
    return {tuple(n for n in row if n): id_ for id_, row in numbers}


def share_in_order(vote, order):
    """The share of pairs of voters whose ballots' ids stand as the voters do; one half is chance."""
    ids = ids_by_ranking(vote)
    pairs = list(combinations(order, 2))
    return sum(ids[first] < ids[second] for first, second in pairs) / len(pairs)


def test_the_order_of_the_ids_tells_nothing_of_any_order_of_the_voters(app):
    vote, orders = opened_orders()
    for name, order in orders.items():
        assert 0.25 < share_in_order(vote, order) < 0.75, name


def test_ids_given_one_after_the_other_are_noticed(app, monkeypatch):
    """The twin: ids that count up keep the order in which the envelopes lay."""
    numbers = count(1)

    def in_turn(ranking):
        return opening.OpenedBallot(id=next(numbers).to_bytes(16, "big"), ranking=ranking)

    monkeypatch.setattr(opening, "_renamed", in_turn)
    monkeypatch.setattr("app.voting.opening.services.random_id", lambda: next(numbers).to_bytes(16, "big"))
    vote, orders = opened_orders()
    assert max(share_in_order(vote, order) for order in orders.values()) == 1.0


def test_the_rows_lie_in_the_order_of_their_random_ids(app):
    vote = board.opened(RANKINGS[:12])
    where = {"sqlite": "", "postgresql": " ORDER BY ctid"}[db.engine.dialect.name]
    found = [row.id for row in db.session.execute(sa.text(f"SELECT id FROM counted_ballot{where}"))]
    assert found == sorted(found) and len(found) == 12 and vote.unreadable == []


def test_no_bytes_of_a_ballot_stand_on_the_roll_or_an_envelope(app):
    vote = board.opened(RANKINGS[:12])
    ids = set(ids_by_ranking(vote).values())
    others = set()
    for model in (RollEntry, Envelope):
        rows = db.session.execute(sa.select(*model.__table__.columns)).all()
        others |= {value for row in rows for value in row if isinstance(value, bytes)}
    assert not ids & others
    assert not any(id_ in value for id_ in ids for value in others)


def test_no_envelope_and_no_entry_of_the_roll_is_written_with_the_ballots(app):
    if db.engine.dialect.name != "postgresql":
        pytest.skip("only PostgreSQL keeps the transaction in a row")
    with forgotten():
        vote = board.opened(RANKINGS[:12])
    wrote = {
        table: set(db.session.scalars(sa.text(f"SELECT DISTINCT xmin::text FROM {table}")))
        for table in ("counted_ballot", "envelope", "roll_entry")
    }
    assert len(wrote["counted_ballot"]) == 1 and vote.closed_set_hash
    assert not wrote["counted_ballot"] & (wrote["envelope"] | wrote["roll_entry"])


def test_opening_again_after_a_kill_gives_other_ids(app, monkeypatch):
    vote, seen = board.closed(RANKINGS[:12]), []
    make.agreed(ActKind.RECONCILE, vote.cycle_id)
    for _ in range(2):
        with monkeypatch.context() as killed:
            killed.setattr("app.voting.opening.services._listed", lambda *_: seen.append(ids_of(vote)) or 1 / 0)
            with pytest.raises(ZeroDivisionError):
                make.agreed(ActKind.OPEN_ENVELOPES, vote.cycle_id)
    assert all(seen) and not seen[0] & seen[1]


def ids_of(vote):
    return set(db.session.scalars(sa.select(CountedBallot.id).where(CountedBallot.vote_id == vote.id)))


def test_the_audit_log_knows_how_many_ballots_and_never_which(app):
    vote = board.opened(RANKINGS[:12])
    entry = db.session.scalar(sa.select(AuditEntry).where(AuditEntry.kind == "EnvelopesOpened"))
    ids = ids_by_ranking(vote).values()
    assert '"ballots":12' in entry.body
    assert not any(id_.hex() in entry.body for id_ in ids)
