"""The public pages of cycles: what is on, the rule card and its hash, and how few statements they cost."""

import hashlib

import pytest

from app.core.access import Role
from app.cycles.rules import Stage
from app.voting.queries import find_vote
from tests import make


@pytest.mark.parametrize("stage", [s for s in Stage if s is not Stage.DRAFT])
def test_a_cycle_has_its_page_in_every_stage(browser, stage):
    cycle = make.cycle(stage=stage)
    page = browser.open(f"/cycles/{cycle.id}")
    assert page.one("h1") == cycle.name
    assert "$100,000" in page.text


def test_a_draft_is_for_clerks_and_observers_only(browser):
    cycle = make.cycle(stage=Stage.DRAFT)
    assert browser.open(f"/cycles/{cycle.id}").status == 404
    assert cycle.name not in browser.open("/cycles/").text
    assert browser.sign_in(make.person(roles=(Role.OBSERVER,))).open(f"/cycles/{cycle.id}").status == 200


def test_the_one_thing_to_do_now_is_a_button(browser):
    collecting, voting = make.cycle(stage=Stage.COLLECTING), make.cycle(stage=Stage.VOTING)
    assert "Propose a project" in browser.open(f"/cycles/{collecting.id}").text
    assert "Propose a project" not in browser.open(f"/cycles/{voting.id}").text


def test_the_cycles_of_one_neighborhood_are_shown_alone(browser):
    here, there = make.cycle(), make.cycle()
    text = browser.open(f"/cycles/?neighborhood={here.neighborhood.slug}").text
    assert here.name in text and there.name not in text


def test_the_rule_card_on_the_page_is_what_was_hashed(app, browser):
    cycle = make.fixed_vote().cycle_id
    page = browser.open(f"/cycles/{cycle}/rule-card")
    assert find_vote(cycle).rule_card_hash in page.text
    downloaded = browser.client.get(f"/cycles/{cycle}/rule-card.json").data
    assert hashlib.sha256(downloaded).hexdigest() == find_vote(cycle).rule_card_hash


def test_before_the_ballot_is_fixed_the_card_says_so(browser):
    cycle = make.cycle(stage=Stage.REVIEWING)
    assert "not frozen yet" in browser.open(f"/cycles/{cycle.id}/rule-card").text
    assert browser.open(f"/cycles/{cycle.id}/rule-card.json").status == 404


def test_the_list_costs_one_statement_however_long_it_is(browser, statements):
    for _each in range(4):
        make.cycle()
    statements.clear()
    browser.open("/cycles/")
    assert len(statements) == 1
