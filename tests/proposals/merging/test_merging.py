"""Two proposals become one only because both authors want it; both pages say so, and only one goes on."""

from itertools import product

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.cycles.rules import Stage as CycleStage
from app.proposals import queries as proposals
from app.proposals import services as verbs
from app.proposals.merging import policies, queries, services
from app.proposals.merging.models import MergeRequest
from app.proposals.merging.rules import Candidate, Ending, WhyNot, why_not_join
from app.proposals.merging.services import AskToJoin
from app.proposals.models import Proposal
from app.proposals.rules import Stage, code
from tests import make
from tests.proposals import said

JOINED = (Stage.SUBMITTED, Stage.NEEDS_CHANGES, Stage.FEASIBLE)
OPEN = (CycleStage.COLLECTING, CycleStage.REVIEWING)


def pair(phase=CycleStage.COLLECTING, stage=Stage.SUBMITTED, into=Stage.SUBMITTED):
    """Two proposals of one cycle, and a request that waits for its answer."""
    cycle = make.cycle(stage=phase)
    joining, other = make.proposal(within=cycle, stage=stage), make.proposal(within=cycle, stage=into)
    with transaction():
        row = MergeRequest(proposal_id=joining.id, into_id=other.id, message="They want the same.", asked_at=now())
        db.session.add(row)
    return joining, other, row


def asks(joining, other, by, key="k"):
    command = AskToJoin(into_code=code(2026, other.number), message="Both want lamps on the lane.")
    return services.ask(joining.id, command, key=key, by=by)


VERBS = {
    "ask": lambda joining, other, row, by: asks(other, joining, by, key=str(by.id)),
    "agree": lambda joining, other, row, by: services.agree(row.id, by=by),
    "decline": lambda joining, other, row, by: services.decline(row.id, "Ours is another place.", by=by),
    "take back": lambda joining, other, row, by: services.take_back(row.id, by=by),
}
OF_JOINING = {"take back"}


def does(verb, joining, other, row, by):
    try:
        VERBS[verb](joining, other, row, by)
    except DomainError:
        return False
    return True


def who_does(verb, joining, other, row):
    """The names of those who may, everybody having tried; whose verb it is, tries last."""
    last, first = (joining, other) if verb in OF_JOINING else (other, joining)
    people = {"stranger": make.actor(), "neighbor": make.resident(joining.cycle.neighborhood)}
    people |= {role.value: make.actor(role) for role in Role}
    people |= {"the other author": actor_of(first.author), "author": actor_of(last.author)}
    return [name for name, by in people.items() if does(verb, joining, other, row, by)]


@pytest.mark.parametrize("phase", [pytest.param(stage, id=stage.value) for stage in CycleStage][1:])
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_one_author_s_and_only_while_proposals_may_change(app, verb, phase):
    possible = phase in OPEN or verb in ("decline", "take back")
    assert who_does(verb, *pair(phase)) == (["author"] if possible else [])


@pytest.mark.parametrize("verb", VERBS)
def test_the_check_notices_when_anybody_may(app, verb, monkeypatch):
    for policy in ("may_ask", "may_answer"):
        monkeypatch.setattr(policies, policy, lambda *_, **__: True)
    assert who_does(verb, *pair())[0] == "stranger"


def test_only_proposals_that_still_go_on_are_joined():
    a, b = (lambda stage, id_=id_: Candidate(id=id_, cycle_id=1, stage=stage) for id_ in (1, 2))
    for one, other in product(Stage, Stage):
        found = why_not_join(a(one), b(other), CycleStage.REVIEWING)
        expected = WhyNot.STAGE if one not in JOINED else WhyNot.OTHER_STAGE if other not in JOINED else None
        assert found is expected, (one, other)


def test_a_proposal_is_not_joined_into_itself_or_another_cycle():
    mine = Candidate(id=1, cycle_id=1, stage=Stage.SUBMITTED)
    elsewhere = Candidate(id=2, cycle_id=2, stage=Stage.SUBMITTED)
    assert why_not_join(mine, mine, CycleStage.COLLECTING) is WhyNot.ITSELF
    assert why_not_join(mine, elsewhere, CycleStage.COLLECTING) is WhyNot.OTHER_CYCLE


def test_after_a_yes_it_is_joined_and_both_pages_know(app):
    joining, other, row = pair()
    services.agree(row.id, by=actor_of(other.author))
    assert (joining.stage, joining.merged_into_id, other.stage) == (Stage.MERGED, other.id, Stage.SUBMITTED)
    there = queries.around(joining.id, joining.author_id, None)
    here = queries.around(other.id, other.author_id, None)
    assert there.into.id == other.id and [each.id for each in here.taken_in] == [joining.id]
    assert there.into.code == code(2026, other.number) and not here.asked_of_me


