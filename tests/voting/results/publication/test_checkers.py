"""Whole rankings go to observers and accredited checkers, in their names, and to nobody else."""

from datetime import timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Actor, Grant, Role
from app.core.clock import today
from app.core.db import db
from app.core.errors import DomainError, NoStanding, NotFound
from app.cycles.rules import PublicationLevel
from app.voting.board.rules import ActKind
from app.voting.results.checkers import policies, services
from app.voting.results.checkers.models import Checker, FullCopy
from app.voting.results.checkers.rules import holds_on
from tests import make
from tests.browser import Browser
from tests.voting.results import board
from tests.voting.together import table

SET = "closed-ballot-set.bin"


def certified():
    return board.certified([(1,)], publication_level=PublicationLevel.TOTALS)


def answers(person, *, first=0, last=10):
    days = {"starts_on": today() + timedelta(first), "ends_on": today() + timedelta(last)}
    return {"email": person.email, **{name: day.isoformat() for name, day in days.items()}}


def accredited(result, *, first=0, last=10):
    person = make.person()
    make.agreed(ActKind.ACCREDIT, result.vote.cycle_id, **answers(person, first=first, last=last))
    return person


def here(result, role, *, elsewhere=False):
    """Somebody with the role in the vote's neighborhood, or in another one."""
    where = make.neighborhood().id if elsewhere else result.vote.cycle.neighborhood_id
    return Actor(id=make.person().id, name="Ada", grants=frozenset({Grant(role=role, neighborhood_id=where)}))


def test_which_role_is_given_whole_rankings_and_where(app):
    result, given = certified(), set()
    for role, elsewhere in product(Role, (False, True)):
        actor = here(result, role, elsewhere=elsewhere)
        try:
            assert services.give_out(result.vote.cycle_id, SET, by=actor).startswith(b"{")
            given.add((role, elsewhere))
        except NoStanding:
            pass
    assert given == {(Role.CLERK, False), (Role.OBSERVER, False)}
    assert len(db.session.scalars(sa.select(FullCopy)).all()) == 2


def test_a_resident_is_given_nothing(app):
    with pytest.raises(NoStanding):
        services.give_out(certified().vote.cycle_id, SET, by=make.actor())


def test_a_policy_that_lets_everybody_is_noticed(app, monkeypatch):
    """The twin: with the policy away a resident is given every ranking, which the tables above would report."""
    monkeypatch.setattr(policies, "may_take", lambda *_, **__: True)
    assert services.give_out(certified().vote.cycle_id, SET, by=make.actor())


def test_an_accreditation_holds_from_its_first_to_its_last_day(app):
    result, given = certified(), []
    for first, last in ((0, 0), (-5, 5), (1, 5), (-5, -1)):
        checker = make.actor_for(accredited(result, first=first, last=last))
        try:
            given.append(bool(services.give_out(result.vote.cycle_id, SET, by=checker)))
        except NoStanding:
            given.append(False)
    assert given == [True, True, False, False]


def test_an_accreditation_for_one_vote_opens_no_other(app):
    checker = make.actor_for(accredited(certified()))
    with pytest.raises(NoStanding):
        services.give_out(certified().vote.cycle_id, SET, by=checker)


def test_a_checker_is_given_nothing_before_the_certification(app):
    result = board.counted([(1,)], publication_level=PublicationLevel.TOTALS)
    with pytest.raises(NotFound):
        services.give_out(result.vote.cycle_id, SET, by=make.actor_for(accredited(result)))


def test_once_withdrawn_nothing_more_is_given(app):
    result = certified()
    person = accredited(result)
    checker = db.session.scalars(sa.select(Checker)).one()
    for _ in range(2):
        services.withdraw(result.vote.cycle_id, checker.id, by=make.actor(Role.CLERK))
    with pytest.raises(NoStanding):
        services.give_out(result.vote.cycle_id, SET, by=make.actor_for(person))
    kinds = db.session.scalars(sa.select(AuditEntry.kind)).all()
    assert kinds.count("CheckerWithdrawn") == 1


def test_a_checker_of_another_vote_cannot_be_withdrawn_through_this_one(app):
    one, other = certified(), certified()
    accredited(one)
    checker = db.session.scalars(sa.select(Checker)).one()
    with pytest.raises(NotFound):
        services.withdraw(other.vote.cycle_id, checker.id, by=make.actor(Role.CLERK))


def refusal_of(result, **asked):
    with pytest.raises(DomainError) as refusal:
        make.agreed(ActKind.ACCREDIT, result.vote.cycle_id, **asked)
    return refusal.value.code, refusal.value.field


@pytest.mark.parametrize("member", range(3))
def test_the_board_accredits_none_of_its_own(app, member):
    result = certified()
    own = make.account(make.board_of(result.vote.cycle_id)[member])
    assert refusal_of(result, **answers(own)) == ("own_person", "email")


