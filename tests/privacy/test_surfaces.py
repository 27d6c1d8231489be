"""T34 on the surfaces a vote leaves besides its envelopes: paper, numbers that count up, and how ids are drawn."""

import secrets
import uuid
from itertools import count
from random import Random

import pytest
import sqlalchemy as sa

from app.core.db import db
from app.voting.paper.batches import services as batches
from tests import make
from tests.privacy import naive, on_paper, votes
from tests.privacy.attacks import Outcome, attacked, fixed_bits, suspects, verdicts
from tests.sizes import size

VOTERS, RUNS = size(commit=10, night=60), size(commit=1, night=5)


def one_vote_on_paper(mix: on_paper.Mix = on_paper.mixed, *, voters: int = VOTERS) -> dict[str, Outcome]:
    """Everything that can be tried after a vote on paper."""
    start = votes.journal_start()
    held = on_paper.hold(voters, mix=mix)
    return attacked(on_paper.traces(held, start), held.truth)


@pytest.mark.slow
@pytest.mark.soak
def test_no_attack_joins_voters_with_their_slips(app, figure):
    found = verdicts([one_vote_on_paper() for _ in range(RUNS)])
    again = {each.name for each in suspects(found)}
    if again:  # chance alone does this once in a hundred; a leak does it again
        again &= {each.name for each in suspects(verdicts([one_vote_on_paper() for _ in range(RUNS)]))}
    best = max(each.linked for each in found)
    figure(
        "T34",
        f"linkage on paper, {db.engine.dialect.name}, {VOTERS} voters",
        size=f"{RUNS} votes, {len(found)} attacks",
        figure=f"{len(again)} better than chance (best: {best} of {RUNS * VOTERS})",
    )
    for seen in ("audit log, PaperReturned × paper_slip.number", "paper_stub.number × accepted slips"):
        assert seen in {each.name for each in found}
    assert sorted(again) == []


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_kit_joins_slips_numbered_in_the_order_in_which_they_came_back(app, monkeypatch, figure):
    """The twin: nobody mixes the pile, and slips are numbered one after the other."""
    numbers = count(1000)
    monkeypatch.setattr(batches, "slip_numbers", lambda many, _draw: [next(numbers) for _ in range(many)])
    found = verdicts([one_vote_on_paper(list, voters=10)])
    whole = {each.name for each in found if each.linked == 10}
    figure("T34", f"linkage on paper, sqlite, {VOTERS} voters", twin="10 of 10 linked")
    assert "audit log, PaperReturned × paper_slip.number" in whole
    assert whole <= {each.name for each in suspects(found)}


def counters() -> dict[str, int]:
    """Every number of the database that counts up by itself."""
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "postgresql":
            rows = connection.execute(sa.text("SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences")).all()
            return {name: value for name, value in rows}
        tables = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
        counted = [name for name, ddl in tables if ddl and "WITHOUT ROWID" not in ddl]
        highest = (sa.text(f'SELECT coalesce(max(rowid), 0) FROM "{name}"') for name in counted)
        return {name: connection.execute(query).scalar_one() for name, query in zip(counted, highest, strict=True)}


def moved_by(act) -> set[str]:
    before = counters()
    act()
    return {name for name, value in counters().items() if value != before.get(name, 0)}


def test_no_number_counts_the_casts(app):
    vote, roll = make.open_vote(voters=3)
    assert moved_by(lambda: [make.cast(vote, voter, [1]) for voter in roll]) == set()


def test_the_check_notices_a_number_that_does(app, tmp_path):
    with naive.schema():
        moved = moved_by(lambda: naive.attacked_vote(20, tmp_path))
        assert len([name for name in moved if name.startswith("naive_")]) == 2


def congruential(times: int) -> list[bytes]:
    """What a generator gives whose state is all there is to know."""
    state, found = 1, []
    for _ in range(times):
        state = (state * 0x2360ED051FC65DA44385DF649FCCF645 + 1) % 2**128
        found.append(state.to_bytes(16, "big"))
    return found


MANY = 80
TWINS = {
    "counter": [n.to_bytes(16, "big") for n in range(MANY)],
    "uuid1": [uuid.uuid1().bytes for _ in range(MANY)],
    "uuid4": [uuid.uuid4().bytes for _ in range(MANY)],
    "congruential": congruential(MANY),
}


@pytest.mark.parametrize("twin", TWINS)
def test_the_look_at_ids_notices_those_that_chance_alone_does_not_draw(twin):
    assert fixed_bits(TWINS[twin])


def test_ids_of_chance_pass_it():
    assert fixed_bits([secrets.token_bytes(16) for _ in range(MANY)]) == []
    assert fixed_bits([Random(1).randbytes(16)] * 2)
