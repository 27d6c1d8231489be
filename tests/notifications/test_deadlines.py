"""An end is told three days before it comes, once, to whom it concerns."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.clock import at, now
from app.core.db import db, transaction
from app.cycles.rules import PhaseKind
from app.cycles.rules import Stage as CycleStage
from app.notifications.deadlines import services
from app.notifications.deadlines.models import DeadlineNotice
from app.notifications.deadlines.rules import AHEAD, is_near
from app.proposals import services as verbs
from app.proposals.review import services as reviews
from app.proposals.review.models import Review
from app.proposals.review.rules import Decision, Reason
from app.proposals.rules import Stage
from app.proposals.second_looks.rules import ask_until
from tests import make
from tests.notifications.test_news import follows
from tests.proposals import said

HOUR = timedelta(hours=1)


def end_of(cycle):
    return next(phase.ends_at for phase in cycle.phases if phase.kind is PhaseKind(cycle.stage.value))


def told_at(mailbox, moment):
    """Who has heard what when the worker has looked at `moment`."""
    with at(moment):
        services.tell_what_is_near()
    return {mail.to[0]: mail.subject for mail in mailbox.all()}


@pytest.mark.parametrize(
    ("before", "near"),
    [(AHEAD + HOUR, False), (AHEAD, True), (HOUR, True), (timedelta(0), False), (-HOUR, False)],
)
def test_an_end_is_near_within_three_days(before, near):
    moment = now()
    assert is_near(moment + before, moment) is near


def test_an_author_who_was_asked_for_changes_hears_once_that_the_time_to_answer_ends(app, mailbox):
    cycle = make.cycle(stage=CycleStage.REVIEWING)
    waits, answered = (make.proposal(within=cycle) for _each in range(2))
    until = now() + timedelta(days=10)
    for each in (waits, answered):
        found = said.finding(Decision.NEEDS_CHANGES, answer_until=until)
        reviews.review(each.id, found, by=make.actor(Role.OFFICER))
    verbs.edit(answered.id, said.words(cycle), by=actor_of(answered.author))
    heard = []
    for moment in (until - AHEAD - HOUR, until - AHEAD, until - HOUR):
        told_at(mailbox, moment)
        heard.append([mail.to for mail in mailbox.all() if "asked you to change" in mail.body])
    assert heard == [[], [[waits.author.email]], [[waits.author.email]]]


def test_the_author_of_a_draft_hears_once_that_it_can_soon_not_be_sent_any_more(app, mailbox):
    cycle = make.cycle()
    draft, _sent = make.proposal(within=cycle, stage=Stage.DRAFT), make.proposal(within=cycle)
    ends_at = end_of(cycle)
    assert told_at(mailbox, ends_at - AHEAD - HOUR) == {}
    for moment in (ends_at - AHEAD, ends_at - HOUR):
        subjects = told_at(mailbox, moment)
    assert list(subjects) == [draft.author.email] and subjects[draft.author.email].startswith("Your draft")
    assert len(mailbox.all()) == 1


def test_an_author_with_changes_to_make_and_followers_hear_that_the_review_ends(app, mailbox):
    cycle = make.cycle(stage=CycleStage.REVIEWING)
    waits, other = make.proposal(within=cycle, stage=Stage.NEEDS_CHANGES), make.proposal(within=cycle)
    ada = follows(other)
    subjects = told_at(mailbox, end_of(cycle) - AHEAD)
    assert set(subjects) == {waits.author.email, ada.email}
    assert subjects[waits.author.email].startswith("A proposal needs changes until")
    assert subjects[ada.email].startswith("The review ends on")


def test_somebody_who_follows_many_gets_one_mail_that_names_ten(app, mailbox):
    cycle = make.cycle(stage=CycleStage.VOTING)
    ada = make.person()
    for _ in range(12):
        proposal = make.proposal(within=cycle, stage=Stage.ON_BALLOT)
        with transaction():
            db.session.add(services.queries.Follow(proposal_id=proposal.id, person_id=ada.id, followed_at=now()))
    told_at(mailbox, end_of(cycle) - HOUR)
    (mail,) = [mail for mail in mailbox.all() if mail.to == [ada.email]]
    assert mail.body.count("\n- ") == 10


def test_an_author_hears_that_the_right_to_a_second_look_ends(app, mailbox):
    proposal = make.proposal(stage=Stage.NOT_FEASIBLE)
    said = {"decision": Decision.NOT_FEASIBLE, "reason": next(iter(Reason)), "explanation": "Because."}
    review = Review(proposal_id=proposal.id, officer=make.person(), decided_at=now() - timedelta(days=8), **said)
    with transaction():
        db.session.add(review)
    for _ in range(2):
        subjects = told_at(mailbox, ask_until(review.decided_at) - HOUR)
    assert subjects[proposal.author.email].startswith("You can ask for a second look until")
    assert len(mailbox.all()) == 1


def test_a_phase_that_ends_later_is_told_again(app, mailbox):
    cycle = make.cycle()
    make.proposal(within=cycle, stage=Stage.DRAFT)
    told_at(mailbox, end_of(cycle) - HOUR)
    with transaction():
        cycle.phases[0].ends_at += timedelta(days=5)
        cycle.phases[1].starts_at += timedelta(days=5)
    told_at(mailbox, end_of(cycle) - HOUR)
    assert len(mailbox.all()) == 2


def test_a_draft_sent_before_the_mail_goes_out_is_not_named(app, mailbox):
    cycle = make.cycle()
    draft = make.proposal(within=cycle, stage=Stage.DRAFT)
    with at(end_of(cycle) - HOUR):
        services.tell_what_is_near()
    with transaction():
        draft.stage, draft.number, draft.submitted_at = Stage.SUBMITTED, 1, now()
    assert mailbox.all() == []


def test_a_mail_that_cannot_be_left_leaves_no_mark(app, mailbox, monkeypatch):
    cycle = make.cycle()
    make.proposal(within=cycle, stage=Stage.DRAFT)
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(services.outbox, "leave_all", lambda *_: 1 / 0)
        told_at(mailbox, end_of(cycle) - HOUR)
    assert len(told_at(mailbox, end_of(cycle) - HOUR)) == 1


def test_the_check_notices_an_end_told_twice(app, mailbox, monkeypatch):
    cycle = make.cycle()
    make.proposal(within=cycle, stage=Stage.DRAFT)
    for _ in range(2):
        told_at(mailbox, end_of(cycle) - HOUR)
        with transaction():
            db.session.execute(sa.delete(DeadlineNotice))
    assert len(mailbox.all()) == 2


def test_the_schema_keeps_one_notice_of_an_end(app):
    facts = {"kind": "collecting", "cycle_id": make.cycle().id, "ends_at": now()}
    with pytest.raises(IntegrityError), transaction():
        db.session.add_all(DeadlineNotice(**facts) for _ in range(2))
