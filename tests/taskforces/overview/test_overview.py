"""The page of all projects: what is wrong comes first, money beside dates, a list and a map of the same."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from app.core.clock import now, today
from app.core.db import db, transaction
from app.places.models import Area
from app.proposals.rules import code
from app.proposals.spots.models import ProposalSpot
from app.proposals.spots.rules import Where
from app.taskforces.overview import queries
from app.taskforces.overview.chain import queries as chains
from app.taskforces.overview.rules import Sort, added_up, in_order, sums
from app.taskforces.projects import queries as projects
from app.taskforces.projects.models import Project
from app.taskforces.projects.queries import ProjectFilter
from app.taskforces.projects.rules import ProjectStage, Status, Verdict
from tests import make
from tests.browser import text_of

SQUARE = {"type": "Polygon", "coordinates": [[[10, 50], [10.1, 50], [10.1, 50.1], [10, 50.1], [10, 50]]]}


@dataclass
class Card:
    """What is counted of a project."""

    status: Status = Status.ON_TRACK
    finish_on: date | None = None
    currency: str = "USD"
    allocated_cents: int = 100
    committed_cents: int = 50
    spent_cents: int = 20
    verdict: Verdict = field(init=False)

    def __post_init__(self):
        self.verdict = Verdict(status=self.status, causes=())


def test_what_needs_attention_comes_first_and_what_has_ended_last():
    cards = [Card(status) for status in (Status.COMPLETED, Status.ON_TRACK, Status.OFF_TRACK, Status.NEEDS_ATTENTION)]
    order = [card.status for card in in_order(cards, Sort.TROUBLED)]
    assert order == [Status.OFF_TRACK, Status.NEEDS_ATTENTION, Status.ON_TRACK, Status.COMPLETED]


def test_what_is_ready_soonest_comes_first_and_what_has_no_day_after_it():
    late, soon, never = Card(finish_on=date(2027, 1, 1)), Card(finish_on=date(2026, 1, 1)), Card()
    done = Card(Status.COMPLETED, finish_on=date(2020, 1, 1))
    assert in_order([done, never, late, soon], Sort.SOONEST) == [soon, late, never, done]
    assert in_order([late, soon], Sort.NEWEST) == [late, soon]


def test_money_is_added_up_in_one_currency_and_never_across_two():
    whole = added_up([Card(), Card()])
    assert (whole.currency, whole.allocated_cents, whole.committed_cents, whole.spent_cents) == ("USD", 200, 100, 40)
    assert added_up([Card(), Card(currency="EUR")]).currency is None


def test_sums_by_a_word_leave_out_what_has_none_and_add_up_to_the_whole():
    cards = [Card(), Card(Status.OFF_TRACK), Card()]
    names = iter((("Light", "light"), ("Art", "art"), ("", "")))
    found = sums(cards, lambda card: next(names))
    assert [(each.name, each.projects) for each in found] == [("Art", 1), ("Light", 1)]
    assert found[0].by_status[Status.OFF_TRACK] == 1


@pytest.fixture
def drawn(app):
    """A task force in a neighborhood with a map, and two projects: one has a spot."""
    body = make.task_force()
    with transaction():
        db.session.get(Area, body.neighborhood.areas[0].id).boundary = SQUARE
    first, second = make.project(body=body), make.project(body=body)
    spot = {"area_id": body.neighborhood.areas[0].id, "longitude": 10.05, "latitude": 50.05, "said_at": now()}
    make.kept(ProposalSpot(proposal_id=first.proposal_id, kind=Where.POINT, **spot))
    return body, first, second


def found(**wanted):
    return projects.matching(ProjectFilter(**wanted))


@pytest.mark.parametrize("field", ["area", "year"])
def test_projects_are_found_by_area_and_by_year(drawn, field):
    card = projects.project(drawn[1].id)
    other = make.project()
    value = str({"area": card.area_id, "year": card.year}[field])
    assert {each.id for each in found(**{field: value})} == {drawn[1].id, drawn[2].id} | (
        {other.id} if field == "year" else set()
    )
    assert found(**{field: "1999"}) == []


def test_the_map_marks_what_has_a_spot_and_lists_all(drawn):
    shown = queries.shown(found(), number=1, on_map=True)
    spots = {mark.card.id: mark.spot for mark in shown.marks}
    assert spots[drawn[1].id].longitude == 10.05 and spots[drawn[2].id] is None
    assert shown.map_of == drawn[0].neighborhood.slug


def test_projects_of_several_neighborhoods_have_no_map_together(drawn):
    make.project()
    shown = queries.shown(found(), number=1, on_map=True)
    assert (shown.marks, shown.map_of, shown.too_many_places) == (None, None, True)


@pytest.mark.parametrize(("on_map", "most"), [(False, 2), (True, 3)])
def test_the_page_costs_the_same_statements_however_many_projects_there_are(drawn, statements, on_map, most):
    for _ in range(4):
        make.project(body=drawn[0])
    statements.clear()
    assert queries.shown(found(), number=1, on_map=on_map).page.total == 6
    assert len(statements) == most


def test_dates_and_money_stand_beside_each_other_with_the_reason(drawn, browser):
    body, first, _second = drawn
    with transaction():
        milestone = db.session.get(Project, first.id).milestones[0]
        milestone.baseline_on = today() - timedelta(days=70)
    page = browser.open("/projects/")
    titles = [text_of(h) for h in page.all("h2") if text_of(h) in {p.title for p in (first, drawn[2])}]
    assert titles[0] == first.title and "100 days later than promised" in page.text
    assert page.text.count("Promised for") == 2 and page.text.count("Given by the vote") >= 2
    chosen = browser.open(f"/projects/?task_force={body.slug}&status=off_track")
    assert "1 project." in chosen.text


def test_what_was_completed_late_says_by_how_many_days(drawn, browser):
    with transaction():
        project = db.session.get(Project, drawn[1].id)
        project.stage, milestone = ProjectStage.COMPLETED, project.milestones[0]
        milestone.baseline_on, milestone.actual_on = today() - timedelta(days=42), today()
        milestone.evidence = "Looked at by both sides."
    page = browser.open("/projects/?status=completed")
    assert "1 project." in page.text and "42 days late" in page.text
    assert "42 days late" not in browser.open("/projects/?status=on_track").text


def test_list_and_map_keep_the_same_filters(drawn, browser):
    listed = browser.open("/projects/?status=on_track&words=lamps")
    mapped = listed.follow("Map")
    assert "2 projects." in mapped.text and "What the numbers on the map mean" in mapped.text
    assert mapped.all("tr", **{"data-mark": "1"}) or mapped.all("tr", **{"data-mark": "2"})
    assert mapped.all("input", name="view", value="map") and "2 projects." in mapped.follow("List").text


def test_strange_answers_in_the_address_find_nothing_and_break_nothing(drawn, browser):
    for query in ("year=abc", "area=x", "sort=upwards&view=globe", "page=99999", "status=%00"):
        assert browser.open(f"/projects/?{query}").status == 200


def test_the_road_tells_how_many_ballots_ranked_it_and_hides_small_numbers(app):
    project = make.project()
    card = projects.project(project.id)
    wanted = code(card.year, card.proposal_number)
    for ranked, shown in ((42, 42), (10, 10), (9, None), (0, None)):
        ending = SimpleNamespace(code=wanted, ranked=ranked)
        facts = SimpleNamespace(won=(SimpleNamespace(code="2020-P001", ranked=99), ending), counting_ballots=60)
        found = chains._ranked(facts, card)
        assert (found.ballots, found.of, found.place, found.funded) == (shown, 60, 2, 2)
    assert chains.of_project(card, [], []) == chains.Chain(ranked=None, picture=None, story=None)


def test_the_road_shows_what_is_still_ahead(app, browser):
    page = browser.open(f"/projects/{make.project().id}")
    assert "What comes of it" in page.text and "A picture" in page.text


def test_on_the_road_today_comes_before_what_is_ahead(app, browser):
    page = browser.open(f"/projects/{make.project().id}")
    road = page.text[page.text.index("An idea") :]
    assert road.index("Today") < road.index("A picture") < road.index("What comes of it")
