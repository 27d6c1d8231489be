"""Batches: counted by two people, never below ten, with random numbers; boxes joined; wrong batches taken apart."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.voting.paper import queries as paper
from app.voting.paper import services as boxes
from app.voting.paper.batches import queries, services
from app.voting.paper.models import PaperBatch, PaperSlip
from app.voting.paper.rules import Sum
from app.voting.paper.services import AddBox, CountStock
from tests import make
from tests.voting.paper.station import ON_SQLITE, all_return, batch, close, entered_twice, returned, station


def refusal(act, *arguments, **more):
    with pytest.raises(DomainError) as refused:
        act(*arguments, **more)
    return refused.value.code


def wrong(at):
    return {problem.sum for problem in paper.problems(at.vote_id)}


def test_two_people_count_a_batch_and_then_its_slips_get_numbers(app):
    at = returned(12)
    made = services.count_batch(at.cycle_id, at.box_id, 12, by=at.clerk)
    assert queries.batch(at.vote_id, made.id).slips == ()
    services.confirm_batch(at.cycle_id, made.id, 12, by=make.actor(Role.OFFICER))
    assert len({slip.number for slip in queries.batch(at.vote_id, made.id).slips}) == 12


@ON_SQLITE
def test_one_person_does_not_count_a_batch_twice(app):
    at = returned(12)
    made = services.count_batch(at.cycle_id, at.box_id, 12, by=at.clerk)
    assert refusal(services.confirm_batch, at.cycle_id, made.id, 12, by=at.clerk) == "same_person"


def test_the_database_refuses_one_person_as_both_counters(app):
    at = returned(12)
    made = services.count_batch(at.cycle_id, at.box_id, 12, by=at.clerk)
    with pytest.raises(IntegrityError, match="two_persons_count"), transaction():
        db.session.get_one(PaperBatch, made.id).confirmed_by_id = at.clerk.id
        db.session.flush()


@ON_SQLITE
def test_two_counts_that_differ_give_no_numbers_until_the_header_is_right(app):
    at, other = returned(12), make.actor(Role.OFFICER)
    made = services.count_batch(at.cycle_id, at.box_id, 11, by=at.clerk)
    assert refusal(services.confirm_batch, at.cycle_id, made.id, 12, by=other) == "counts_differ"
    services.recount_batch(at.cycle_id, made.id, 12, by=at.clerk)
    services.confirm_batch(at.cycle_id, made.id, 12, by=other)
    assert len(queries.batch(at.vote_id, made.id).slips) == 12


@pytest.mark.parametrize(("voters", "size", "code"), [(12, 9, "too_small"), (12, 0, "size"), (12, 51, "size")])
@ON_SQLITE
def test_a_batch_is_neither_small_nor_large(app, voters, size, code):
    at = returned(voters)
    assert refusal(services.count_batch, at.cycle_id, at.box_id, size, by=at.clerk) == code


@ON_SQLITE
def test_the_few_ballots_of_a_whole_vote_are_one_batch(app):
    assert len(batch(returned(4), 4).slips) == 4


def test_the_database_refuses_a_small_batch(app):
    at = returned(12)
    facts = {"vote_id": at.vote_id, "box_id": at.box_id, "number": 1, "counted_by_id": at.clerk.id}
    with pytest.raises(IntegrityError, match="ten_or_the_whole_vote"), transaction():
        db.session.add(PaperBatch(size=9, is_whole_vote=False, **facts))
        db.session.flush()


@ON_SQLITE
def test_nothing_is_bundled_before_the_close(app):
    at = station()
    assert refusal(services.count_batch, at.cycle_id, at.box_id, 10, by=at.clerk) == "not_now"


def test_a_batch_bundled_twice_blocks_until_it_is_taken_apart(app):
    at = returned(12)
    entered_twice(at, batch(at, 12), ["3 1"] * 12)
    twice = batch(at, 12)
    assert wrong(at) == {Sum.SLIPS, Sum.ENTRIES}
    services.void_batch(at.cycle_id, twice.id, "The same slips again.", by=at.clerk)
    assert wrong(at) == set()
    assert paper.accepted_rankings(at.vote_id) == [(3, 1)] * 12


@ON_SQLITE
def test_a_batch_without_its_second_count_blocks(app):
    at = returned(12)
    services.count_batch(at.cycle_id, at.box_id, 12, by=at.clerk)
    assert wrong(at) == {Sum.HEADERS, Sum.SLIPS}


@ON_SQLITE
def test_joined_boxes_are_one_pile_with_one_account(app):
    at = station(voters=12)
    other = boxes.add_box(at.cycle_id, AddBox(name="School"), by=at.clerk)
    close(at)
    boxes.join_boxes(at.cycle_id, at.box_id, other.id, by=at.clerk)
    assert [figures.name for figures in paper.figures(at.vote_id)] == ["Library + School"]
    assert refusal(boxes.join_boxes, at.cycle_id, other.id, at.box_id, by=at.clerk) == "joined"
    assert refusal(services.count_batch, at.cycle_id, at.box_id, 12, by=at.clerk) == "joined"


@ON_SQLITE
def test_boxes_are_joined_before_they_are_bundled(app):
    at = station(voters=12)
    other = boxes.add_box(at.cycle_id, AddBox(name="School"), by=at.clerk).id
    all_return(at)
    close(at)
    services.count_batch(at.cycle_id, at.box_id, 12, by=at.clerk)
    assert refusal(boxes.join_boxes, at.cycle_id, other, at.box_id, by=at.clerk) == "bundled"


@ON_SQLITE
def test_more_cannot_be_left_than_was_printed(app):
    at = returned(12)
    command = CountStock(spoiled=10, unused=10)
    assert refusal(boxes.count_stock, at.cycle_id, at.stock_id, command, by=at.clerk) == "more_than_printed"


@ON_SQLITE
def test_printings_number_their_stubs_one_after_the_other(app):
    at = station(sheets=20)
    printing = boxes.RecordPrinting(language="es", large_print=True, sheets=5)
    made = boxes.record_printing(at.cycle_id, at.box_id, printing, by=at.clerk)
    assert (made.first_stub, paper.stock(at.vote_id, made.id).last_stub) == (21, 25)


def test_a_slip_number_is_used_once_in_a_batch(app):
    at = returned(12)
    of = batch(at, 12)
    with pytest.raises(IntegrityError), transaction():
        db.session.add(PaperSlip(batch_id=of.id, number=of.slips[0].number))
        db.session.flush()


@ON_SQLITE
def test_a_batch_of_another_vote_is_not_found(app):
    at, other = returned(12), returned(12)
    of = batch(other, 12)
    assert refusal(services.void_batch, at.cycle_id, of.id, "Mine.", by=at.clerk) == "not_found"
    assert db.session.scalar(sa.select(PaperBatch.void_reason).where(PaperBatch.id == of.id)) is None
