"""From a certified result to a finished project: handed over, promised and finished by both sides, and reported."""

from datetime import timedelta

from app.core import jobs
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


def a_task_force_with_chairs(app, clerk, where, chairs):
    page = clerk.open("/task-forces/new").press(
        "Propose it",
        neighborhood_id=str(where.id),
        name="Lighting",
        charter="Meets every month and decides together, in the open.",
    )
    clerk.open(f"/task-forces/organizations/{where.slug}/new").press("Add it", name="Residents", kind="residents")
    for side, person in chairs.items():
        page.follow("Offer a seat").press("Offer the seat", side=side, email=person.email)
        Browser(app).sign_in(person).open("/task-forces/seats/mine").follow("Lighting").press("Accept the seat")
    return clerk.open("/task-forces/lighting").press("Constitute it")


def plan(ada):
    page = ada.open("/task-forces/mine").follow("Write down the milestones: Lamps on Mill Lane")
    on = (today() + timedelta(days=30)).isoformat()
    for title, kind in (("Plan approved", "approval"), ("Lamps lit", "delivery")):
        page = page.press("Add it to the plan", title=title, kind=kind, done_means="All six work", baseline_on=on)
    return page.follow("Make this the promise").press("Put it before both sides")


def both_sign(page, *chairs):
    for chair in chairs:
        signed = chair.open(page.path).press("Sign", verdict="approve")
    assert "Signed by both sides" in signed.text


def reach(project, title, claims, looks):
    claims.open(project).follow(f"Mark done: {title}").press("It is done", evidence=EVIDENCE)
    page = looks.open(project).follow(f"Look whether it is done: {title}")
    assert EVIDENCE in page.text
    page.press("Publish what we found", finding="verified")


def report(clerk, project):
    page = clerk.open(project).follow("To the completion report")
    page.press("Freeze the figures and publish", languages=["en"])
    jobs.run_waiting()


def test_a_winner_becomes_a_lamp(app):
    where, chairs = make.neighborhood(), {"community": make.person(), "institution": make.person()}
    certify(where)
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = a_task_force_with_chairs(app, clerk, where, chairs)
    ada, bo = (Browser(app).sign_in(chair) for chair in chairs.values())
    page = page.follow("Give “Lamps on Mill Lane” to a task force")
    page = page.press("Hand it over", lead="City streets department", manager="Room 12")
    assert "handed over" in page.text
    project = page.path
    both_sign(plan(ada), ada, bo)
    reach(project, "Plan approved", ada, bo)
    step = ada.open(project).follow("Move on to “Being built”")
    assert "at least 40 characters" in step.press("Yes, move on", reason="None.").text
    step.press("Yes, move on", reason=EVIDENCE)
    reach(project, "Lamps lit", bo, ada)
    ada.open(project).follow("Move on to “Being handed over”").press("Yes, move on")
    both_sign(
        ada.open(project).follow("Complete the project").press("Put it before both sides", nothing_left="y"), ada, bo
    )
    assert "Both sides have signed" in Browser(app).open(project).text
    report(clerk, project)
    public = Browser(app).open("/projects/?status=completed")
    assert "1 project." in public.text and "Everything that was promised is done." in public.text
    assert EVIDENCE in public.follow("Lamps on Mill Lane").text
