"""A proposal names a priority of its own cycle or none; lists are narrowed by it, and its earlier texts keep it."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import actor_of
from app.core.clock import now, today
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.cycles.priorities.models import Priority, PriorityStatement
from app.proposals import queries, services
from app.proposals.priorities.models import ServedPriority
from app.proposals.revisions import queries as revisions
from tests import make
from tests.browser import Browser
from tests.proposals import said


def agreed(cycle, *names):
    """The priorities of a cycle that collects already, by their ids."""
    rows = [Priority(cycle_id=cycle.id, position=n, name=name) for n, name in enumerate(names, start=1)]
    facts = {"text": "We want light.", "assembly": "Spring assembly", "agreed_on": today(), "written_at": now()}
    with transaction():
        db.session.add(PriorityStatement(cycle_id=cycle.id, **facts))
        db.session.flush()
        db.session.add_all(rows)
    return [row.id for row in rows]


def sent(cycle, priority_id=None, by=None):
    by = by or make.resident(cycle.neighborhood)
    return services.submit(cycle.id, said.words(cycle, priority_id=priority_id), by=by)


def test_lists_are_narrowed_by_priority(app):
    cycle = make.cycle()
    light, youth = agreed(cycle, "Light", "Youth")
    wanted = [sent(cycle, light).id, sent(cycle, youth).id, sent(cycle).id][0]
    found = queries.cards(cycle_id=cycle.id, priority_id=light).items
    assert [(card.id, card.priority) for card in found] == [(wanted, "Light")]


def test_a_priority_of_another_cycle_is_refused_at_its_field(app):
    cycle, other = make.cycle(), make.cycle()
    (foreign,) = agreed(other, "Light")
    with pytest.raises(DomainError) as refusal:
        sent(cycle, foreign)
    assert refusal.value.field == "priority_id"


def test_the_schema_keeps_both_in_one_cycle(app):
    proposal = make.proposal()
    (foreign,) = agreed(make.cycle(), "Light")
    facts = {"proposal_id": proposal.id, "priority_id": foreign}
    for cycle_id in (proposal.cycle_id, db.session.get(Priority, foreign).cycle_id):
        with pytest.raises(IntegrityError), transaction():
            db.session.add(ServedPriority(cycle_id=cycle_id, **facts))


def test_another_priority_is_among_the_earlier_texts(app):
    cycle = make.cycle()
    light, youth = agreed(cycle, "Light", "Youth")
    by = make.resident(cycle.neighborhood)
    proposal = sent(cycle, light, by)
    for priority_id in (youth, None):
        services.edit(proposal.id, said.words(cycle, priority_id=priority_id), by=by)
    assert [text.priority for text in revisions.all_of(proposal.id)] == [None, "Youth", "Light"]


def test_a_resident_names_a_priority_and_everybody_finds_the_proposal_by_it(app, browser):
    cycle = make.cycle()
    light, youth = agreed(cycle, "Light the way", "Youth")
    by = make.person(resident_of=cycle.neighborhood)
    proposal = sent(cycle, by=actor_of(by))
    page = Browser(app).sign_in(by).open(f"/proposals/{proposal.id}/edit").press("Save", priority_id=str(light))
    assert "Serves the priority" in page.text
    listed = browser.open(f"/proposals/?cycle_id={cycle.id}").press("Show", priority=str(light))
    assert proposal.title in listed.text and "Light the way" in listed.text
    assert "Nothing fits" in listed.press("Show", priority=str(youth)).text
    shown = browser.open(f"/cycles/{cycle.id}").follow("Light the way")
    assert proposal.title in shown.text and "Spring assembly" in shown.text


def test_a_cycle_without_priorities_asks_for_none(app, browser):
    cycle = make.cycle()
    author = Browser(app).sign_in(make.person(resident_of=cycle.neighborhood))
    assert not author.open(f"/proposals/submit?cycle_id={cycle.id}").all("select", name="priority_id")
    make.proposal(within=cycle)
    assert not browser.open(f"/proposals/?cycle_id={cycle.id}").all("select", name="priority")


def test_a_priority_of_a_draft_cycle_has_no_public_page(app, browser):
    (hidden,) = agreed(make.cycle(stage="draft"), "Light")
    assert browser.open(f"/proposals/priorities/{hidden}").status == 404
