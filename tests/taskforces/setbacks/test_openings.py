"""Setbacks that open because another room tells that something went wrong: once for the same news."""

import pytest

from app.core.db import transaction
from app.core.events import publish
from app.taskforces.setbacks import queries
from app.taskforces.setbacks.rules import SetbackStage, Source
from app.taskforces.spending.events import CommitmentOverAllocation, CostForecastSaid
from tests import make


def over(project):
    return CommitmentOverAllocation(actor_id=None, project_id=project.id, amount_cents=21_000_00, over_cents=1_000_00)


def forecast(project, more):
    cents = project.allocated_cents + more
    said = {"expected_cents": cents, "over_cents": more, "explanation": "Steel is dearer."}
    return CostForecastSaid(actor_id=None, project_id=project.id, **said)


def tell(event):
    with transaction():
        publish(event)


def found(project):
    return [(row.source, row.rule, row.stage) for row in queries.setbacks(project.id)]


def test_promising_more_than_there_is_opens_one_setback_however_often_it_is_tried(app):
    project = make.project()
    for _each in range(2):
        tell(over(project))
    assert found(project) == [(Source.OVERRUN, 16, SetbackStage.REPORTED)]


@pytest.mark.parametrize(("more", "opened"), [(0, 0), (1, 1)])
def test_a_forecast_one_cent_over_what_a_project_has_opens_a_setback(app, more, opened):
    project = make.project()
    tell(forecast(project, more))
    assert len(found(project)) == opened
