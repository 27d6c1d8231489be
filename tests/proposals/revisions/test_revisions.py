"""Every public text is kept with who wrote it and when, and can be read by everybody, word by word."""

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db
from app.core.errors import DomainError, NoStanding, NotFound
from app.cycles.rules import Stage as CycleStage
from app.proposals import policies, services
from app.proposals.events import ProposalEdited
from app.proposals.revisions import queries
from app.proposals.revisions.services import SaveProposal, save
from app.proposals.rules import CostLine, Stage
from tests import make
from tests.proposals import said


def sent(**more):
    """A proposal that was sent in the way residents do it, and its author."""
    cycle, author = make.cycle(), make.actor()
    return services.submit(cycle.id, said.words(cycle, **more), by=author), author


def edited(proposal, by, *, changed="", **more):
    command = SaveProposal(
        words=said.words(proposal.cycle, **more), read_up_to=queries.newest(proposal.id), changed=changed
    )
    return save(proposal.id, command, by=by)


def numbers(proposal):
    return [revision.number for revision in queries.all_of(proposal.id)]


def test_the_first_text_is_kept_when_it_is_sent_and_each_edit_keeps_another(app):
    proposal, author = sent()
    edited(proposal, author, title="Seven lamps on Mill Lane", changed="One lamp more.")
    newest, first = queries.all_of(proposal.id)
    assert (first.number, first.title, first.changed) == (1, "Six lamps on Mill Lane", "")
    assert (newest.number, newest.title, newest.changed) == (2, "Seven lamps on Mill Lane", "One lamp more.")
    assert (newest.author, newest.written_at) == (author.name, proposal.edited_at)


def test_a_draft_has_no_revisions_until_it_is_sent(app):
    cycle, author = make.cycle(), make.actor()
    draft = services.draft(cycle.id, said.words(cycle), by=author)
    edited(draft, author, title="Seven lamps on Mill Lane")
    with pytest.raises(NotFound):
        queries.all_of(draft.id)
    services.send(draft.id, by=author)
    assert [r.title for r in queries.all_of(draft.id)] == ["Seven lamps on Mill Lane"]


def test_the_lines_of_the_estimate_are_kept_in_their_order(app):
    lines = (CostLine(label="Poles", amount_cents=1), CostLine(label="Lamps", amount_cents=2))
    proposal, author = sent(estimate=lines)
    edited(proposal, author)
    assert [r.estimate for r in queries.all_of(proposal.id)] == [said.LAMPS, lines]


@pytest.mark.parametrize("statement", ["UPDATE proposal_revision SET title = 'x'", "DELETE FROM proposal_revision"])
def test_what_is_kept_is_never_edited(app, statement):
    sent()
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.execute(sa.text(statement))


def test_a_text_that_cannot_be_kept_is_not_saved(app, monkeypatch):
    proposal, author = sent()
    monkeypatch.setitem(app.extensions, "event_wiring", {ProposalEdited: [lambda event: 1 / 0]})
    with pytest.raises(ZeroDivisionError):
        edited(proposal, author, title="Seven lamps on Mill Lane")
    assert proposal.title == "Six lamps on Mill Lane" and numbers(proposal) == [1]


def test_the_check_notices_an_edit_that_nobody_keeps(app, monkeypatch):
    proposal, author = sent()
    wiring = {**app.extensions["event_wiring"], ProposalEdited: []}
    monkeypatch.setitem(app.extensions, "event_wiring", wiring)
    edited(proposal, author, title="Seven lamps on Mill Lane")
    assert proposal.title == "Seven lamps on Mill Lane" and numbers(proposal) == [1]


def test_what_somebody_says_has_changed_is_not_in_the_audit_log(app):
    proposal, author = sent()
    edited(proposal, author, changed="Canary on the lane.")
    assert "Canary" not in "".join(db.session.scalars(sa.select(AuditEntry.body)))


def test_a_save_on_top_of_a_newer_text_is_refused(app):
    proposal, author = sent()
    edited(proposal, author, title="Seven lamps on Mill Lane")
    late = SaveProposal(words=said.words(proposal.cycle, title="Five lamps on Mill Lane"), read_up_to=1)
    with pytest.raises(DomainError, match="changed while you were writing"):
        save(proposal.id, late, by=author)
    assert proposal.title == "Seven lamps on Mill Lane"


def test_the_same_text_sent_twice_is_kept_once(app):
    proposal, author = sent()
    command = SaveProposal(words=said.words(proposal.cycle, title="Seven lamps on Mill Lane"), read_up_to=1)
    for _ in range(2):
        save(proposal.id, command, by=author)
    assert numbers(proposal) == [2, 1]


def only_one_is_saved(app, proposal, author):
    """Whether of four texts begun from the same revision and saved in the same moment one is kept."""
    proposal_id, titles = proposal.id, [f"{n} lamps on Mill Lane" for n in range(4)]
    commands = [SaveProposal(words=said.words(proposal.cycle, title=title), read_up_to=1) for title in titles]
    answers = said.all_at_once(app, [lambda c=c: bool(save(proposal_id, c, by=author)) for c in commands])
    db.session.rollback()
    return answers.count(True) == 1 and numbers(proposal) == [2, 1]


def test_of_texts_saved_in_the_same_moment_one_stands_and_the_others_are_told(app):
    assert only_one_is_saved(app, *sent())


def test_the_check_notices_a_save_that_does_not_look(app, monkeypatch):
    monkeypatch.setattr("app.proposals.revisions.services.is_newest", lambda *_: True)
    assert not only_one_is_saved(app, *sent())


def does_save(proposal, by):
    try:
        edited(proposal, by)
    except DomainError:
        return False
    return True


@pytest.mark.parametrize("stage", [pytest.param(stage, id=stage.value) for stage in Stage])
@pytest.mark.parametrize("phase", [CycleStage.COLLECTING, CycleStage.REVIEWING, CycleStage.VOTING])
def test_only_the_author_saves_and_only_while_words_are_open(app, phase, stage):
    proposal = make.proposal(stage=stage, within=make.cycle(stage=phase))
    may = stage in (Stage.SUBMITTED, Stage.NEEDS_CHANGES) and phase is not CycleStage.VOTING
    may = may or (stage is Stage.DRAFT and phase is CycleStage.COLLECTING)
    others = [make.resident(proposal.cycle.neighborhood), *(make.actor(role) for role in Role)]
    assert [by for by in others if does_save(proposal, by)] == []
    assert does_save(proposal, actor_of(proposal.author)) is may


def test_a_stranger_is_told_of_standing_before_anything_else(app, monkeypatch):
    proposal, author = sent()
    edited(proposal, author)
    late = SaveProposal(words=said.words(proposal.cycle), read_up_to=0)
    with pytest.raises(NoStanding):
        save(proposal.id, late, by=make.actor())
    monkeypatch.setattr(policies, "may_write", lambda *_, **__: True)
    assert save(proposal.id, late, by=make.actor())


def test_the_revisions_cost_three_statements_however_many_there_are(app, statements):
    proposal, author = sent()
    for n in range(4):
        edited(proposal, author, title=f"{n} lamps on Mill Lane")
    proposal_id = proposal.id
    statements.clear()
    assert len(queries.all_of(proposal_id)) == 5
    assert len(statements) == 3
