"""Who signs for a side: the co-chair; the deputy only where that one is away, recused or missing (rules 1, 3)."""

from datetime import date, timedelta
from itertools import product

import pytest

from app.core.access import Role
from app.core.clock import today
from app.core.errors import DomainError, NoStanding, NotFound
from app.taskforces.interests import queries as interest_queries
from app.taskforces.interests import rules as interest_rules
from app.taskforces.interests import services as interests
from app.taskforces.interests.rules import Declared, Effect, Matter, recuses
from app.taskforces.organizations import services as organizations
from app.taskforces.organizations.rules import OrganizationKind
from app.taskforces.projects.partners.models import Partner
from app.taskforces.projects.partners.rules import PartnerRole
from app.taskforces.seats import queries, rules
from app.taskforces.seats.absences import services as absences
from app.taskforces.seats.absences.rules import Days, WhyNot, why_not_away
from app.taskforces.seats.rules import Pen, SeatKind, Side, who_signs
from tests import make

CHAIR, DEPUTY, NOBODY = 1, 2, None
STATES = ("there", "away", "recused", "missing")
DAY = date(2026, 6, 10)
WORDS = "My sister works there as an engineer."
SIGNS = {
    ("there", "there"): CHAIR,
    ("there", "away"): CHAIR,
    ("there", "recused"): CHAIR,
    ("there", "missing"): CHAIR,
    ("away", "there"): DEPUTY,
    ("away", "away"): CHAIR,
    ("away", "recused"): CHAIR,
    ("away", "missing"): CHAIR,
    ("recused", "there"): DEPUTY,
    ("recused", "away"): NOBODY,
    ("recused", "recused"): NOBODY,
    ("recused", "missing"): NOBODY,
    ("missing", "there"): DEPUTY,
    ("missing", "away"): NOBODY,
    ("missing", "recused"): NOBODY,
    ("missing", "missing"): NOBODY,
}


def pen(number, state, side=Side.COMMUNITY):
    away, recused = state == "away", state == "recused"
    return Pen(seat_id=number, side=side, is_deputy=number == DEPUTY, is_away=away, is_recused=recused)


@pytest.mark.parametrize("states", list(product(STATES, STATES)), ids="-".join)
def test_the_pen_of_a_side_is_a_table(states):
    pens = [pen(number, state) for number, state in zip((CHAIR, DEPUTY), states, strict=True) if state != "missing"]
    found = who_signs([*pens, pen(3, "there", Side.INSTITUTION)])
    assert [each.seat_id for each in found] == [n for n in (SIGNS[states], 3) if n]


def test_the_table_notices_a_deputy_beside_the_holder(monkeypatch):
    monkeypatch.setattr(rules, "who_signs", lambda pens: list(pens))
    found = rules.who_signs([pen(CHAIR, "there"), pen(DEPUTY, "there")])
    assert [each.seat_id for each in found] != [SIGNS["there", "there"]]


@pytest.mark.parametrize(
    ("change", "matter", "bars"),
    [
        ({"project_id": 5}, {"project_id": 5}, True),
        ({"project_id": 5}, {"project_id": 6}, False),
        ({"organization_id": 8, "organization": "City streets"}, {"project_id": 5, "names": ["City  STREETS"]}, True),
        ({"organization_id": 8, "organization": "City streets"}, {"project_id": 5, "names": {"City parks"}}, False),
        ({"organization_id": 8, "organization": "City streets"}, {"project_id": 5, "organization_ids": {8}}, True),
        ({"organization_id": 8, "organization": "City streets"}, {"project_id": 5}, False),
        ({"project_id": 5, "effect": Effect.NOTE}, {"project_id": 5}, False),
        ({"project_id": 5, "starts_on": DAY + timedelta(days=1)}, {"project_id": 5}, False),
        ({"project_id": 5, "ends_on": DAY}, {"project_id": 5}, True),
        ({"project_id": 5, "ends_on": DAY - timedelta(days=1)}, {"project_id": 5}, False),
    ],
)
def test_which_interest_bars_is_a_table(change, matter, bars):
    facts = {"person_id": 1, "project_id": None, "organization_id": None, "organization": None, "ends_on": None}
    declared = Declared(**facts | {"effect": Effect.RECUSE, "starts_on": DAY} | change)
    assert recuses(declared, Matter(**matter), DAY) is bars


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (0, 0, None),
        (-1, 3, WhyNot.IN_THE_PAST),
        (3, 2, WhyNot.ENDS_BEFORE_IT_STARTS),
        (0, 181, WhyNot.TOO_LONG),
        (31, 40, WhyNot.NOT_HELD),
        (12, 14, WhyNot.OVERLAPS),
        (21, 22, None),
    ],
)
def test_which_absence_is_written_down_is_a_table(first, last, reason):
    days = [DAY + timedelta(days=n) for n in (first, last, 30, 10, 20)]
    told = [Days(starts_on=days[3], ends_on=days[4])]
    wanted = Days(starts_on=days[0], ends_on=days[1])
    assert why_not_away(wanted, on=DAY, until=days[2], told=told) is reason


def test_an_absence_ends_with_the_day_of_the_return():
    days = Days(starts_on=DAY, ends_on=DAY + timedelta(days=9), back_on=DAY + timedelta(days=2))
    assert [days.covers(DAY + timedelta(days=n)) for n in (0, 1, 2)] == [True, True, False]


@pytest.fixture
def led(app):
    """A task force with both co-chairs, a deputy of the community, and a project."""
    body = make.task_force()
    chair, other = (make.co_chair(body, side) for side in Side)
    return body, chair, other, make.seated(body, SeatKind.DEPUTY), make.project(body=body)


