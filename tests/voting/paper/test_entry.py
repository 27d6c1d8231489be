"""Two blind entries by different accounts, a third look where they differ, and nobody with two turns."""

import json

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.voting.paper import queries as paper
from app.voting.paper.batches import queries
from app.voting.paper.entry import services
from app.voting.paper.models import PaperEntry, PaperSitting
from app.voting.paper.rules import Turn
from tests import make
from tests.voting.paper.station import ON_SQLITE, batch, enter, entered_twice, returned

SAID = ["3 1", "2", "b"] + ["5 4 3"] * 9


def refusal(act, *arguments, **more):
    with pytest.raises(DomainError) as refused:
        act(*arguments, **more)
    return refused.value.code


def numbered(of, *, but=None, words=SAID):
    return [(but or {}).get(at, said) for at, said in enumerate(words)]


def test_equal_entries_are_accepted_with_their_rejections(app):
    at = returned(12)
    entered_twice(at, batch(at, 12), SAID)
    assert paper.problems(at.vote_id) == []
    assert paper.accepted_rankings(at.vote_id) == [(2,), (3, 1)] + [(5, 4, 3)] * 9


def test_different_entries_wait_for_a_third_look(app):
    at = returned(12)
    of = batch(at, 12)
    entered_twice(at, of, SAID, numbered(of, but={0: "3 2", 5: "b"}))
    assert [slip.number for slip in queries.batch(at.vote_id, of.id).unlike] == [of.slips[0].number, of.slips[5].number]
    assert [(each.left, each.right) for each in paper.problems(at.vote_id)] == [(12, 10)]
    third = make.actor(Role.OFFICER)
    services.settle(at.cycle_id, of.id, f"{of.slips[0].number} 3 1", by=third)
    services.settle(at.cycle_id, of.id, f"{of.slips[5].number} b", by=third)
    assert paper.problems(at.vote_id) == []
    assert len(paper.accepted_rankings(at.vote_id)) == 10


@ON_SQLITE
def test_a_third_look_that_agrees_with_neither_is_typed_twice(app):
    at = returned(12)
    of, third = batch(at, 12), make.actor(Role.OFFICER)
    entered_twice(at, of, SAID, numbered(of, but={0: "3 2"}))
    line = f"{of.slips[0].number} 3"
    assert refusal(services.settle, at.cycle_id, of.id, line, by=third) == "neither"
    assert refusal(services.settle, at.cycle_id, of.id, line, again=f"{of.slips[0].number} 2", by=third) == "neither"
    services.settle(at.cycle_id, of.id, line, again=line, by=third)
    assert (3,) in paper.accepted_rankings(at.vote_id)


@ON_SQLITE
def test_one_account_does_not_enter_a_batch_twice(app):
    at, officer = returned(12), make.actor(Role.OFFICER)
    of = batch(at, 12)
    enter(at, of, SAID, officer)
    assert refusal(services.enter, at.cycle_id, of.id, f"{of.slips[0].number} 3 1", by=officer) == "not_your_turn"


def test_the_database_refuses_one_account_two_turns_at_a_batch(app):
    at, officer = returned(12), make.actor(Role.OFFICER)
    of = batch(at, 12)
    enter(at, of, SAID, officer)
    with pytest.raises(IntegrityError, match="one_turn_per_account|paper_sitting"), transaction():
        db.session.add(PaperSitting(batch_id=of.id, operator_id=officer.id, turn=Turn.SECOND))
        db.session.flush()


def test_the_database_refuses_an_entry_in_a_turn_its_account_does_not_have(app):
    at, officer = returned(12), make.actor(Role.OFFICER)
    of = batch(at, 12)
    enter(at, of, SAID, officer)
    facts = {"slip_id": of.slips[0].id, "batch_id": of.id, "operator_id": officer.id, "ranking": [1]}
    for turn in (Turn.SECOND, Turn.THIRD):
        with pytest.raises(IntegrityError), transaction():
            db.session.add(PaperEntry(turn=turn, **facts))
            db.session.flush()


