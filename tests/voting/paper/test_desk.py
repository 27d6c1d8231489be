"""The desk: ballots handed out, taken back, given up and put right, and what each does to the roll."""

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.voting import queries as votes
from app.voting.ballots.services import NotCast
from app.voting.models import RollEntry
from app.voting.paper.desk import queries, services
from app.voting.paper.desk.services import IssuePaper, VoidPaper
from app.voting.paper.rules import StubStage
from app.voting.reconciling import queries as reconciling
from app.voting.rules import Channel
from tests import make
from tests.voting.ballots import box as ballot_box
from tests.voting.paper.station import ON_SQLITE, close, hand_out, station, vote_row
from tests.voting.roll import lists


def channel(at, voter=0):
    return db.session.scalar(sa.select(RollEntry.channel).where(RollEntry.id == at.entries[voter]))


def give_up(at, stub, stage=StubStage.SPOILED):
    services.void(at.cycle_id, VoidPaper(stub=stub, stage=stage, note="Torn."), by=at.clerk)


def refusal(act, *arguments, **more):
    with pytest.raises(DomainError) as refused:
        act(*arguments, **more)
    return refused.value.code


def test_a_ballot_goes_out_and_comes_back(app):
    at = station()
    hand_out(at, 0, 7)
    assert (channel(at), queries.stub(at.vote_id, 7).stage) == (Channel.PAPER_ISSUED, StubStage.ISSUED)
    services.take_back(at.cycle_id, 7, by_post=True, by=at.clerk)
    found = queries.stub(at.vote_id, 7)
    assert (channel(at), found.stage, found.by_post) == (Channel.PAPER_RETURNED, StubStage.RETURNED, True)


@ON_SQLITE
def test_the_same_hand_over_sent_twice_changes_nothing(app):
    at = station()
    hand_out(at, 0, 7)
    hand_out(at, 0, 7)
    assert queries.tally(at.vote_id)[StubStage.ISSUED] == 1


def test_a_stub_is_handed_out_once_and_a_voter_has_one(app):
    at = station()
    hand_out(at, 0, 7)
    assert refusal(hand_out, at, 1, 7) == "stub_taken"
    assert refusal(hand_out, at, 0, 8) == "has_one"


@pytest.mark.parametrize("stub", [21, 500])
@ON_SQLITE
def test_a_stub_that_was_never_printed_is_refused(app, stub):
    assert refusal(hand_out, station(), 0, stub) == "unknown_stub"


@ON_SQLITE
def test_an_envelope_counts_until_the_paper_is_back(app):
    at = station()
    make.cast(vote_row(at), at.roll[0], [2, 1])
    hand_out(at, 0, 7)
    ballot_box.close(at.cycle_id)
    assert ballot_box.rankings(at.cycle_id) == [(2, 1)]


def test_a_returned_ballot_beats_the_envelope(app):
    at = station()
    make.cast(vote_row(at), at.roll[0], [2, 1])
    hand_out(at, 0, 7)
    services.take_back(at.cycle_id, 7, by=at.clerk)
    ballot_box.close(at.cycle_id)
    assert ballot_box.rankings(at.cycle_id) == []


@ON_SQLITE
def test_whoever_has_a_ballot_at_home_may_vote_online_and_return_it_later(app):
    at = station()
    hand_out(at, 0, 7)
    make.cast(vote_row(at), at.roll[0], [2])
    assert channel(at) is Channel.ONLINE
    assert refusal(hand_out, at, 0, 8) == "has_one"
    services.take_back(at.cycle_id, 7, by=at.clerk)
    with pytest.raises(NotCast):
        make.cast(vote_row(at), at.roll[0], [3])


def test_an_envelope_is_expected_of_a_voter_with_a_ballot_at_home_who_has_cast(app):
    at = station()
    for voter in at.roll[:2]:
        make.cast(vote_row(at), voter, [2, 1])
    hand_out(at, 0, 7)
    hand_out(at, 2, 8)
    ballot_box.close(at.cycle_id)
    numbers = reconciling.numbers(at.vote_id)
    assert (numbers.voters_online, numbers.envelopes) == (2, 2)


@pytest.mark.parametrize("stage", [StubStage.SPOILED, StubStage.LOST])
@ON_SQLITE
def test_after_a_spoiled_or_lost_ballot_the_voter_has_another(app, stage):
    at = station()
    hand_out(at, 0, 7)
    give_up(at, 7, stage)
    assert channel(at) is Channel.NONE
    hand_out(at, 0, 8)
    services.take_back(at.cycle_id, 8, by=at.clerk)
    assert channel(at) is Channel.PAPER_RETURNED


