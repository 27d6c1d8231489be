"""From a certified result to a finished project: a clerk hands it over, a co-chair promises, reports and finishes."""

from datetime import timedelta

from app.core.access import Role
from app.core.clock import today
from app.core.db import transaction
from app.core.events import publish
from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import Stage as ProposalStage
from app.voting.results.events import FundedOption, ResultCertified
from tests import make
from tests.browser import Browser

EVIDENCE = "All six lamps light up at dusk; five neighbors walked the lane and checked them."


def certify(where):
    within = make.cycle(stage=CycleStage.CERTIFIED, where=where)
    won = make.proposal(stage=ProposalStage.FUNDED, within=within, title="Lamps on Mill Lane")
    option = FundedOption(
        proposal_id=won.id, number=1, title=won.title, summary="Six lamps on the way home.", cost_cents=20_000_00
    )
    with transaction():
        publish(ResultCertified(actor_id=make.person().id, cycle_id=within.id, result_id=1, funded=(option,)))


def a_task_force_with_a_chair(app, clerk, where, chair):
    page = clerk.open("/task-forces/new").press(
        "Propose it",
        neighborhood_id=str(where.id),
        name="Lighting",
        charter="Meets every month and decides together, in the open.",
    )
    clerk.open(f"/task-forces/organizations/{where.slug}/new").press("Add it", name="Residents", kind="residents")
    for side, person in (("community", chair), ("institution", make.person())):
        page.follow("Offer a seat").press("Offer the seat", side=side, email=person.email)
        Browser(app).sign_in(person).open("/task-forces/seats/mine").follow("Lighting").press("Accept the seat")
    return clerk.open("/task-forces/lighting").press("Constitute it")


def promise(co_chair):
    page = co_chair.open("/task-forces/mine").follow("Write down the milestones")
    on = (today() + timedelta(days=30)).isoformat()
    page = page.press("Add it to the plan", title="Lamps lit", done_means="All six work at dusk", baseline_on=on)
    return page.follow("Make this the promise").press("Yes, this is our promise")


def test_a_winner_becomes_a_lamp(app):
    where, chair = make.neighborhood(), make.person()
    certify(where)
    clerk, co_chair = Browser(app).sign_in(make.person(roles=(Role.CLERK,))), Browser(app).sign_in(chair)
    page = a_task_force_with_a_chair(app, clerk, where, chair)
    page = page.follow("Give “Lamps on Mill Lane” to a task force")
    assert "handed over" in page.press("Hand it over", lead="City streets department").text
    page = promise(co_chair)
    for stage in ("Being built", "Being handed over"):
        page = page.follow(f"Move on to “{stage}”").press("Yes, move on")
    page = page.follow("Mark done: Lamps lit").press("It is done", evidence=EVIDENCE)
    page = page.follow("Move on to “Completed”").press("Yes, move on")
    public = Browser(app).open("/projects/?status=completed")
    assert "1 project." in public.text and "Everything that was promised is done." in public.text
    assert EVIDENCE in public.follow("Lamps on Mill Lane").text