def signing(led, **more):
    body, chair, other, deputy, _project = led
    names = {chair.id: "chair", other.id: "other", deputy.id: "deputy"}
    return [(names[each.person_id], each.as_deputy) for each in queries.signers([body.id], today(), **more)]


BOTH, WITH_DEPUTY = [("chair", False), ("other", False)], [("deputy", True), ("other", False)]


def test_a_deputy_signs_from_the_absence_to_the_return(led):
    chair, seat = led[1], make.seat_of(led[1])
    assert signing(led) == BOTH
    days = absences.TellAbsence(starts_on=today(), ends_on=today() + timedelta(days=5))
    told = absences.tell(seat.id, days, by=chair)
    assert signing(led) == WITH_DEPUTY
    absences.end(told.id, by=chair)
    assert signing(led) == BOTH


def test_an_interest_passes_the_pen_on_in_its_project_only(led):
    body, chair, _other, _deputy, project = led
    command = interests.DeclareInterest(project_id=project.id, organization_id=None, text=WORDS, effect=Effect.RECUSE)
    declared = interests.declare(make.seat_of(chair).id, command, by=chair)
    assert signing(led, project_id=project.id) == WITH_DEPUTY
    assert signing(led) == BOTH == signing(led, project_id=make.project(body=body).id)
    with pytest.raises(NoStanding):
        interests.end(declared.id, body.id, by=chair)
    assert interest_queries.interests([chair.id])[0].declared.ends_on is None


def test_an_interest_in_an_organization_counts_where_it_leads_or_is_paid(led, monkeypatch):
    body, chair, _other, _deputy, project = led
    named = make.organization(body.neighborhood, name=project.lead.upper()).id
    command = interests.DeclareInterest(project_id=None, organization_id=named, text=WORDS, effect=Effect.RECUSE)
    interests.declare(make.seat_of(chair).id, command, by=chair)
    assert signing(led, project_id=project.id) == WITH_DEPUTY == signing(led, organization_ids=[named])
    other_name = organizations.NameOrganization(name="Streets", kind=OrganizationKind.AGENCY)
    with pytest.raises(DomainError, match="its name stays"):
        organizations.change(named, other_name, by=make.actor(Role.CLERK))
    monkeypatch.setattr(interest_queries, "recuses", lambda *_: False)
    assert signing(led, project_id=project.id) == BOTH  # the twin: without the rule the check above would fail


def test_an_interest_in_a_partner_counts_while_it_takes_part(led):
    body, chair, _other, _deputy, project = led
    named = make.organization(body.neighborhood, name="Lamps & Co")
    command = interests.DeclareInterest(project_id=None, organization_id=named.id, text=WORDS, effect=Effect.RECUSE)
    interests.declare(make.seat_of(chair).id, command, by=chair)
    facts = {"project_id": project.id, "name": "Lamps & co", "role": PartnerRole.DELIVERY, "since_on": today()}
    left = make.kept(Partner(**facts, until_on=today()))
    assert signing(led, project_id=project.id) == BOTH and left
    make.kept(Partner(**facts))
    assert signing(led, project_id=project.id) == WITH_DEPUTY


def test_what_is_declared_and_told_is_for_holders_and_clerks(led):
    body, chair, _other, deputy, project = led
    seat, days = make.seat_of(chair), absences.TellAbsence(starts_on=today(), ends_on=today())
    command = interests.DeclareInterest(project_id=project.id, organization_id=None, text=WORDS, effect=Effect.NOTE)
    others = [deputy, make.resident(body.neighborhood), *(make.actor(role) for role in Role if role is not Role.CLERK)]
    for actor, (verb, told) in product(others, ((absences.tell, days), (interests.declare, command))):
        with pytest.raises(NoStanding):
            verb(seat.id, told, by=actor)
    clerk = make.actor(Role.CLERK)
    declared = interests.declare(seat.id, command, by=clerk)
    interests.end(declared.id, body.id, by=clerk)
    with pytest.raises(NotFound):
        interests.end(declared.id, make.task_force().id, by=clerk)


def test_an_interest_is_in_something_of_this_neighborhood(led):
    elsewhere = make.organization(make.neighborhood()).id
    for about in ({"project_id": None, "organization_id": elsewhere}, {"project_id": None, "organization_id": None}):
        command = interests.DeclareInterest(text=WORDS, effect=Effect.NOTE, **about)
        with pytest.raises(DomainError) as refused:
            interests.declare(make.seat_of(led[1]).id, command, by=led[1])
        assert refused.value.field == "about"


def test_absences_and_interests_are_told_from_the_pages_and_public(led, browser):
    body, chair, _other, _deputy, project = led
    browser.sign_in(make.account(chair))
    away = browser.open("/task-forces/seats/mine").follow("I will be away").press("Write it down")
    assert "This is needed" in away.text
    told = away.press("Write it down", ends_on=today().isoformat())
    assert "Everybody can see who signs meanwhile" in told.text and "Away" in told.text
    page = browser.open("/task-forces/seats/mine").follow("Declare an interest")
    wrong = page.press("Declare it", about=f"p{project.id}", text="Too short")
    assert f"at least {interest_rules.LEAST_WORDS} characters" in wrong.text
    declared = wrong.press("Declare it", about=f"p{project.id}", text=WORDS)
    assert WORDS in declared.text and "Does not sign or vote on it" in declared.text
    mine = browser.open("/task-forces/seats/mine")
    assert "Welcome back" in mine.press("I am back, or do not go").text