@ON_SQLITE
def test_after_a_lost_ballot_the_envelope_is_the_vote_again(app):
    at = station()
    make.cast(vote_row(at), at.roll[0], [2])
    hand_out(at, 0, 7)
    give_up(at, 7, StubStage.LOST)
    assert channel(at) is Channel.ONLINE
    assert votes.final_envelope_count(at.vote_id) == 1


def test_a_lost_ballot_comes_back_only_while_its_voter_has_no_other(app):
    at = station()
    for voter, stub in ((0, 7), (1, 8)):
        hand_out(at, voter, stub)
        give_up(at, stub, StubStage.LOST)
    services.take_back(at.cycle_id, 7, by=at.clerk)
    hand_out(at, 1, 9)
    assert refusal(services.take_back, at.cycle_id, 8, by=at.clerk) == "replaced"
    assert channel(at) is Channel.PAPER_RETURNED


@ON_SQLITE
def test_a_ballot_comes_back_once_and_a_spoiled_one_never(app):
    at = station()
    hand_out(at, 0, 7)
    hand_out(at, 1, 8)
    services.take_back(at.cycle_id, 7, by=at.clerk)
    give_up(at, 8)
    codes = [refusal(services.take_back, at.cycle_id, stub, by=at.clerk) for stub in (7, 8, 9)]
    assert codes == ["returned", "spoiled", "unknown_stub"]


@ON_SQLITE
def test_the_ballot_of_somebody_struck_off_the_roll_does_not_come_back(app):
    at = station()
    hand_out(at, 0, 7)
    with transaction():
        db.session.get_one(RollEntry, at.entries[0]).channel = Channel.VOID
    assert refusal(services.take_back, at.cycle_id, 7, by=at.clerk) == "void"
    assert refusal(hand_out, at, 0, 8) == "void"
    assert channel(at) is Channel.VOID


@ON_SQLITE
def test_a_wrong_return_is_taken_back_while_the_vote_is_open(app):
    at = station()
    make.cast(vote_row(at), at.roll[0], [2])
    hand_out(at, 0, 7)
    services.take_back(at.cycle_id, 7, by=at.clerk)
    services.undo_return(at.cycle_id, 7, "It was 17.", by=at.clerk)
    assert (channel(at), queries.stub(at.vote_id, 7).note) == (Channel.PAPER_ISSUED, "It was 17.")
    assert votes.final_envelope_count(at.vote_id) == 1


@ON_SQLITE
def test_nothing_is_done_at_the_desk_after_the_close(app):
    at = station()
    hand_out(at, 0, 7)
    hand_out(at, 1, 8)
    services.take_back(at.cycle_id, 8, by=at.clerk)
    close(at)
    codes = [
        refusal(hand_out, at, 2, 9),
        refusal(services.take_back, at.cycle_id, 7, by=at.clerk),
        refusal(give_up, at, 7),
        refusal(services.undo_return, at.cycle_id, 8, "No.", by=at.clerk),
    ]
    assert codes == ["not_now"] * 4


@ON_SQLITE
def test_an_entry_of_another_vote_is_not_found(app):
    at, other = station(), station()
    command = IssuePaper(entry_id=other.entries[0], stub=7, by_post=False)
    assert refusal(services.issue, at.cycle_id, command, by=at.clerk) == "not_found"


@ON_SQLITE
def test_only_clerks_and_officers_stand_at_the_desk(app):
    at = station()
    command = IssuePaper(entry_id=at.entries[0], stub=7, by_post=False)
    for role in (Role.OBSERVER, Role.OVERSEER, Role.ADMIN):
        with pytest.raises(NoStanding):
            services.issue(at.cycle_id, command, by=make.actor(role))


def test_voters_are_found_by_name_address_and_reference(app):
    at = station(voters=12)
    voter = queries.voter(at.vote_id, at.entries[3])
    found = [queries.voters(at.vote_id, words).total for words in (voter.name, "mill lane", voter.reference, "%", "_")]
    assert found == [1, 12, 1, 0, 0]


def test_somebody_on_a_list_is_found_by_what_the_list_says(app):
    at = station()
    line = lists.listed(vote_row(at).cycle, "Mia Stone", reference="R-17", address="9 Quay Street")
    with transaction():
        facts = {"source": "listing", "channel": Channel.NONE, "revision": 0}
        db.session.add(RollEntry(vote_id=at.vote_id, listing_id=line.id, **facts))
    found = [[voter.name for voter in queries.voters(at.vote_id, words).items] for words in ("mia", "quay", "R-17")]
    assert found == [["Mia Stone"]] * 3


@ON_SQLITE
def test_the_search_costs_as_many_statements_for_many_as_for_few(app, statements):
    counts = []
    for voters in (1, 15):
        at = station(voters=voters)
        statements.clear()
        queries.voters(at.vote_id, "Voter")
        counts.append(len(statements))
    assert counts[0] == counts[1]
