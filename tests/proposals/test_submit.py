"""Writing, sending and changing a proposal, and what the rest of the house hears of it."""

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.db import db
from app.core.errors import DomainError
from app.proposals import queries, services
from app.proposals.rules import CostLine, Stage
from tests import make
from tests.proposals import said


def heard():
    return list(db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)))


def numbers_are_whole(app, cycle):
    """Whether eight proposals sent in the same moment get the numbers 1 to 8."""
    cycle_id, command, by = cycle.id, said.words(cycle), [make.actor() for _ in range(8)]
    sent = said.all_at_once(app, [lambda a=a: services.submit(cycle_id, command, by=a).number for a in by])
    return sorted(map(str, sent)) == [str(n) for n in range(1, 9)]


def test_numbers_have_no_gap_and_no_double_when_many_send_at_once(app):
    assert numbers_are_whole(app, make.cycle())


def test_the_check_notices_a_number_read_before_the_lock(app, monkeypatch):
    monkeypatch.setattr(services, "next_number", lambda cycle_id: 1)
    assert not numbers_are_whole(app, make.cycle())


def test_each_cycle_counts_for_itself(app):
    first, second = make.cycle(), make.cycle()
    numbers = [services.submit(c.id, said.words(c), by=make.actor()).number for c in (first, first, second)]
    assert numbers == [1, 2, 1]


def test_a_draft_becomes_a_proposal_when_it_is_sent_and_only_once(app):
    cycle, author = make.cycle(), make.actor()
    draft = services.draft(cycle.id, said.words(cycle), by=author)
    assert (draft.stage, draft.number) == (Stage.DRAFT, None)
    for _ in range(2):
        services.send(draft.id, by=author)
    assert (draft.stage, draft.number) == (Stage.SUBMITTED, 1)
    assert heard() == ["ProposalDrafted", "ProposalSubmitted"]


def test_an_edit_replaces_the_lines_of_the_estimate(app):
    proposal = make.proposal()
    lines = (CostLine(label="Poles", amount_cents=1), CostLine(label="Lamps", amount_cents=2))
    services.edit(proposal.id, said.words(proposal.cycle, estimate=lines), by=actor_of(proposal.author))
    assert queries.detail(proposal.id, None).estimate == lines


def test_answering_a_wish_for_changes_sends_it_in_again(app):
    proposal = make.proposal(stage=Stage.NEEDS_CHANGES)
    services.edit(proposal.id, said.words(proposal.cycle), by=actor_of(proposal.author))
    assert proposal.stage is Stage.SUBMITTED
    assert heard() == ["ProposalEdited"]


@pytest.mark.parametrize("field", ["category_id", "area_id"])
def test_what_belongs_to_another_neighborhood_is_refused_at_its_field(app, field):
    cycle, elsewhere = make.cycle(), make.neighborhood()
    foreign = {"category_id": elsewhere.categories[0].id, "area_id": elsewhere.areas[0].id}[field]
    with pytest.raises(DomainError) as refusal:
        services.submit(cycle.id, said.words(cycle, **{field: foreign}), by=make.actor())
    assert refusal.value.field == field
    assert heard() == []


def test_withdrawing_twice_is_told_once(app):
    proposal = make.proposal()
    for _ in range(2):
        services.withdraw(proposal.id, by=actor_of(proposal.author))
    assert heard() == ["ProposalWithdrawn"]
    assert proposal.withdrawn_at is not None


def test_the_words_of_residents_are_not_in_the_audit_log(app):
    cycle = make.cycle()
    services.submit(cycle.id, said.words(cycle, title="Canary on Mill Lane"), by=make.actor())
    assert "Canary" not in "".join(db.session.scalars(sa.select(AuditEntry.body)))