@pytest.mark.parametrize(
    ("by", "constraint"),
    [
        (("checker", "second"), "accredited_by_another"),
        (("first", "checker"), "agreed_by_another"),
        (("first", "first"), "two_persons_accredit"),
        (("first", None), "one_person_is_not_enough"),
    ],
)
def test_not_even_the_database_lets_fewer_than_two_others_accredit(app, by, constraint):
    cycle_id = make.fixed_vote().cycle_id
    first, second, _observer = make.board_of(cycle_id)
    ids = {"checker": make.person().id, "first": first.id, "second": second.id, None: None}
    row = {"person_id": ids["checker"], "starts_on": today(), "ends_on": today()}
    asked, agreed = (ids[each] for each in by)
    with pytest.raises(sa.exc.IntegrityError, match=constraint):
        db.session.execute(
            sa.insert(Checker).values(cycle_id=cycle_id, accredited_by_id=asked, agreed_by_id=agreed, **row)
        )


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"ends_on": "2020-01-01"}, ("before_it_starts", "ends_on")),
        ({"starts_on": "soon"}, ("no_day", "starts_on")),
        ({"email": "nobody@example.org"}, ("no_account", "email")),
    ],
)
def test_what_is_wrong_with_an_accreditation_is_said_at_its_field(app, changed, refused):
    assert refusal_of(certified(), **answers(make.person()) | changed) == refused


@pytest.mark.parametrize(("day", "holds"), [(-1, False), (0, True), (5, True), (6, False)])
def test_the_first_and_the_last_day_belong_to_it(day, holds):
    start = today()
    days = {"starts_on": start, "ends_on": start + timedelta(5)}
    assert holds_on(start + timedelta(day), **days, is_withdrawn=False) is holds
    assert not holds_on(start + timedelta(day), **days, is_withdrawn=True)


def test_what_is_given_is_written_down_with_the_name_and_stands_on_the_public_page(app):
    result = certified()
    person = accredited(result)
    browser = Browser(app).sign_in(person)
    page = browser.open(f"/results/{result.vote.cycle_id}/checkers")
    token = page.all("input", name="csrf_token")[0].get("value")
    taken = browser.client.post(f"/results/{result.vote.cycle_id}/checkers/files/{SET}", data={"csrf_token": token})
    assert taken.status_code == 200 and taken.data.startswith(b"{")
    seen = Browser(app).open(f"/results/{result.vote.cycle_id}/checkers").text
    assert person.public_name in seen and SET in seen
    assert person.email not in seen and "Take the full files" not in seen
    entry = db.session.scalar(sa.select(AuditEntry).where(AuditEntry.kind == "FullFileTaken"))
    assert entry.actor_id == person.id and SET in entry.body


def test_the_hash_of_a_file_without_salt_is_not_on_the_page(app):
    result = certified()
    whole = services.give_out(result.vote.cycle_id, "outcome.json", by=make.actor(Role.OBSERVER))
    assert whole == result.outcome.encode()
    seen = Browser(app).open(f"/results/{result.vote.cycle_id}/checkers").text
    assert "outcome.json" in seen and result.outcome_hash not in seen


def test_everybody_is_given_the_same_bytes(app):
    result = certified()
    people = [make.actor_for(accredited(result)), here(result, Role.OBSERVER)]
    assert len({services.give_out(result.vote.cycle_id, SET, by=each) for each in people}) == 1


def test_a_copy_on_record_cannot_be_taken_off_it(app):
    services.give_out(certified().vote.cycle_id, SET, by=make.actor(Role.OBSERVER))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        db.session.execute(sa.delete(FullCopy))


def test_looking_at_the_page_gives_nothing_out(app):
    result = certified()
    browser = Browser(app).sign_in(make.person(roles=(Role.OBSERVER,)))
    assert browser.client.get(f"/results/{result.vote.cycle_id}/checkers/files/{SET}").status_code in (404, 405)
    browser.open(f"/results/{result.vote.cycle_id}/checkers")
    assert db.session.scalars(sa.select(FullCopy)).all() == []


def test_two_members_accredit_on_their_pages_and_a_clerk_ends_it(app):
    result, person = certified(), make.person()
    at, address = table(app, result.vote.cycle_id), f"/results/{result.vote.cycle_id}/checkers"
    asked = at.first.open(address).follow("Accredit somebody").press("Ask the board", **answers(person))
    assert person.public_name not in at.first.open(address).text
    page = at.second.open(asked.path)
    assert person.public_name in page.text and person.email in page.text
    page.press("I agree: Accredit a checker")
    page = Browser(app).sign_in(make.person(roles=(Role.CLERK,))).open(address)
    assert person.public_name in page.text and "Accredited" in page.text
    assert "Ended early" in page.press(f"End it {person.public_name}").text


def test_an_unknown_address_is_told_at_its_field(app):
    cycle_id = certified().vote.cycle_id
    page = table(app, cycle_id).first.open(f"/results/{cycle_id}/checkers/new")
    page = page.press("Ask the board", email="nobody@example.org", ends_on=today().isoformat())
    assert "Nobody here has an account with this address" in page.text


def test_a_file_that_is_none_is_not_found(app):
    with pytest.raises(NotFound):
        services.give_out(certified().vote.cycle_id, "rule-card.json", by=make.actor(Role.OBSERVER))
