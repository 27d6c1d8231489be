"""What is said about a proposal: comments, answers, and the first minutes."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.db import db, transaction
from app.proposals import queries as proposals
from app.proposals.discussion import queries, services
from app.proposals.discussion.models import Comment
from app.proposals.discussion.rules import EDIT_WINDOW, Stance
from app.proposals.discussion.services import EditComment
from app.proposals.rules import Stage, WhyShut
from tests import make
from tests.proposals.discussion import talk


def read(proposal, viewer=None, **more):
    return queries.of_proposal(proposals.detail(proposal.id, viewer), viewer, **more)


def test_comments_stand_in_their_order_with_their_answers_below(app):
    proposal = make.proposal()
    first, second = talk.comment(proposal), talk.comment(proposal, stance=Stance.AGAINST)
    below = talk.answer(first, actor_of(proposal.author))
    found = read(proposal)
    assert [row.id for row in found.page.items] == [first.id, second.id]
    assert [(row.id, row.is_proposer, row.stance) for row in found.page.items[0].answers] == [(below.id, True, None)]
    assert found.stances == {Stance.FOR: 1, Stance.AGAINST: 1} and found.shut is None


def test_an_answer_has_no_answers(app):
    below = talk.answer(talk.comment(make.proposal()))
    assert talk.outcome(talk.answer, below) == "is_answer"


def test_an_answer_stays_with_its_proposal(app):
    foreign = talk.comment(make.proposal())
    assert talk.outcome(talk.comment, make.proposal(), parent_id=foreign.id) == "not_found"


def test_the_schema_keeps_an_answer_with_its_proposal(app):
    foreign, proposal = talk.comment(make.proposal()), make.proposal()
    with pytest.raises(IntegrityError):
        talk.rows(proposal, proposal.author_id, 1, stance=None, parent_id=foreign.id)


def test_drafts_and_withdrawn_proposals_take_no_comments(app):
    draft, gone = make.proposal(stage=Stage.DRAFT), make.proposal(stage=Stage.WITHDRAWN)
    assert talk.outcome(talk.comment, draft, actor_of(draft.author)) == WhyShut.DRAFT.value
    assert talk.outcome(talk.comment, draft) == "not_found"
    assert talk.outcome(talk.comment, gone) == WhyShut.WITHDRAWN.value


def test_one_s_own_words_change_for_a_quarter_of_an_hour(app):
    proposal, by = make.proposal(), make.actor(Role.CLERK)
    said = talk.comment(proposal, by)
    services.edit(said.id, EditComment(text="Twelve lamps.", stance=Stance.AGAINST), by=by)
    row = read(proposal, by).page.items[0]
    assert (row.text, row.stance, row.edited_at is not None) == ("Twelve lamps.", Stance.AGAINST, True)
    grown_old(said)
    assert talk.outcome(services.edit, said.id, EditComment(text="No."), by=by) == "time_is_up"
    assert not read(proposal, by).page.items[0].may_be_changed


def grown_old(comment):
    with transaction():
        comment.written_at = comment.written_at - EDIT_WINDOW - timedelta(seconds=1)


def test_an_answer_that_is_changed_stays_without_a_stance(app):
    by = make.actor(Role.CLERK)
    below = talk.answer(talk.comment(make.proposal()), by)
    services.edit(below.id, EditComment(text="Yes.", stance=Stance.FOR), by=by)
    assert db.session.get_one(Comment, below.id).stance is None


def test_no_comment_is_ever_deleted(app):
    said = talk.comment(make.proposal())
    with pytest.raises(DatabaseError, match="never deleted"), transaction():
        db.session.execute(sa.delete(Comment).where(Comment.id == said.id))


def test_the_audit_log_keeps_no_words(app):
    talk.comment(make.proposal())
    bodies = "".join(db.session.scalars(sa.select(AuditEntry.body)))
    assert "CommentWritten" in bodies and talk.TEXT not in bodies


def counted(statements, verb):
    statements.clear()
    made = verb()
    return made, len([each for each in statements if "clock_timestamp" not in each])


def test_a_long_discussion_costs_four_statements(app, statements):
    proposal = make.proposal()
    first = talk.rows(proposal, proposal.author_id, 25)[0]
    talk.rows(proposal, proposal.author_id, 8, stance=None, parent_id=first)
    detail = proposals.detail(proposal.id, None)
    found, count = counted(statements, lambda: queries.of_proposal(detail, None))
    assert count == 4
    assert (found.page.total, found.page.pages, len(found.page.items)) == (25, 2, 20)
    assert (len(found.page.items[0].answers), found.page.items[0].answers_total) == (queries.ANSWERS_SHOWN, 8)
    assert len(queries.of_proposal(detail, None, page=2).page.items) == 5


def test_a_comment_s_own_page_has_all_its_answers_in_pages(app, statements):
    proposal = make.proposal()
    first = talk.rows(proposal, proposal.author_id, 1)[0]
    talk.rows(proposal, proposal.author_id, 8, stance=None, parent_id=first)
    found, count = counted(statements, lambda: queries.one(first, None, size=5))
    assert (found.answers.total, len(found.answers.items)) == (8, 5)
    assert count == 8
    assert len(queries.one(first, None, page=2, size=5).answers.items) == 3


def test_the_check_of_statements_notices_one_a_comment(app, statements):
    proposal = make.proposal()
    talk.rows(proposal, proposal.author_id, 5)
    detail = proposals.detail(proposal.id, None)

    def naive():
        return [queries.one(row.id, None) for row in queries.of_proposal(detail, None).page.items]

    assert counted(statements, naive)[1] > 4
