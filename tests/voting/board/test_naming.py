"""A clerk names the board of a vote; what is wrong with it is said at its field, and after the fixing it stands."""

import itertools
from datetime import date

import pytest
import sqlalchemy as sa

from app.accounts.models import Person, Residence, RoleGrant
from app.accounts.queries import actor_of
from app.accounts.rules import ResidenceStage
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.cycles.rules import Stage
from app.voting.board import queries
from app.voting.board.models import BoardMember
from app.voting.board.naming import services
from app.voting.board.naming.services import NameBoard
from app.voting.board.rules import BoardFault, Candidate, Part, fault_of_board
from tests import make
from tests.browser import Browser
from tests.voting.board.sat import change, earlier, member


@pytest.fixture
def place(app):
    """A cycle in review without a board, two clerks and an observer."""
    cycle = make.cycle(stage=Stage.REVIEWING)
    clerks = [make.person(roles=(Role.CLERK,)) for _ in range(2)]
    return cycle, clerks, make.person(roles=(Role.OBSERVER,))


def page_of(app, cycle, clerk):
    return Browser(app).sign_in(clerk).open(f"/voting/{cycle.id}/name-the-board")


def ids(*people):
    return [str(person.id) for person in people]


def board_of(cycle):
    db.session.rollback()
    return {(each.person_id, each.part) for each in queries.members(cycle.id)}


def resident(cycle, **more):
    return make.person(resident_of=cycle.neighborhood, **more)


def test_a_clerk_names_two_clerks_and_an_observer(app, place):
    cycle, clerks, observer = place
    page = page_of(app, cycle, clerks[0]).press(
        "Name the board", running=ids(*clerks), observing=ids(observer), objection_days="21"
    )
    assert "The board is named." in page.text and observer.public_name in page.text
    assert board_of(cycle) == {(c.id, Part.RUNS) for c in clerks} | {(observer.id, Part.OBSERVES)}
    assert queries.plan(cycle.id).objection_days == 21


def test_a_clerk_and_a_resident_run_a_vote(app, place):
    cycle, clerks, observer = place
    ada = resident(cycle)
    answers = {"running": ids(clerks[0]), "observing": ids(observer), "community_email": ada.email.upper()}
    page_of(app, cycle, clerks[0]).press("Name the board", **answers)
    assert (ada.id, Part.RUNS) in board_of(cycle)
    roles = {each.person_id: each.role for each in queries.members(cycle.id)}
    assert roles == {clerks[0].id: "clerk", ada.id: "community", observer.id: "observer"}


def board(running=2, observing=1, **more):
    """Answers that name so many of those there are."""
    return lambda clerks, observer: {"running": ids(*clerks[:running]), "observing": ids(observer)[:observing], **more}


FAULTS = [
    ("running", board(running=1)),
    ("running", board(running=0)),
    ("observing", board(observing=0)),
    ("objection_days", board(objection_days="0")),
    ("objection_days", board(objection_days="61")),
    ("objection_days", board(objection_days="")),
    ("community_email", board(running=1, community_email="nobody@example.org")),
]


@pytest.mark.parametrize(("field", "answers"), FAULTS)
def test_what_is_wrong_is_said_at_its_field_and_nobody_is_named(app, place, field, answers):
    cycle, clerks, observer = place
    page = page_of(app, cycle, clerks[0]).press("Name the board", **answers(clerks, observer))
    errors = [p.get("id") for p in page.all("p") if (p.get("id") or "").endswith("-error")]
    assert errors == [f"{field}-error"] and board_of(cycle) == set()


def refusal_of(cycle, clerk, **answers):
    command = NameBoard(**{"running": (), "observing": (), "objection_days": 14} | answers)
    with pytest.raises(DomainError) as refusal:
        services.name_board(cycle.id, command, by=make.fresh(actor_of(clerk)))
    return refusal.value.code, refusal.value.field


