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
from app.voting.results.checkers import policies, services
from app.voting.results.checkers.models import Checker, FullCopy
from app.voting.results.checkers.rules import holds_on
from tests import make
from tests.browser import Browser
from tests.voting.results import board

SET = "closed-ballot-set.bin"


def certified():
    return board.certified([(1,)], publication_level=PublicationLevel.TOTALS)


def command(person, *, first=0, last=10):
    day = today()
    days = {"starts_on": day + timedelta(first), "ends_on": day + timedelta(last)}
    return services.AccreditChecker(email=person.email, **days)


def accredited(result, *, first=0, last=10):
    person = make.person()
    services.accredit(result.vote.cycle_id, command(person, first=first, last=last), by=make.actor(Role.CLERK))
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
            assert services.take(result.vote.cycle_id, SET, by=actor).startswith(b"{")
            given.add((role, elsewhere))
        except NoStanding:
            pass
    assert given == {(Role.CLERK, False), (Role.OBSERVER, False)}
    assert len(db.session.scalars(sa.select(FullCopy)).all()) == 2


def test_a_resident_is_given_nothing(app):
    with pytest.raises(NoStanding):
        services.take(certified().vote.cycle_id, SET, by=make.actor())


def test_a_policy_that_lets_everybody_is_noticed(app, monkeypatch):
    """The twin: with the policy away a resident is given every ranking, which the tables above would report."""
    monkeypatch.setattr(policies, "may_take", lambda *_, **__: True)
    assert services.take(certified().vote.cycle_id, SET, by=make.actor())


def test_an_accreditation_holds_from_its_first_to_its_last_day(app):
    result, given = certified(), []
    for first, last in ((0, 0), (-5, 5), (1, 5), (-5, -1)):
        checker = make.actor_of(accredited(result, first=first, last=last))
        try:
            given.append(bool(services.take(result.vote.cycle_id, SET, by=checker)))
        except NoStanding:
            given.append(False)
    assert given == [True, True, False, False]


def test_an_accreditation_for_one_vote_opens_no_other(app):
    checker = make.actor_of(accredited(certified()))
    with pytest.raises(NoStanding):
        services.take(certified().vote.cycle_id, SET, by=checker)


def test_a_checker_is_given_nothing_before_the_certification(app):
    result = board.counted([(1,)], publication_level=PublicationLevel.TOTALS)
    with pytest.raises(NotFound):
        services.take(result.vote.cycle_id, SET, by=make.actor_of(accredited(result)))


def test_once_withdrawn_nothing_more_is_given(app):
    result = certified()
    person = accredited(result)
    checker = db.session.scalars(sa.select(Checker)).one()
    for _ in range(2):
        services.withdraw(result.vote.cycle_id, checker.id, by=make.actor(Role.CLERK))
    with pytest.raises(NoStanding):
        services.take(result.vote.cycle_id, SET, by=make.actor_of(person))
    kinds = db.session.scalars(sa.select(AuditEntry.kind)).all()
    assert kinds.count("CheckerWithdrawn") == 1


def test_a_checker_of_another_vote_cannot_be_withdrawn_through_this_one(app):
    one, other = certified(), certified()
    accredited(one)
    checker = db.session.scalars(sa.select(Checker)).one()
    with pytest.raises(NotFound):
        services.withdraw(other.vote.cycle_id, checker.id, by=make.actor(Role.CLERK))


def test_only_a_clerk_of_the_neighborhood_accredits(app):
    result, person, accredits = certified(), make.person(), set()
    for role, elsewhere in product(Role, (False, True)):
        actor = here(result, role, elsewhere=elsewhere)
        try:
            services.accredit(result.vote.cycle_id, command(person), by=actor)
            accredits.add((role, elsewhere))
        except NoStanding:
            pass
    assert accredits == {(Role.CLERK, False)}


def test_nobody_accredits_themselves(app):
    result, person = certified(), make.person(roles=(Role.CLERK,))
    with pytest.raises(DomainError) as refusal:
        services.accredit(result.vote.cycle_id, command(person), by=make.actor_of(person))
    assert refusal.value.code == "own_person"


def test_not_even_the_database_lets_somebody_accredit_themselves(app):
    result, person = certified(), make.person()
    row = {"person_id": person.id, "accredited_by_id": person.id, "starts_on": today(), "ends_on": today()}
    with pytest.raises(sa.exc.IntegrityError, match="accredited_by_another"):
        db.session.execute(sa.insert(Checker).values(cycle_id=result.vote.cycle_id, **row))


def test_an_accreditation_does_not_end_before_it_starts(app):
    with pytest.raises(DomainError) as refusal:
        services.accredit(certified().vote.cycle_id, command(make.person(), first=3, last=2), by=make.actor(Role.CLERK))
    assert refusal.value.code == "before_it_starts"


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
    whole = services.take(result.vote.cycle_id, "outcome.json", by=make.actor(Role.OBSERVER))
    assert whole == result.outcome.encode()
    seen = Browser(app).open(f"/results/{result.vote.cycle_id}/checkers").text
    assert "outcome.json" in seen and result.outcome_hash not in seen


def test_everybody_is_given_the_same_bytes(app):
    result = certified()
    people = [make.actor_of(accredited(result)), here(result, Role.OBSERVER)]
    assert len({services.take(result.vote.cycle_id, SET, by=each) for each in people}) == 1


def test_a_copy_on_record_cannot_be_taken_off_it(app):
    services.take(certified().vote.cycle_id, SET, by=make.actor(Role.OBSERVER))
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        db.session.execute(sa.delete(FullCopy))


def test_looking_at_the_page_gives_nothing_out(app):
    result = certified()
    browser = Browser(app).sign_in(make.person(roles=(Role.OBSERVER,)))
    assert browser.client.get(f"/results/{result.vote.cycle_id}/checkers/files/{SET}").status_code in (404, 405)
    browser.open(f"/results/{result.vote.cycle_id}/checkers")
    assert db.session.scalars(sa.select(FullCopy)).all() == []


def test_a_clerk_accredits_on_the_page_and_ends_it_there(app):
    result, person = certified(), make.person()
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    day = today()
    answers = {"email": person.email, "starts_on": day.isoformat(), "ends_on": (day + timedelta(9)).isoformat()}
    page = clerk.open(f"/results/{result.vote.cycle_id}/checkers").follow("Accredit somebody")
    page = page.press("Accredit them", **answers)
    assert person.public_name in page.text and "Accredited" in page.text
    assert "Ended early" in page.press(f"End it {person.public_name}").text


def test_an_unknown_address_is_told_at_its_field(app):
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = clerk.open(f"/results/{certified().vote.cycle_id}/checkers/new")
    page = page.press("Accredit them", email="nobody@example.org", ends_on=today().isoformat())
    assert "Nobody here has an account with this address" in page.text


def test_a_file_that_is_none_is_not_found(app):
    with pytest.raises(NotFound):
        services.take(certified().vote.cycle_id, "rule-card.json", by=make.actor(Role.OBSERVER))
