"""A certified result opens one project and one allocation for each funded option, and never a second one."""

import pytest

from app.audit.models import AuditEntry
from app.core.db import db, transaction
from app.core.events import publish
from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import Stage as ProposalStage
from app.taskforces.projects import queries, services
from app.taskforces.projects.models import Project
from app.taskforces.projects.rules import ProjectStage, Status
from app.taskforces.spending.models import LedgerEntry
from app.voting.results.events import FundedOption, ResultCertified
from tests import make


def certified(*costs):
    within = make.cycle(stage=CycleStage.CERTIFIED)
    proposals = [make.proposal(stage=ProposalStage.FUNDED, within=within) for _ in costs]
    funded = tuple(
        FundedOption(
            proposal_id=p.id, number=n, title=f"Option {n}", summary=f"The ballot's words {n}", cost_cents=cost
        )
        for n, (p, cost) in enumerate(zip(proposals, costs, strict=True), start=1)
    )
    return ResultCertified(actor_id=make.person().id, cycle_id=within.id, result_id=1, funded=funded)


def count(kind):
    return db.session.query(kind).count()


def test_each_funded_option_becomes_a_project_with_its_promise_and_its_money(app):
    event = certified(20_000_00, 5_000_00)
    services.open_for_winners(event)
    first, second = queries.everything()
    assert (first.title, first.scope, first.allocated_cents) == ("Option 1", "The ballot's words 1", 20_000_00)
    assert (first.code, second.code) == ("2026-J001", "2026-J002")
    assert {first.stage, second.stage} == {ProjectStage.FUNDED} and first.verdict.status is Status.ON_TRACK
    assert count(LedgerEntry) == 1 + 2  # what is in the pot, and what each was given


def test_hearing_the_same_news_twice_changes_nothing(app):
    event = certified(20_000_00, 5_000_00)
    for _ in range(2):
        services.open_for_winners(event)
    assert (count(Project), count(LedgerEntry)) == (2, 3)


def test_an_option_that_cost_nothing_has_a_project_without_an_allocation(app):
    services.open_for_winners(certified(0))
    assert (count(Project), count(LedgerEntry)) == (1, 0)


def test_the_house_opens_projects_when_a_result_is_certified(app):
    event = certified(20_000_00)
    with transaction():
        publish(event)
    assert count(Project) == 1
    assert {"ResultCertified", "ProjectOpened", "LedgerEntryMade"} == {row.kind for row in db.session.query(AuditEntry)}


def test_a_project_that_cannot_be_opened_undoes_the_certification(app, monkeypatch):
    monkeypatch.setattr(services.spending, "allocate", lambda *_, **__: 1 / 0)
    event = certified(20_000_00)
    with pytest.raises(ZeroDivisionError), transaction():
        publish(event)
    assert (count(Project), count(AuditEntry)) == (0, 0)