def test_nobody_is_in_both_parts(app, place):
    cycle, clerks, observer = place
    with transaction():
        clerks[0].grants.append(RoleGrant(role=Role.OBSERVER, neighborhood_id=None, starts_on=earlier(days=9).date()))
    running, observing = (clerks[0].id, clerks[1].id), (clerks[0].id, observer.id)
    assert refusal_of(cycle, clerks[0], running=running, observing=observing) == ("both_parts", "observing")


def test_two_accounts_of_one_mailbox_are_not_two_persons(app, place):
    cycle, clerks, observer = place
    change(Person, Person.id == clerks[1].id, email=clerks[0].email.replace("@", "+second@"))
    running = (clerks[0].id, clerks[1].id)
    assert refusal_of(cycle, clerks[0], running=running, observing=(observer.id,)) == ("one_mailbox", "running")


def test_nobody_runs_or_observes_a_vote_without_the_role(app, place):
    cycle, clerks, observer = place
    officer = make.person(roles=(Role.OFFICER,))
    both = (clerks[0].id, officer.id)
    assert refusal_of(cycle, clerks[0], running=both, observing=(observer.id,)) == ("stranger", "running")
    two = tuple(c.id for c in clerks)
    assert refusal_of(cycle, clerks[0], running=two, observing=(officer.id,)) == ("stranger", "observing")


@pytest.mark.parametrize("kind", ["elsewhere", "unverified", "staff", "closed"])
def test_only_a_verified_resident_without_a_role_is_the_community_member(app, place, kind):
    cycle, clerks, observer = place
    ways = {
        "elsewhere": lambda: make.person(resident_of=make.neighborhood()),
        "unverified": lambda: resident(cycle),
        "staff": lambda: resident(cycle, roles=(Role.OBSERVER,)),
        "closed": lambda: resident(cycle, active=False),
    }
    ada = ways[kind]()
    if kind == "unverified":
        left = {"stage": ResidenceStage.REGISTERED, "decided_by_id": None, "decided_at": None}
        change(Residence, Residence.person_id == ada.id, **left)
    running = {"running": (clerks[0].id,), "observing": (observer.id,)}
    assert refusal_of(cycle, clerks[0], community_email=ada.email, **running) == ("no_resident", "community_email")


def test_naming_anew_keeps_since_when_somebody_was_a_member(app, place):
    cycle, clerks, observer = place
    command = NameBoard(running=tuple(c.id for c in clerks), observing=(observer.id,), objection_days=14)
    by = make.fresh(actor_of(clerks[0]))
    services.name_board(cycle.id, command, by=by)
    change(BoardMember, member(by), named_at=earlier(days=3))
    third = make.person(roles=(Role.CLERK,))
    anew = NameBoard(running=(clerks[0].id, third.id), observing=(observer.id,), objection_days=7)
    services.name_board(cycle.id, anew, by=by)
    since = {each.person_id: now() - each.named_at for each in queries.members(cycle.id)}
    assert set(since) == {clerks[0].id, third.id, observer.id} and since[clerks[0].id] > since[third.id]
    assert since[clerks[0].id].days == 3


def test_the_form_shows_what_is_named_also_the_resident(app, place):
    cycle, clerks, observer = place
    ada = resident(cycle)
    answers = {"running": ids(clerks[0]), "observing": ids(observer), "community_email": ada.email}
    page_of(app, cycle, clerks[0]).press("Name the board", **answers)
    before = board_of(cycle)
    page_of(app, cycle, clerks[1]).press("Name the board", objection_days="3")
    assert board_of(cycle) == before and queries.plan(cycle.id).objection_days == 3


def test_after_the_fixing_the_board_stands(app):
    vote = make.fixed_vote()
    clerk = make.account(make.board_of(vote.cycle_id)[0])
    assert page_of(app, vote.cycle, clerk).status == 404
    before = board_of(vote.cycle)
    assert refusal_of(vote.cycle, clerk)[0] == "fixed" and board_of(vote.cycle) == before


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.CLERK)])
def test_nobody_else_names_a_board(app, place, role):
    cycle, _clerks, _observer = place
    somebody = make.person(roles=(role,) if role else ())
    assert page_of(app, cycle, somebody).status == 403
    with pytest.raises(NoStanding):
        services.name_board(
            cycle.id, NameBoard(running=(), observing=(), objection_days=14), by=actor_of(somebody)
        )