@ON_SQLITE
def test_whoever_entered_a_batch_does_not_settle_it(app):
    at = returned(12)
    of, second = batch(at, 12), make.actor(Role.OFFICER)
    enter(at, of, SAID, make.actor(Role.OFFICER))
    enter(at, of, numbered(of, but={0: "3 2"}), second)
    assert refusal(services.settle, at.cycle_id, of.id, f"{of.slips[0].number} 3 1", by=second) == "not_your_turn"


@ON_SQLITE
def test_several_share_a_turn_but_the_second_begins_when_the_first_is_over(app):
    at, one, two = returned(12), make.actor(Role.OFFICER), make.actor(Role.OFFICER)
    of = batch(at, 12)
    services.enter(at.cycle_id, of.id, f"{of.slips[0].number} 3", by=one)
    services.enter(at.cycle_id, of.id, f"{of.slips[1].number} 3", by=two)
    assert {queries.turn_of(of.id, each.id) for each in (one, two)} == {Turn.FIRST}


@ON_SQLITE
def test_an_entry_is_corrected_by_its_own_account_in_its_own_turn(app):
    at, one, two = returned(12), make.actor(Role.OFFICER), make.actor(Role.OFFICER)
    of = batch(at, 12)
    number = of.slips[0].number
    services.enter(at.cycle_id, of.id, f"{number} 3", by=one)
    assert refusal(services.enter, at.cycle_id, of.id, f"{number} 4", by=one) == "entered"
    assert refusal(services.enter, at.cycle_id, of.id, f"={number} 4", by=two) == "entered"
    services.enter(at.cycle_id, of.id, f"={number} 4", by=one)
    assert queries.batch(at.vote_id, of.id).slips[0].first.ranking == (4,)


@ON_SQLITE
def test_the_same_line_sent_twice_is_kept_once(app):
    at, one = returned(12), make.actor(Role.OFFICER)
    of = batch(at, 12)
    for _ in range(2):
        services.enter(at.cycle_id, of.id, f"{of.slips[0].number} 3", by=one)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PaperEntry)) == 1


@ON_SQLITE
def test_a_slip_of_another_batch_is_refused(app):
    at, one = returned(24), make.actor(Role.OFFICER)
    of, other = batch(at, 12), batch(at, 12)
    foreign = next(s.number for s in other.slips if s.number not in {mine.number for mine in of.slips})
    assert refusal(services.enter, at.cycle_id, of.id, f"{foreign} 3", by=one) == "foreign_slip"


@ON_SQLITE
def test_nothing_tells_what_agrees_before_both_turns_are_over(app):
    at, two = returned(12), make.actor(Role.OFFICER)
    of = batch(at, 12)
    enter(at, of, SAID, make.actor(Role.OFFICER))
    services.enter(at.cycle_id, of.id, f"{of.slips[0].number} 3 1", by=two)
    found, figures = queries.batch(at.vote_id, of.id), paper.figures(at.vote_id)[0]
    assert (found.accepted, found.unlike, figures.accepted) == (0, [], 0)


@ON_SQLITE
def test_the_second_turn_comes_in_another_order(app):
    of = batch(returned(40), 40)
    assert sorted(of.waiting(Turn.FIRST)) == sorted(of.waiting(Turn.SECOND))
    assert of.waiting(Turn.FIRST) != of.waiting(Turn.SECOND)


@ON_SQLITE
def test_the_audit_log_says_neither_which_slip_nor_what_is_on_it(app):
    at = returned(12)
    of = batch(at, 12)
    services.enter(at.cycle_id, of.id, f"{of.slips[0].number} 5 4", by=make.actor(Role.OFFICER))
    body = db.session.scalars(sa.select(AuditEntry.body).where(AuditEntry.kind == "SlipEntered")).one()
    facts = json.loads(body)["facts"]
    assert set(facts) == {"actor_id", "cycle_id", "batch", "turn", "corrected"}
    assert of.slips[0].number not in facts.values()


@ON_SQLITE
def test_a_page_of_batches_costs_as_many_statements_for_many_slips_as_for_few(app, statements):
    counts = []
    for size in (10, 30):
        at = returned(size)
        batch(at, size)
        statements.clear()
        queries.batches(at.vote_id)
        counts.append(len(statements))
    assert counts == [2, 2]
