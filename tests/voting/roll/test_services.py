"""Preparing a roll and freezing it."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, NotFound
from app.cycles.queries import facts
from app.voting.board.rules import ActKind
from app.voting.models import RollEntry
from app.voting.paper.desk import queries as desk
from app.voting.queries import roll_is_whole, vote_facts
from app.voting.roll import queries, services
from app.voting.roll.imports import services as imports
from app.voting.roll.imports.models import RejectedRow
from app.voting.roll.models import Listing, RollStrike, ToldApart
from app.voting.roll.services import AddLine, Settle
from app.voting.rules import Channel
from tests import make
from tests.voting.roll.lists import a_list, bring_in, clerk_of, listed, names


def prepared(**more):
    """A vote that could open, its cycle, and a clerk of its neighborhood."""
    vote = make.fixed_vote(**more)
    cycle = vote.cycle
    return vote, cycle, clerk_of(cycle.neighborhood_id)


def opened(cycle):
    return make.agreed(ActKind.OPEN, cycle.id)


def settle_all(cycle, clerk, *, is_same):
    for pair in queries.likenesses(facts(cycle.id)):
        command = Settle(listing_id=pair.listing_id, person_id=pair.person_id, is_same=is_same)
        services.settle(cycle.id, command, by=clerk)


def test_a_frozen_roll_holds_accounts_and_listings_with_their_hash(app):
    _vote, cycle, _clerk = prepared()
    [ada] = make.electorate(cycle.neighborhood, 1)
    bring_in(cycle, a_list("A1,Jo Okafor,3 Quay Street,,,", "A2,Mia Lund,4 Quay Street,,,"))
    vote = opened(cycle)
    found = db.session.execute(sa.select(RollEntry.person_id, RollEntry.listing_id, RollEntry.source)).all()
    assert sorted((p or 0, li is not None, s) for p, li, s in found) == [
        (0, True, "listing"), (0, True, "listing"), (ada.id, False, "verified_residence"),
    ]  # fmt: skip
    assert vote.roll_size == 3 and roll_is_whole(vote_facts(cycle.id))


def test_an_empty_roll_is_not_frozen(app):
    _vote, cycle, _clerk = prepared()
    with pytest.raises(DomainError, match="Nobody has a verified residence"):
        opened(cycle)


def test_a_list_counts_once_it_is_confirmed_and_rejected_rows_are_forgotten(app):
    _vote, cycle, _clerk = prepared()
    bring_in(cycle, a_list("A1,Jo Okafor,3 Quay Street,,,", "A2,,4 Quay Street,,,"))
    bring_in(cycle, a_list("A3,Mia Lund,5 Quay Street,,,"), confirm=False)
    assert opened(cycle).roll_size == 1
    assert db.session.scalars(sa.select(Listing.name)).all() == ["Jo Okafor"]
    assert db.session.scalars(sa.select(RejectedRow.line)).all() == []


def test_a_list_is_taken_back_as_a_whole(app):
    _vote, cycle, clerk = prepared()
    kept = bring_in(cycle, a_list("A1,Jo Okafor,3 Quay Street,,,"))
    wrong = bring_in(cycle, a_list("B1,Mia Lund,5 Quay Street,,,", "B2,Kai Lund,5 Quay Street,,,"))
    [line] = queries.lines(facts(cycle.id), words="Mia").items
    services.strike(cycle.id, line.key, "Moved away in May.", by=clerk)
    imports.undo(cycle.id, wrong, by=clerk)
    imports.undo(cycle.id, wrong, by=clerk)
    assert names(queries.lines(facts(cycle.id)).items) == ["Jo Okafor"]
    assert kept != wrong and db.session.scalars(sa.select(RollStrike.reason)).all() == []


def test_nothing_is_brought_in_taken_back_struck_or_settled_once_the_roll_is_frozen(app):
    _vote, cycle, clerk = prepared()
    done = bring_in(cycle, a_list("A1,Jo Okafor,3 Quay Street,,,"))
    opened(cycle)
    [line] = queries.lines(facts(cycle.id)).items
    late = [
        lambda: bring_in(cycle, a_list("A2,Mia Lund,5 Quay Street,,,")),
        lambda: imports.undo(cycle.id, done, by=clerk),
        lambda: services.strike(cycle.id, line.key, "Moved away in May.", by=clerk),
        lambda: services.settle(cycle.id, Settle(listing_id=line.listing_id, person_id=1, is_same=True), by=clerk),
    ]
    for act in late:
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code == "frozen"


def test_a_struck_line_is_not_frozen_and_a_restored_one_is(app):
    _vote, cycle, clerk = prepared()
    bring_in(cycle, a_list("A1,Jo Okafor,3 Quay Street,,,", "A2,Mia Lund,4 Quay Street,,,"))
    jo, mia = queries.lines(facts(cycle.id)).items
    for line in (jo, mia):
        services.strike(cycle.id, line.key, "Moved away in May.", by=clerk)
    services.restore(cycle.id, mia.key, by=clerk)
    opened(cycle)
    assert db.session.scalars(sa.select(RollEntry.listing_id)).all() == [mia.listing_id]


def test_a_strike_names_exactly_one_line(app):
    _vote, cycle, _clerk = prepared()
    with pytest.raises(IntegrityError, match="strikes_one_line"), transaction():
        db.session.add(RollStrike(cycle_id=cycle.id, reason="Neither an account nor a listing"))


def test_nobody_strikes_or_settles_their_own_line(app):
    _vote, cycle, clerk = prepared()
    clerk = make.person(roles=(Role.CLERK,), resident_of=cycle.neighborhood, public_name="Cleo Park")
    me = make.actor_for(clerk)
    listed(cycle, "Cleo Park", address="1 Mill Lane")
    with pytest.raises(NoStanding):
        services.strike(cycle.id, f"p{me.id}", "I want to be away.", by=me)
    with pytest.raises(NoStanding):
        settle_all(cycle, me, is_same=True)


@pytest.mark.parametrize(
    ("name", "address", "born_on", "are_alike"),
    [
        ("VOTER 1", "1 mill lane", None, True),
        ("Voter 1", "9 Quay Street", date(1980, 1, 1), True),
        ("V. Oter", "1 Mill Lane", date(1980, 1, 1), True),
        ("Voter 1", "1 Mill Lane", date(1999, 9, 9), False),
        ("Voter 1", "9 Quay Street", None, False),
        ("Somebody Else", "1 Mill Lane", None, False),
    ],
)
def test_two_of_name_address_and_birth_date_make_lines_alike(app, name, address, born_on, are_alike):
    _vote, cycle, _clerk = prepared()
    person = make.person(resident_of=cycle.neighborhood, public_name="Voter 1")
    with transaction():
        person.residence.born_on = date(1980, 1, 1)
    listed(cycle, name, address=address, born_on=born_on)
    assert bool(queries.likenesses(facts(cycle.id))) is are_alike


def test_voting_opens_once_it_is_settled_who_is_one_person(app):
    _vote, cycle, clerk = prepared()
    make.person(resident_of=cycle.neighborhood, public_name="Jo Okafor")
    bring_in(cycle, a_list("A1,Jo Okafor,1 Mill Lane,,,"))
    with pytest.raises(DomainError) as refused:
        opened(cycle)
    assert refused.value.code == "unsettled"
    settle_all(cycle, clerk, is_same=False)
    assert opened(cycle).roll_size == 2


def test_one_person_with_an_account_and_a_listing_has_one_line_and_one_vote(app):
    _vote, cycle, clerk = prepared()
    jo = make.person(resident_of=cycle.neighborhood, public_name="Jo Okafor")
    bring_in(cycle, a_list("A1,Jo Okafor,1 Mill Lane,,,"))
    settle_all(cycle, clerk, is_same=True)
    vote = opened(cycle)
    [entry] = db.session.scalars(sa.select(RollEntry)).all()
    assert (entry.person_id, entry.listing_id is not None, vote.roll_size) == (jo.id, True, 1)


def test_an_age_is_asked_of_accounts_and_listings_alike(app):
    _vote, cycle, _clerk = prepared(min_age=16)
    for born_on in (date(1980, 1, 1), date(2024, 1, 1), None):
        person = make.person(resident_of=cycle.neighborhood)
        with transaction():
            person.residence.born_on = born_on
        listed(cycle, f"Listed {born_on}", born_on=born_on)
    found = queries.counts(facts(cycle.id))
    assert (found.accounts, found.listings, found.not_of_age) == (1, 1, 4)
    assert opened(cycle).roll_size == 2


def test_somebody_at_the_desk_is_listed_once(app):
    _vote, cycle, clerk = prepared()
    command = AddLine(name="Jo Okafor", address="3 Quay Street", born_on=None, area_id=None, reference="")
    services.add_line(cycle.id, command, by=clerk)
    with pytest.raises(DomainError) as refused:
        services.add_line(cycle.id, command, by=clerk)
    assert refused.value.field == "name"
    assert queries.counts(facts(cycle.id)).listings == 1


def test_a_clerk_of_another_neighborhood_changes_nothing(app):
    _vote, cycle, _clerk = prepared()
    stranger = clerk_of(make.neighborhood().id)
    done = bring_in(cycle, a_list("A1,Jo Okafor,3 Quay Street,,,"))
    [line] = queries.lines(facts(cycle.id)).items
    acts = [
        lambda: imports.undo(cycle.id, done, by=stranger),
        lambda: bring_in(cycle, a_list("A2,Mia Lund,5 Quay Street,,,"), by=stranger),
        lambda: services.strike(cycle.id, line.key, "Moved away in May.", by=stranger),
    ]
    for act in acts:
        with pytest.raises(NoStanding):
            act()


def test_a_line_or_list_of_another_cycle_is_not_found(app):
    _vote, cycle, clerk = prepared()
    other = make.votable_cycle(where=cycle.neighborhood)
    foreign = listed(other, "Mia Lund")
    made = bring_in(other, a_list("A1,Jo Okafor,3 Quay Street,,,"))
    with pytest.raises(NotFound):
        services.strike(cycle.id, f"l{foreign.id.hex()}", "Moved away in May.", by=clerk)
    with pytest.raises(NotFound):
        imports.undo(cycle.id, made, by=clerk)


@pytest.mark.parametrize("key", ["", "x1", "p", "p-1", "p" + "9" * 30, "l12", "l" + "g" * 32, "p²"])
def test_a_name_of_no_line_is_not_found(app, key):
    _vote, cycle, _clerk = prepared()
    with pytest.raises(NotFound):
        queries.line(facts(cycle.id), key)


def test_the_check_of_the_roll_notices_what_was_slipped_in_or_taken_out(app):
    _vote, cycle, _clerk = prepared()
    roll = make.electorate(cycle.neighborhood, 2)
    vote = opened(cycle)
    stranger = make.person()
    with transaction():
        slipped = RollEntry(vote_id=vote.id, person_id=stranger.id, source="x", channel=Channel.NONE, revision=0)
        db.session.add(slipped)
    assert not roll_is_whole(vote_facts(cycle.id))
    with transaction():
        db.session.execute(sa.delete(RollEntry).where(RollEntry.person_id.in_([stranger.id, roll[0].id])))
    assert not roll_is_whole(vote_facts(cycle.id))


def test_lists_and_counts_cost_the_same_statements_however_long_the_roll_is(app, statements):
    _vote, cycle, _clerk = prepared()
    seen = facts(cycle.id)
    costs = []
    for _ in range(2):
        make.electorate(cycle.neighborhood, 20)
        bring_in(cycle, a_list(*(f"A{len(costs)}{n},Jo {len(costs)} {n},3 Quay Street,,," for n in range(40))))
        statements.clear()
        queries.lines(seen)
        queries.counts(seen)
        queries.likenesses(seen)
        costs.append(len(statements))
    assert costs == [6, 6]


def test_two_people_told_apart_are_not_asked_about_again(app):
    _vote, cycle, clerk = prepared()
    make.person(resident_of=cycle.neighborhood, public_name="Jo Okafor")
    listed(cycle, "Jo Okafor", address="1 Mill Lane")
    settle_all(cycle, clerk, is_same=False)
    assert queries.likenesses(facts(cycle.id)) == []
    assert len(db.session.scalars(sa.select(ToldApart)).all()) == 1


def test_somebody_from_a_list_is_found_at_the_desk_for_paper(app):
    _vote, cycle, _clerk = prepared()
    bring_in(cycle, a_list("A1,Jo Okafor,3 Quay Street,,,"))
    vote = make.agreed(ActKind.OPEN, cycle.id)
    assert names(desk.voters(vote.id, "okafor").items) == ["Jo Okafor"]
