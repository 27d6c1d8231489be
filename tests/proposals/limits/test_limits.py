"""What a proposal may cost in its cycle, and how many one person may have: refused with the text kept, never raced."""

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.db import db
from app.core.errors import DomainError
from app.proposals import services
from app.proposals.limits import queries
from app.proposals.limits.rules import WhyNotThisMuch, has_room, why_not_this_much
from app.proposals.models import Proposal
from app.proposals.revisions.services import SaveProposal, save
from app.proposals.rules import CostLine, Stage
from tests import make
from tests.proposals import said
from tests.proposals.writing import steps


def costing(cents):
    return {"estimate": (CostLine(label="Lamps", amount_cents=cents),)}


@pytest.mark.parametrize(
    ("cents", "least", "most", "reason"),
    [
        (500, None, None, None),
        (499, 500, None, WhyNotThisMuch.TOO_LITTLE),
        (500, 500, 500, None),
        (501, None, 500, WhyNotThisMuch.TOO_MUCH),
        (1001, None, None, WhyNotThisMuch.OVER_THE_POT),
        (1001, None, 2000, WhyNotThisMuch.OVER_THE_POT),
        (0, None, None, None),
    ],
)
def test_an_estimate_stays_between_the_least_and_the_most(cents, least, most, reason):
    assert why_not_this_much(cents, least_cents=least, most_cents=most, spendable_cents=1000) is reason


@pytest.mark.parametrize(("sent", "most", "room"), [(0, None, True), (99, None, True), (1, 2, True), (2, 2, False)])
def test_there_is_room_up_to_the_most(sent, most, room):
    assert has_room(sent, most) is room


@pytest.mark.parametrize(("cents", "code"), [(1_99, "too_little"), (50_001_00, "too_much")])
def test_a_proposal_beyond_the_limits_is_refused_at_its_estimate(app, cents, code):
    cycle = make.cycle(least_cost_cents=2_00, most_cost_cents=50_000_00)
    with pytest.raises(DomainError) as refusal:
        services.submit(cycle.id, said.words(cycle, **costing(cents)), by=make.actor())
    assert (refusal.value.code, refusal.value.field) == (code, "estimate")


def test_an_edit_cannot_leave_the_limits_either(app):
    proposal = make.proposal(within=make.cycle(most_cost_cents=20_000_00))
    dearer = SaveProposal(words=said.words(proposal.cycle, **costing(20_000_01)), read_up_to=0)
    with pytest.raises(DomainError) as refusal:
        save(proposal.id, dearer, by=actor_of(proposal.author))
    assert refusal.value.field == "estimate"


def one_too_many_is_refused(app, most=2):
    """Whether of five sendings by one person in the same moment only `most` come through."""
    cycle, author = make.cycle(most_proposals=most), make.actor()
    cycle_id, words = cycle.id, said.words(cycle)
    drafts = [services.draft(cycle_id, words, by=author).id for _ in range(5)]
    said.all_at_once(app, [lambda d=d: services.send(d, by=author).number for d in drafts])
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count(Proposal.number)).where(Proposal.cycle_id == cycle_id)) == most


def test_sending_many_in_one_moment_does_not_pass_the_limit(app):
    assert one_too_many_is_refused(app)


def test_the_check_notices_a_count_that_is_not_asked(app, monkeypatch):
    monkeypatch.setattr(queries, "sent_by", lambda author_id, cycle_id: 0)
    assert not one_too_many_is_refused(app)


@pytest.mark.parametrize("gone", [Stage.WITHDRAWN, Stage.MERGED])
def test_what_was_withdrawn_or_joined_makes_room(app, gone):
    cycle, author = make.cycle(most_proposals=1), make.person()
    make.proposal(within=cycle, author=author, stage=gone)
    assert queries.why_no_more(author.id, cycle) == ""
    make.proposal(within=cycle, author=author)
    assert "1 proposal" in queries.why_no_more(author.id, cycle)


def test_the_limits_of_one_cycle_and_one_person_are_nobody_else_s(app):
    cycle, author = make.cycle(most_proposals=1), make.person()
    make.proposal(within=cycle)
    make.proposal(author=author)
    assert queries.why_no_more(author.id, cycle) == ""


def test_the_step_of_costs_says_the_limit_and_keeps_what_was_typed(browser):
    cycle = make.cycle(most_cost_cents=9_000_00)
    browser.sign_in(make.person())
    page = steps.to(browser, cycle, "costs")
    assert "costs $9,000 at the most" in page.text
    refused = page.press(steps.ON, **steps.answers(cycle)["costs"])
    assert "$9,000 at the most" in refused.one("p", id="estimate-error")
    assert refused.all("input", id="estimate-0-amount")[0].get("value") == "12,000"


def test_the_check_says_before_sending_that_there_is_no_room(browser):
    cycle, author = make.cycle(most_proposals=1), make.person()
    make.proposal(within=cycle, author=author)
    page = steps.to(browser.sign_in(author), cycle, "check")
    assert "you have it already" in page.text and "Send it in" not in [e.text for e in page.all("button")]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"least_cost": "20", "most_cost": "10"}, "least_cost"),
        ({"most_cost": "9,000,000,000"}, "most_cost"),
        ({"most_cost": "0"}, "most_cost"),
        ({"most_proposals": "0"}, "most_proposals"),
    ],
)
def test_the_office_sets_limits_and_impossible_ones_are_refused_at_their_field(browser, typed, field):
    cycle = make.cycle()
    page = browser.sign_in(make.person(roles=(Role.CLERK,))).open(f"/office/cycles/{cycle.id}/edit")
    refused = page.press("Save the changes", **typed)
    assert refused.all("p", id=f"{field}-error")
    good = {"least_cost": "5", "most_cost": "1,000", "most_proposals": "3"}
    refused.press("Save the changes", **good)
    db.session.refresh(cycle)
    assert (cycle.least_cost_cents, cycle.most_cost_cents, cycle.most_proposals) == (5_00, 1000_00, 3)


def test_limits_out_of_order_cannot_stand_in_the_database(app):
    with pytest.raises(sa.exc.IntegrityError, match="cost_limits_in_order"):
        make.cycle(least_cost_cents=2, most_cost_cents=1)
    db.session.rollback()