def candidate(number, part, *, is_clerk=False, email="", **known):
    email = email or f"p{number}@example.org"
    return Candidate(person_id=number, email=email, part=part, is_clerk=is_clerk, **known)


HOME = {"born_on": date(1980, 2, 29), "address": "1 Mill Lane"}


CLERK, CLERK_2, RESIDENT, OBSERVER = (
    candidate(1, Part.RUNS, is_clerk=True),
    candidate(2, Part.RUNS, is_clerk=True),
    candidate(3, Part.RUNS),
    candidate(4, Part.OBSERVES),
)


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ((CLERK, CLERK_2, OBSERVER), None),
        ((CLERK, RESIDENT, OBSERVER), None),
        ((CLERK, CLERK_2, RESIDENT, OBSERVER, candidate(5, Part.OBSERVES)), None),
        ((), BoardFault.TOO_FEW),
        ((CLERK, OBSERVER), BoardFault.TOO_FEW),
        ((CLERK, CLERK, OBSERVER), BoardFault.TOO_FEW),
        ((RESIDENT, candidate(5, Part.RUNS), OBSERVER), BoardFault.NO_CLERK),
        ((CLERK, CLERK_2), BoardFault.NO_OBSERVER),
        ((CLERK, CLERK_2, candidate(1, Part.OBSERVES)), BoardFault.BOTH_PARTS),
        ((CLERK, candidate(2, Part.RUNS, email="P1+x@Example.org"), OBSERVER), BoardFault.ONE_MAILBOX),
        ((CLERK, CLERK_2, candidate(4, Part.OBSERVES, email="p2+watch@example.org")), BoardFault.ONE_MAILBOX),
    ],
)
def test_who_can_be_a_board(members, fault):
    for order in itertools.islice(itertools.permutations(members), 24):
        assert fault_of_board(order) is fault


@pytest.mark.parametrize(
    ("one", "other", "fault"),
    [
        ({"name": "Ada Lindqvist"}, {"name": "LINDQVIST, Ada"}, BoardFault.ONE_NAME),
        ({"name": "Zoë Renée Ruiz"}, {"name": "Zoe Renee Ruiz"}, BoardFault.ONE_NAME),
        ({"name": "Ada Ruiz"}, {"name": "Ada M. Ruiz"}, None),
        ({"name": "Ada Ruiz", **HOME}, {"name": "Ada Ruiz", "born_on": date(2008, 1, 1)}, None),
        ({"name": "Ada Ruiz", **HOME}, {"name": "Ada Ruiz"}, BoardFault.ONE_NAME),
        ({"name": "Ada", **HOME}, {"name": "Eve", **HOME, "address": "1, mill lane"}, BoardFault.ONE_HOME),
        ({"name": "Ada", **HOME}, {"name": "Eve", **HOME, "address": "2 Mill Lane"}, None),
        ({"name": "Ada", "address": "1 Mill Lane"}, {"name": "Eve", "address": "1 Mill Lane"}, None),
    ],
)
def test_which_accounts_look_like_one_person(one, other, fault):
    people = [candidate(1, Part.RUNS, is_clerk=True, **one), candidate(2, Part.RUNS, **other), OBSERVER]
    assert fault_of_board(people) is fault


def test_two_people_of_one_name_are_not_named_together(app, place):
    cycle, clerks, observer = place
    change(Person, Person.id == clerks[1].id, public_name=clerks[0].public_name.upper())
    running = tuple(each.id for each in clerks)
    assert refusal_of(cycle, clerks[0], running=running, observing=(observer.id,)) == ("one_name", "running")


def test_the_database_keeps_one_place_for_each_person(app):
    cycle = make.votable_cycle()
    first = make.board_of(cycle.id)[0]
    again = {"cycle_id": cycle.id, "person_id": first.id, "part": Part.OBSERVES, "named_at": now()}
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.add(BoardMember(**again))
