"""Before the vote officers say when a proposal would be built and who would lead it; voters read it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.clock import today
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.cycles.rules import Stage as CycleStage
from app.proposals.outlooks import policies, queries, services
from app.proposals.outlooks.models import Outlook
from app.proposals.outlooks.rules import SAID_OF, SAID_WHILE, WhyNot, may_be_said, why_not
from app.proposals.outlooks.services import SayOutlook
from app.proposals.rules import Stage
from tests import make
from tests.browser import Browser

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
DAY = date(2026, 5, 1)
LEAD = "City street department"


def soon(**more) -> SayOutlook:
    """From next month, for two."""
    first = today() + timedelta(days=30)
    return SayOutlook(**{"starts_on": first, "ends_on": first + timedelta(days=60), "lead": LEAD} | more)


@pytest.fixture
def proposal(app):
    return make.proposal(stage=Stage.FEASIBLE, within=make.votable_cycle(options=0))


def test_it_is_said_of_what_is_feasible_until_the_vote_is_over(app):
    for stage in Stage:
        for cycle_stage in CycleStage:
            found = why_not(stage, cycle_stage, starts_on=DAY, ends_on=DAY, today=DAY)
            assert (
                (found is None) is (stage in SAID_OF and cycle_stage in SAID_WHILE) is may_be_said(stage, cycle_stage)
            )
    later, good = DAY + timedelta(days=1), (Stage.FEASIBLE, CycleStage.REVIEWING)
    assert why_not(*good, starts_on=later, ends_on=DAY, today=DAY) is WhyNot.BACKWARDS
    assert why_not(*good, starts_on=DAY, ends_on=later, today=later) is WhyNot.PAST


def test_officers_of_the_neighborhood_say_it_and_nobody_of_their_own_proposal(app, proposal):
    where = {"author_id": proposal.author_id, "neighborhood_id": proposal.cycle.neighborhood_id}
    may = {role: policies.may_say(make.actor(role), **where) for role in Role}
    assert [role for role, is_allowed in may.items() if is_allowed] == [Role.OFFICER]
    officer = make.actor(Role.OFFICER)
    assert not policies.may_say(officer, **where | {"author_id": officer.id})
    assert not policies.may_say(officer, **where, co_authors=[officer.id])
    with pytest.raises(NoStanding):
        services.say(proposal.id, soon(), by=make.actor(Role.CLERK))


def test_the_newest_counts_and_the_one_before_stays(app, proposal):
    for lead in ("Parks", LEAD):
        services.say(proposal.id, soon(lead=lead), by=make.actor(Role.OFFICER))
    assert queries.newest([proposal.id])[proposal.id].lead == LEAD
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Outlook)) == 2
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), transaction():
        db.session.execute(sa.update(Outlook).values(lead="Others"))


def test_days_that_run_backwards_are_refused_at_their_field(app, proposal):
    wrong = soon(ends_on=today())
    with pytest.raises(DomainError) as refused:
        services.say(proposal.id, wrong, by=make.actor(Role.OFFICER))
    assert (refused.value.code, refused.value.field) == ("backwards", "ends_on")


def test_an_officer_says_it_on_the_proposals_page_and_everybody_reads_it(app, proposal, browser):
    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    first = (today() + timedelta(days=40)).isoformat()
    page = officer.open(f"/proposals/{proposal.id}").follow("Say when it would be built, and who would lead it")
    assert "led by" in page.press("Say it", starts_on=first, ends_on=first, lead=LEAD).text
    assert LEAD in browser.open(f"/proposals/{proposal.id}").text
    assert "Say when it would be built" not in browser.open(f"/proposals/{proposal.id}").text
