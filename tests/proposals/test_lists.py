"""Lists of proposals: found, narrowed, ordered and counted in a fixed number of statements."""

from datetime import date

import pytest

from app.accounts.queries import actor_of
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import NotFound
from app.cycles.rules import Stage as CycleStage
from app.proposals import policies, queries
from app.proposals.coauthors.models import CoAuthor
from app.proposals.rules import Sort, Stage
from app.proposals.supports.models import Support
from tests import make


def titles(**filters):
    return [card.title for card in queries.cards(**filters).items]


@pytest.mark.parametrize("sort", list(Sort))
def test_a_list_costs_three_statements_at_the_most_however_long_it_is(app, sort, statements):
    cycle = make.cycle()
    for _ in range(5):
        make.proposal(within=cycle)
    statements.clear()
    assert len(queries.cards(sort=sort, search="lamps").items) == 5
    assert len([each for each in statements if "pg_extension" not in each]) == (2 if sort is Sort.BEST else 3)


@pytest.mark.parametrize("company", [0, 4])
def test_one_proposal_costs_three_statements_itself_its_lines_and_who_writes_it(app, statements, company):
    proposal_id = make.proposal().id
    people = [make.person().id for _ in range(company)]
    with transaction():
        db.session.add_all(CoAuthor(proposal_id=proposal_id, person_id=each, joined_at=now()) for each in people)
    statements.clear()
    assert len(queries.detail(proposal_id, None).co_authors) == company
    assert len(statements) == 3


@pytest.mark.parametrize("sought", ["owl", "OWL", "Owl lane", "2026-p007", "2026-P7", "a_b", "back\\slash"])
def test_words_are_found_whatever_their_case_and_signs(app, sought):
    cycle = make.cycle()
    make.proposal(within=cycle, number=7, title="Owl Lane", summary="100% a_b", need="back\\slash", place="There")
    make.proposal(within=cycle, number=8, title="Elm Street", summary="100 axb", need="backslash", place="Here")
    assert titles(search=sought) == ["Owl Lane"]


def test_a_search_without_words_finds_everything(app):
    make.proposal()
    assert len(titles(search="   ")) == 1


def test_filters_narrow_the_list(app):
    cycle = make.cycle()
    wanted, _other = make.proposal(within=cycle, stage=Stage.FEASIBLE), make.proposal(within=cycle)
    make.proposal()
    kind = {"category_id": wanted.category_id, "area_id": wanted.area_id}
    assert titles(cycle_id=cycle.id, stage=Stage.FEASIBLE, **kind) == [wanted.title]
    assert len(titles(cycle_id=cycle.id)) == 2


def test_drafts_are_in_no_public_list_and_withdrawn_ones_only_when_asked_for(app):
    cycle = make.cycle()
    make.proposal(within=cycle, stage=Stage.DRAFT)
    make.proposal(within=cycle, stage=Stage.WITHDRAWN)
    assert titles() == []
    assert titles(stage=Stage.DRAFT) == []
    assert titles(stage=Stage.WITHDRAWN) == ["Withdrawn proposal"]


def test_the_cheapest_comes_first_by_the_officers_price_else_the_estimate(app):
    cycle = make.cycle()
    dear = make.proposal(within=cycle, stage=Stage.FEASIBLE, cost_cents=20_000_00)
    estimated = make.proposal(within=cycle)
    cheap = make.proposal(within=cycle, stage=Stage.FEASIBLE, cost_cents=1_00)
    assert titles(sort=Sort.COST) == [cheap.title, estimated.title, dear.title]


def supported(within, times, **more):
    proposal = make.proposal(within=within, **more)
    people = [make.person() for _ in range(times)]
    with transaction():
        db.session.add_all(Support(proposal_id=proposal.id, person_id=p.id, supported_at=now()) for p in people)
    return proposal.title


def test_the_most_supported_comes_first(app):
    cycle = make.cycle()
    expected = {times: supported(cycle, times) for times in (1, 3, 0, 2)}
    assert titles(sort=Sort.SUPPORTED) == [expected[times] for times in (3, 2, 1, 0)]


HIDING = [{"hides_supports": True}, {"stage": CycleStage.VOTING}]


def order_tells(cycle):
    """Whether the order follows the supports on each of some days."""
    rare, liked = supported(cycle, 0), supported(cycle, 3)
    days = [date(2026, 3, n) for n in range(1, 21)]
    found = {tuple(titles(cycle_id=cycle.id, sort=Sort.SUPPORTED, day=day)) for day in days}
    return found == {(liked, rare)}


@pytest.mark.parametrize("hiding", HIDING)
def test_an_order_does_not_tell_supports_that_are_hidden(app, browser, hiding):
    cycle = make.cycle(**hiding)
    assert not order_tells(cycle)
    page = browser.open(f"/proposals/?cycle_id={cycle.id}&sort=supported")
    assert "Most supported" not in page.html and "order drawn by lot" in page.text


def test_the_check_notices_an_order_that_tells(app, browser):
    cycle = make.cycle()
    assert order_tells(cycle)
    assert "Most supported" in browser.open(f"/proposals/?cycle_id={cycle.id}").html


def test_a_search_has_pages_too_and_one_too_far_is_the_last(app):
    cycle = make.cycle()
    for _ in range(5):
        make.proposal(within=cycle)
    pages = [queries.cards(search="lamps", sort=Sort.BEST, page=n, size=2) for n in (1, 2, 3, 99)]
    assert [(page.number, page.pages, page.total, len(page.items)) for page in pages[:3]] == [
        (1, 3, 5, 2),
        (2, 3, 5, 2),
        (3, 3, 5, 1),
    ]
    assert pages[3] == pages[2] and len({card.id for page in pages for card in page.items}) == 5
    assert queries.cards(search="zebra", sort=Sort.BEST, page=3).total == 0


def test_the_pages_of_a_day_hold_each_proposal_once(app):
    cycle = make.cycle()
    for _ in range(7):
        make.proposal(within=cycle)
    day = date(2026, 3, 2)
    pages = [queries.cards(day=day, page=n, size=3) for n in (1, 2, 3)]
    assert len({card.id for page in pages for card in page.items}) == 7
    assert [page.pages for page in pages] == [3, 3, 3]
    assert queries.cards(day=day, page=99, size=3) == pages[2]


def draft_is_hidden(draft):
    try:
        queries.detail(draft.id, make.actor())
    except NotFound:
        return True
    return False


def test_a_draft_is_seen_by_its_author_only(app):
    draft = make.proposal(stage=Stage.DRAFT)
    author = actor_of(draft.author)
    assert draft_is_hidden(draft)
    assert queries.detail(draft.id, author).title == draft.title
    assert queries.mine(author.id).total == 1 and queries.mine(make.actor().id).total == 0


def test_the_check_notices_an_open_draft(app, monkeypatch):
    monkeypatch.setattr(policies, "may_see", lambda *_, **__: True)
    assert not draft_is_hidden(make.proposal(stage=Stage.DRAFT))


def test_a_draft_thrown_away_is_gone_from_one_s_own_list_too(app):
    thrown = make.proposal(stage=Stage.WITHDRAWN, number=None)
    assert queries.mine(thrown.author_id).total == 0
    assert titles(stage=Stage.WITHDRAWN) == []
    assert queries.titles([thrown.id]) == {}
