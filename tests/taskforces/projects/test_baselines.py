"""A promise is signed by both sides; a new one stands beside the old, with its reason, and nothing else moves a day."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.clock import now, today
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.taskforces.projects import queries as projects
from app.taskforces.projects.baselines import queries, services
from app.taskforces.projects.baselines.models import Baseline
from app.taskforces.projects.baselines.rules import Promised, WhyNot, renewed, why_not_renew
from app.taskforces.projects.baselines.services import Renew, Wanted
from app.taskforces.projects.models import Milestone
from app.taskforces.projects.promises import queries as promises
from app.taskforces.projects.promises import services as milestones
from app.taskforces.projects.promises.rules import MilestoneKind
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.signing.queries import agreement
from app.taskforces.signing.rules import Ending
from tests import make
from tests.taskforces.projects import steps
from tests.taskforces.projects.steps import LONG

DAY = today()


def standing(**more):
    facts = {"title": "Lamps lit", "done_means": "At dusk", "kind": MilestoneKind.DELIVERY, "lead": None}
    return Promised(**facts | {"id": 1, "needs": (), "promised_on": DAY + timedelta(days=9)} | more)


NEW = {"id": None, "title": "Benches", "done_means": "One can sit", "kind": "delivery", "promised_on": str(DAY)}
LATER = str(DAY + timedelta(days=60))


@pytest.mark.parametrize(
    ("there", "wanted", "scope_changes", "reason"),
    [
        ([standing()], [], False, WhyNot.NOTHING_CHANGES),
        ([standing()], [], True, None),
        ([standing()], [{"id": 1, "promised_on": LATER}], False, None),
        ([standing()], [NEW], False, None),
        ([standing()], [{"id": 1, "dropped": True}], False, WhyNot.NO_DELIVERY),
        ([standing()], [{"id": 1, "dropped": True}, NEW], False, None),
        ([standing(is_open=False)], [{"id": 1, "promised_on": LATER}], False, WhyNot.NOT_OPEN),
        ([standing(is_open=False), standing(id=2)], [{"id": 1, "dropped": True}], False, WhyNot.NOT_OPEN),
        ([standing()], [{"id": 1, "promised_on": "2020-01-01"}], False, WhyNot.IN_THE_PAST),
    ],
)
def test_a_promise_is_renewed_only_where_it_is_open(there, wanted, scope_changes, reason):
    assert why_not_renew(renewed(there, wanted), scope_changes=scope_changes, today=DAY) is reason


@pytest.fixture
def promised(app):
    """A project whose first promise both sides have signed, and its two co-chairs."""
    project, ada, bo = steps.planned()
    steps.sign(services.propose(project.id, None, by=ada), ada, bo)
    return project, ada, bo


def test_the_second_signature_makes_the_plan_the_promise(app):
    project, ada, bo = steps.planned()
    waits = services.propose(project.id, None, by=ada)
    steps.sign(waits, ada)
    assert queries.baselines(project.id) == [] and projects.project(project.id).stage is ProjectStage.MOBILISING
    steps.sign(waits, bo)
    [first] = queries.baselines(project.id)
    assert (first.number, first.agreement_id, first.allocated_cents) == (1, waits, 20_000_00)
    assert {each.title for each in first.milestones} == {"Lamps lit", "Plan approved"}
    assert projects.project(project.id).stage is ProjectStage.PLANNING


def test_a_plan_that_changes_while_it_waits_is_proposed_anew(app):
    project, ada, bo = steps.planned()
    waits = services.propose(project.id, None, by=ada)
    plan = milestones.PlanMilestone(title="Poles", done_means="Six poles stand", baseline_on=DAY + timedelta(days=5))
    milestones.plan_milestone(project.id, plan, by=ada)
    with pytest.raises(DomainError, match="changed since you read it"):
        steps.sign(waits, bo)


def test_a_plan_without_its_own_approval_is_refused(app):
    project, ada, _bo = steps.chaired(stage=ProjectStage.MOBILISING)
    with pytest.raises(DomainError) as refused:
        services.propose(project.id, None, by=ada)
    assert refused.value.code == "no_plan_milestone"


def renew(project, chair, *wanted, scope=None):
    return services.propose(project.id, Renew(reason=LONG, scope=scope, milestones=wanted), by=chair)


def test_a_new_promise_moves_drops_and_adds_and_the_old_one_stays_visible(promised, browser):
    project, ada, bo = promised
    lamps, plan = (row.id for row in project.milestones)
    later = DAY + timedelta(days=90)
    new = Wanted(id=None, promised_on=str(later), title="Benches", done_means="One can sit", kind="delivery")
    wanted = (Wanted(id=lamps, promised_on=str(later)), Wanted(id=plan, promised_on="", dropped=True), new)
    steps.sign(renew(project, ada, *wanted, scope="Six lamps and two benches."), ada, bo)
    second, first = queries.baselines(project.id)
    assert {row.title: row.baseline_on for row in promises.milestones(project.id, DAY)} == {
        "Lamps lit": later,
        "Benches": later,
    }
    assert plan in first.days and plan not in second.days and first.days[lamps] < second.days[lamps]
    page = browser.open(f"/projects/{project.id}/baselines")
    assert LONG in page.text and "Dropped" in page.text and "Baseline 1" in page.text
    assert "Six lamps and two benches." in browser.open(f"/projects/{project.id}").text


def test_what_is_claimed_while_a_new_promise_waits_is_not_moved(promised):
    project, ada, bo = promised
    lamps = project.milestones[0].id
    waits = renew(project, ada, Wanted(id=lamps, promised_on=LATER))
    steps.reach(project, ada, bo, lamps)
    with pytest.raises(DomainError, match="stays as it was promised"):
        steps.sign(waits, bo)


def test_a_promise_that_one_side_rejects_changes_nothing(promised):
    project, ada, bo = promised
    before = project.milestones[0].baseline_on
    waits = renew(project, ada, Wanted(id=project.milestones[0].id, promised_on=LATER))
    steps.reject(waits, bo)
    assert agreement(waits).ending is Ending.REJECTED and len(queries.baselines(project.id)) == 1
    assert db.session.get(Milestone, project.milestones[0].id).baseline_on == before


@pytest.mark.parametrize("change", ["UPDATE baseline SET milestones = '[]'", "DELETE FROM baseline"])
def test_a_promise_is_never_edited_or_deleted(promised, change):
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), transaction():
        db.session.execute(sa.text(change))


def test_a_later_promise_without_a_reason_is_refused_by_the_database(promised):
    row = Baseline(project_id=promised[0].id, number=2, agreed_at=now(), allocated_cents=1, milestones="{}")
    with pytest.raises(sa.exc.IntegrityError, match="changed_with_a_reason"), transaction():
        db.session.add(row)


def test_a_promise_is_renewed_on_its_page_and_keeps_what_was_typed(promised, browser):
    project, ada, _bo = promised
    page = browser.sign_in(make.account(ada)).open(f"/projects/{project.id}").follow("Renew the promise")
    short = page.press("Put it before both sides", reason="Late.", **{"added-0-title": "Benches"})
    assert "at least 40 characters" in short.text and short.one("input", name="added-0-title") is not None
    asked = short.press("Put it before both sides", reason=LONG, **{"added-0-title": "", "lines-0-promised_on": LATER})
    assert "before that for" in asked.text and "Signature missing" in asked.text
