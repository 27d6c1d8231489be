"""Reported comments: once each, judged in the open by somebody else, hidden with a reason and never gone."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.proposals.discussion import queries as discussion
from app.proposals.discussion import services as talking
from app.proposals.discussion.models import Comment
from app.proposals.discussion.moderation import policies, queries, services
from app.proposals.discussion.moderation.models import CommentReport
from app.proposals.discussion.moderation.rules import Concern
from app.proposals.discussion.moderation.services import ReportComment
from app.proposals.discussion.services import EditComment
from tests import make
from tests.proposals.discussion import talk
from tests.proposals.said import all_at_once

PRIVATE = ReportComment(concern=Concern.PRIVATE, note="It gives a house number.")


def reported(on=None, by=None):
    said = talk.comment(on or make.proposal(), by)
    services.report(said.id, PRIVATE, by=make.actor())
    return said


def text_for(comment_id, viewer):
    return discussion.one(comment_id, viewer).comment.text


def test_each_person_reports_a_comment_once_and_never_their_own(app):
    ada, author = make.actor(), make.actor(Role.CLERK)
    said = talk.comment(make.proposal(), author)
    assert [talk.outcome(services.report, said.id, PRIVATE, by=ada) for _ in range(2)] == ["done", "already"]
    assert talk.outcome(services.report, said.id, PRIVATE, by=author) == "own"


def test_two_reports_by_one_person_at_once_make_one(app):
    ada, said = make.actor(), talk.comment(make.proposal()).id
    all_at_once(app, [lambda: services.report(said, PRIVATE, by=ada)] * 2)
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CommentReport)) == 1


def test_the_queue_is_for_one_s_own_neighborhoods_longest_waiting_first(app):
    mine, other = make.proposal(), make.proposal()
    first, second = reported(mine), reported(mine)
    services.report(first.id, PRIVATE, by=make.actor())
    reported(other)
    here = [mine.cycle.neighborhood_id]
    assert [(row.comment_id, row.reports) for row in queries.queue(here).items] == [(first.id, 2), (second.id, 1)]
    assert (queries.everything(here).total, queries.everything(None).total) == (2, 3)


def test_the_queue_costs_two_statements_however_long_it_is(app, statements):
    proposal, reporter = make.proposal(), make.person()
    talk.rows(proposal, proposal.author_id, 25, reporter_id=reporter.id)
    statements.clear()
    assert len(queries.queue(None).items) == 20 and len(statements) == 2


def test_what_is_hidden_keeps_its_trace_and_loses_its_words(app):
    said, clerk = reported(), make.actor(Role.CLERK)
    services.hide(said.id, talk.REASON, by=clerk)
    row = discussion.one(said.id, None).comment
    assert (row.text, row.hiding.by, row.hiding.reason) == (None, clerk.name, talk.REASON)
    assert queries.everything(None).total == 0
    assert talk.outcome(talk.answer, said) == "hidden"
    assert talk.outcome(services.report, said.id, PRIVATE, by=make.actor()) == "hidden"
    assert talk.outcome(services.hide, said.id, talk.REASON, by=clerk) == "hidden"


def test_hidden_words_are_kept_for_those_who_watch_over_this_neighborhood(app):
    author = make.actor(Role.OFFICER)
    said = reported(by=author)
    services.hide(said.id, talk.REASON, by=make.actor(Role.CLERK))
    readers = {role: text_for(said.id, make.actor(role)) for role in Role}
    assert {role for role, text in readers.items() if text} == {Role.OBSERVER, Role.OVERSEER}
    assert text_for(said.id, author) is None
    assert text_for(said.id, talk.officer_of(make.neighborhood(), Role.OVERSEER)) is None
    assert [row.text for row in queries.hidden(None).items] == [talk.TEXT]


def test_the_check_notices_when_everybody_oversees(app, monkeypatch):
    monkeypatch.setattr("app.proposals.discussion.policies.may_oversee", lambda *_: True)
    said = reported()
    services.hide(said.id, talk.REASON, by=make.actor(Role.CLERK))
    assert text_for(said.id, None) == talk.TEXT


def test_a_comment_that_is_left_stands_and_may_be_reported_anew(app):
    said, clerk = reported(), make.actor(Role.CLERK)
    services.leave(said.id, by=clerk)
    assert text_for(said.id, None) == talk.TEXT and queries.everything(None).total == 0
    assert talk.outcome(services.leave, said.id, by=clerk) == "nothing_waits"
    assert talk.outcome(services.report, said.id, PRIVATE, by=make.actor()) == "done"


def test_nobody_judges_their_own_comment_or_what_is_said_on_their_own_proposal(app):
    officer = make.actor(Role.OFFICER)
    own = reported(by=officer)
    proposer = make.person(roles=(Role.CLERK,))
    on_own = reported(make.proposal(author=proposer))
    for verb, more in ((services.hide, [talk.REASON]), (services.leave, [])):
        assert talk.outcome(verb, own.id, *more, by=officer) == "no_standing"
        assert talk.outcome(verb, on_own.id, *more, by=actor_of(proposer)) == "no_standing"


def test_a_reason_that_says_nothing_hides_nothing(app):
    said, clerk = reported(), make.actor(Role.CLERK)
    assert [talk.outcome(services.hide, said.id, why, by=clerk) for why in ("", "  rude  ")] == ["no_reason"] * 2
    assert text_for(said.id, None) == talk.TEXT


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_the_schema_hides_nothing_without_a_reason(app, reason):
    said, clerk = talk.comment(make.proposal()), make.actor(Role.CLERK)
    with pytest.raises(IntegrityError, match="hidden_needs_reason"), transaction():
        said.hidden_at, said.hidden_by_id, said.hidden_reason = now(), clerk.id, reason
        db.session.flush()


def test_the_schema_lets_nobody_hide_their_own(app, monkeypatch):
    monkeypatch.setattr(policies, "may_judge", lambda *_, **__: True)
    clerk = make.actor(Role.CLERK)
    said = reported(by=clerk)
    with pytest.raises(IntegrityError, match="nobody_hides_their_own"):
        services.hide(said.id, talk.REASON, by=clerk)


def test_a_report_is_never_deleted(app):
    reported()
    with pytest.raises(DatabaseError, match="never deleted"), transaction():
        db.session.execute(sa.delete(CommentReport))


def test_words_under_report_stay_as_they_were_reported(app):
    author = make.actor(Role.OFFICER)
    said = reported(by=author)
    assert talk.outcome(talking.edit, said.id, EditComment(text="Nothing."), by=author) == "reported"


def test_the_audit_log_tells_who_hid_what_and_keeps_no_words(app):
    said = reported()
    services.hide(said.id, talk.REASON, by=make.actor(Role.CLERK))
    bodies = [b for b in db.session.scalars(sa.select(AuditEntry.body)) if "CommentHidden" in b]
    assert len(bodies) == 1 and f'"comment_id":{said.id}' in bodies[0]
    assert talk.TEXT not in bodies[0] and talk.REASON not in bodies[0]
    assert db.session.get_one(Comment, said.id).text == talk.TEXT


def test_a_comment_that_is_shown_again_is_read_again_and_both_reasons_stay(app):
    said = reported()
    services.hide(said.id, talk.REASON, by=make.actor(Role.OFFICER))
    services.show_again(said.id, "They have agreed to be named.", by=make.actor(Role.CLERK))
    found = discussion.one(said.id, None)
    assert found.comment.text == talk.TEXT and found.comment.hiding is None
    assert [(each.reason, each.shown_reason) for each in found.shown_again] == [
        (talk.REASON, "They have agreed to be named.")
    ]
    again = talk.outcome(services.show_again, said.id, "They have agreed to be named.", by=make.actor(Role.CLERK))
    assert again == "shown"


def test_showing_a_comment_again_has_its_reason(app):
    said = reported()
    services.hide(said.id, talk.REASON, by=make.actor(Role.OFFICER))
    assert talk.outcome(services.show_again, said.id, " no ", by=make.actor(Role.CLERK)) == "no_reason"