def test_what_is_joined_leaves_the_lists_and_the_ballot(app):
    joining, other, row = pair(CycleStage.REVIEWING, Stage.FEASIBLE, Stage.FEASIBLE)
    services.agree(row.id, by=actor_of(other.author))
    assert [card.id for card in proposals.cards(cycle_id=joining.cycle_id).items] == [other.id]
    assert [card.id for card in proposals.cards(stage=Stage.MERGED).items] == [joining.id]
    options = verbs.put_on_ballot(joining.cycle_id, by=make.actor(Role.CLERK))
    assert [option.id for option in options] == [other.id]


@pytest.mark.parametrize("which", [0, 1])
def test_nothing_is_joined_with_what_was_withdrawn_meanwhile(app, which):
    joining, other, row = pair()
    gone = (joining, other)[which]
    verbs.withdraw(gone.id, by=actor_of(gone.author))
    with pytest.raises(DomainError, match="no longer"):
        services.agree(row.id, by=actor_of(other.author))
    assert joining.merged_into_id is None and other.merged_into_id is None


def test_a_no_leaves_both_as_they_are_and_has_its_reason(app):
    joining, other, row = pair()
    with pytest.raises(DomainError, match="say why"):
        services.decline(row.id, "  ", by=actor_of(other.author))
    services.decline(row.id, "Ours is for another street.", by=actor_of(other.author))
    assert (row.ending, row.answer, joining.stage) == (Ending.DECLINED, "Ours is for another street.", Stage.SUBMITTED)


@pytest.mark.parametrize("verb", ["agree", "decline", "take back"])
def test_a_request_ends_once(app, verb):
    joining, other, row = pair()
    services.take_back(row.id, by=actor_of(joining.author))
    with pytest.raises(DomainError, match="already"):
        VERBS[verb](joining, other, row, actor_of((joining if verb in OF_JOINING else other).author))


def test_one_asks_one_author_at_a_time_and_a_form_sent_twice_asks_once(app):
    joining, other, row = pair()
    third = make.proposal(within=joining.cycle)
    with pytest.raises(DomainError, match="asked already"):
        asks(joining, third, actor_of(joining.author))
    services.take_back(row.id, by=actor_of(joining.author))
    first, second = (asks(joining, third, actor_of(joining.author), key="same") for _ in range(2))
    assert first == second


def test_one_s_own_two_proposals_are_joined_at_once(app):
    cycle, author = make.cycle(), make.person()
    one, two = (make.proposal(within=cycle, author=author) for _ in range(2))
    asks(one, two, actor_of(author))
    assert (one.stage, one.merged_into_id) == (Stage.MERGED, two.id)


@pytest.mark.parametrize("typed", ["", "lamps", "2026-P999", "2025-P001", "2026-P²", "9" * 30])
def test_a_number_that_is_nobody_s_is_refused_at_its_field(app, typed):
    joining = make.proposal()
    with pytest.raises(DomainError, match="No proposal") as refusal:
        services.ask(joining.id, AskToJoin(into_code=typed, message="x"), key="k", by=actor_of(joining.author))
    assert refusal.value.field == "into"


def test_two_that_agree_at_once_never_join_each_other_in_a_circle(app):
    joining, other, row = pair()
    with transaction():
        back = MergeRequest(proposal_id=other.id, into_id=joining.id, message="Or so.", asked_at=now())
        db.session.add(back)
    answers = [(row.id, actor_of(other.author)), (back.id, actor_of(joining.author))]
    said.all_at_once(app, [lambda r=r, by=by: services.agree(r, by=by) for r, by in answers])
    db.session.rollback()
    assert sorted(str(each.stage) for each in (joining, other)) == ["merged", "submitted"]


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"stage": "merged"}, "merged_into_something"),
        ({"merged_into_id": "other"}, "merged_into_something"),
        ({"stage": "merged", "merged_into_id": "itself"}, "not_merged_into_itself"),
    ],
)
def test_the_schema_holds_what_was_joined_to_what_took_it_in(app, broken, constraint):
    joining, other, _row = pair()
    joining_id = joining.id
    values = {"other": other.id, "itself": joining_id}
    changed = {name: values.get(value, value) for name, value in broken.items()}
    with pytest.raises(sa.exc.IntegrityError, match=constraint), db.engine.begin() as connection:
        connection.execute(sa.update(Proposal).where(Proposal.id == joining_id).values(changed))


def heard():
    return list(db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)))


def test_each_verb_is_one_event_without_anybody_s_words(app):
    joining, other, row = pair()
    services.decline(row.id, "Canary of an author.", by=actor_of(other.author))
    again = asks(joining, other, actor_of(joining.author))
    services.agree(again, by=actor_of(other.author))
    assert heard() == ["MergeDeclined", "MergeRequested", "ProposalMerged"]
    assert "Canary" not in "".join(db.session.scalars(sa.select(AuditEntry.body)))


def test_how_proposals_were_joined_costs_one_statement(app, statements):
    joining, other, row = pair()
    joining_id, facts = joining.id, (other.id, other.author_id, actor_of(other.author))
    statements.clear()
    assert queries.around(*facts).asked_of_me[0].id == joining_id
    assert len(statements) == 1
