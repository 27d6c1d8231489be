"""A deputy signs only where the co-chair does not, and it prints as that (rules 1 and 3)."""

import pytest

from app.core.clock import today
from app.core.errors import DomainError
from app.taskforces.interests import services as interests
from app.taskforces.interests.rules import Effect
from app.taskforces.seats.absences import services as absences
from app.taskforces.seats.rules import SeatKind
from app.taskforces.signing import queries, services
from app.taskforces.signing.rules import Ending
from tests import make
from tests.browser import Browser
from tests.taskforces.signing.words import proposed, word


@pytest.fixture
def deputy(table):
    """The deputy of the community side."""
    return make.fresh(make.seated(table[0], SeatKind.DEPUTY))


def refused(waits, by):
    with pytest.raises(DomainError) as no:
        services.sign(waits, word(waits), by=by)
    return no.value.code


def signed_by(waits):
    return [(row.name, row.as_deputy) for row in queries.agreement(waits).signed]


def test_a_deputy_signs_while_the_co_chair_is_away_and_prints_as_deputy(app, table, deputy):
    body, (ada, bo), done = table
    waits = proposed(body, bo)
    assert refused(waits, deputy) == "no_seat"
    days = absences.TellAbsence(starts_on=today(), ends_on=today())
    absences.tell(make.seat_of(ada).id, days, by=ada)
    assert refused(waits, ada) == "no_seat"
    assert "written down as away" in Browser(app).sign_in(make.account(ada)).open(f"/agreements/{waits}").text
    services.sign(waits, word(waits), by=deputy)
    assert services.sign(waits, word(waits), by=bo) is Ending.EXECUTED and done
    assert signed_by(waits) == [(deputy.name, True), (bo.name, False)]
    assert "deputy" in Browser(app).open(f"/agreements/{waits}").text


def test_who_has_declared_an_interest_does_not_sign_about_it(table, deputy):
    body, (ada, _bo), _done = table
    project = make.project(body=body)
    declared = interests.DeclareInterest(
        project_id=project.id, organization_id=None, text="My sister leads the crew.", effect=Effect.RECUSE
    )
    interests.declare(make.seat_of(ada).id, declared, by=ada)
    waits, elsewhere = proposed(body, ada, about=project), proposed(body, ada)
    assert refused(waits, ada) == "no_seat" == refused(elsewhere, deputy)
    services.sign(waits, word(waits), by=deputy)
    services.sign(elsewhere, word(elsewhere), by=ada)
    assert signed_by(waits) == [(deputy.name, True)] and signed_by(elsewhere) == [(ada.name, False)]
