"""The officers' queue and the story of a proposal."""

from datetime import UTC, datetime

from app.accounts.queries import actor_of
from app.core.access import Actor, Grant, Role
from app.cycles.rules import Stage as CycleStage
from app.proposals import queries as proposals
from app.proposals import services as verbs
from app.proposals.review import policies, queries, services
from app.proposals.review.queries import Chapter
from app.proposals.review.rules import Decision, Heap
from app.proposals.rules import Stage
from tests import make
from tests.proposals import said

LONG_AGO = datetime(2026, 1, 5, 12, tzinfo=UTC)


def queued(scope=None, **more):
    return [row.title for row in queries.queue(scope, viewer_id=0, **more).items]


def test_the_longest_waiting_comes_first(app):
    cycle = make.cycle()
    new, old = make.proposal(within=cycle), make.proposal(within=cycle, submitted_at=LONG_AGO)
    assert queued() == [old.title, new.title]


def test_what_was_sent_again_waits_since_then(app):
    proposal, other = make.proposal(submitted_at=LONG_AGO), make.proposal()
    services.review(proposal.id, said.finding(Decision.NEEDS_CHANGES), by=make.actor(Role.OFFICER))
    verbs.edit(proposal.id, said.words(proposal.cycle), by=actor_of(proposal.author))
    assert queued() == [other.title, "Six lamps on Mill Lane"]


def test_the_queue_holds_what_an_officer_may_decide(app):
    mine = make.proposal()
    make.proposal(within=make.cycle(stage=CycleStage.VOTING))
    make.proposal(stage=Stage.DRAFT)
    elsewhere = make.proposal(stage=Stage.FEASIBLE)
    assert queued() == [mine.title]
    assert queued([mine.cycle.neighborhood_id], category_id=mine.category_id, cycle_id=mine.cycle_id) == [mine.title]
    assert queued([elsewhere.cycle.neighborhood_id]) == []
    assert queued(heap=Heap.FEASIBLE) == [elsewhere.title]


def test_one_s_own_proposal_is_marked(app):
    proposal = make.proposal()
    assert queries.queue(None, viewer_id=proposal.author_id).items[0].is_own
    assert not queries.queue(None, viewer_id=0).items[0].is_own


def test_the_queue_costs_two_statements(app, statements):
    cycle = make.cycle()
    for _ in range(5):
        make.proposal(within=cycle)
    statements.clear()
    assert len(queries.queue(None, viewer_id=0).items) == 5
    assert len(statements) == 2


def test_an_officer_s_scope_is_where_they_hold_the_office(app):
    def officer(*places):
        return Actor(id=1, name="", grants=frozenset(Grant(role=Role.OFFICER, neighborhood_id=p) for p in places))

    assert policies.scope(officer(1, 2)) == {1, 2}
    assert policies.scope(officer(1, None)) is None
    assert policies.scope(officer()) == frozenset()


def test_the_story_tells_what_happened_in_order(app):
    proposal, officer = make.proposal(), make.actor(Role.OFFICER)
    services.review(proposal.id, said.finding(Decision.NEEDS_CHANGES), by=officer)
    verbs.edit(proposal.id, said.words(proposal.cycle), by=actor_of(proposal.author))
    services.review(proposal.id, said.finding(), by=officer)
    verbs.withdraw(proposal.id, by=actor_of(proposal.author))
    told = queries.story(proposals.detail(proposal.id, None), queries.history(proposal.id))
    order = [Chapter.SUBMITTED, Chapter.REVIEWED, Chapter.EDITED, Chapter.REVIEWED, Chapter.WITHDRAWN]
    assert [moment.chapter for moment in told] == order
