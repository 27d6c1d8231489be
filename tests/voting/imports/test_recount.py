"""A vote that was held elsewhere has no board: a clerk of its neighborhood asks for a recount, its observer agrees."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.accounts.models import RoleGrant
from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.notifications.models import Message
from app.notifications.rules import MailKind
from app.voting.board import queries as boards
from app.voting.board import rules
from app.voting.board.rules import Account, ActKind, Ending, Part, Standing, WhyNot, why_not_ask
from app.voting.board.services import MayNot, approve, end, request
from app.voting.models import Result, Vote
from app.voting.results import services
from app.voting.rules import VoteStage
from tests import make
from tests.browser import Browser
from tests.voting.imports.files import board, imported, pb

ANSWERS = {"options": [1], "reason": "The park is being dug up."}


@pytest.fixture
def people(app, tmp_path: Path):
    """A clerk and an observer with a vote that was imported and counted, and that nobody has signed."""
    path, people = tmp_path / "elsewhere.pb", board()
    path.write_text(pb())
    assert imported(path, people, signed=False).exit_code == 0
    return [make.fresh(actor_of(person)) for person in people]


def vote():
    return db.session.scalars(sa.select(Vote)).one()


def asked(who, kind=ActKind.RECOUNT, **answers):
    return request(vote().cycle_id, kind, answers or ANSWERS, by=who)


def agreed(action_id, who):
    return approve(action_id, boards.action(vote().cycle_id, action_id.hex()).hash, by=who)


def test_a_clerk_asks_and_an_observer_agrees_on_their_pages(app, people):
    clerk, observer = (Browser(app).sign_in(make.account(person)) for person in people)
    here, label = f"/results/{vote().cycle_id}", "A project cannot be carried out after all? Recount without it"
    page = clerk.open(here).follow(label)
    sure = page.press("Go on", options=["1"], reason=ANSWERS["reason"])
    assert "An observer of this neighborhood has to agree." in sure.text
    waits = sure.press("Ask an observer for this recount")
    assert "The observers of this neighborhood are asked" in waits.text and "I agree" not in waits.text
    assert label not in observer.open(here).text
    observer.open(waits.path).press("I agree: Recount without a withdrawn project")
    counts = db.session.scalars(sa.select(Result).order_by(Result.number))
    assert [(row.number, row.withdrawn) for row in counts] == [(1, []), (2, [1])]
    assert "This is count 2." in clerk.open(here).text


def test_the_recount_is_signed_and_is_then_the_result(people):
    clerk, observer = people
    agreed(asked(clerk), observer)
    for person in people:
        services.certify(vote().cycle_id, by=person)
    counts = db.session.scalars(sa.select(Result).order_by(Result.number)).all()
    assert [row.certified_at is not None for row in counts] == [False, True]
    assert vote().stage is VoteStage.CERTIFIED


def test_observers_are_told_by_mail(people, mailbox):
    clerk, observer = people
    asked(clerk)
    told = db.session.scalars(sa.select(Message.person_id).where(Message.kind == MailKind.BOARD_ASKED)).all()
    assert told == [observer.id]
    mail = mailbox.newest()
    assert mail.to == [make.account(observer).email]
    assert "An observer is asked" in mail.subject and "a vote that was held elsewhere" in " ".join(mail.body.split())


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.OFFICER, None])
def test_only_a_clerk_asks(people, role):
    with pytest.raises(MayNot) as refusal:
        asked(make.fresh(make.actor(*([role] if role else []))))
    assert refusal.value.reason is WhyNot.NO_BOARD and "held elsewhere" in refusal.value.message


def test_the_page_is_not_for_others(app, people):
    for somebody in (make.person(), make.account(people[1])):
        assert Browser(app).sign_in(somebody).open(f"/results/{vote().cycle_id}/recount").status in (403, 404)


@pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, None])
def test_nobody_agrees_but_an_observer(people, role):
    action_id = asked(people[0])
    with pytest.raises(MayNot) as refusal:
        agreed(action_id, make.fresh(make.actor(*([role] if role else []))))
    assert refusal.value.reason is WhyNot.NO_BOARD
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Result)) == 1


def test_an_observer_of_today_does_not_agree_yet(people):
    action_id = asked(people[0])
    with transaction():
        db.session.execute(sa.update(RoleGrant).values(granted_at=now()))
    with pytest.raises(MayNot) as refusal:
        agreed(action_id, people[1])
    assert refusal.value.reason is WhyNot.NEW_MEMBER


def test_nobody_agrees_with_themselves(people):
    action_id = asked(people[0])
    with pytest.raises(MayNot):
        agreed(action_id, people[0])


@pytest.mark.parametrize("kind", [kind for kind in ActKind if kind is not ActKind.RECOUNT])
def test_nothing_else_is_asked_for_where_there_is_no_board(kind):
    facts = {"part": Part.RUNS, "since": None, "confirmed_at": None, "has_board": False}
    clerk = Standing(person_id=1, account=Account(email=""), **facts)
    assert why_not_ask(kind, clerk, is_fresh=True) is WhyNot.NO_BOARD
    assert why_not_ask(ActKind.RECOUNT, clerk, is_fresh=True) is None


def test_an_observer_declines(people):
    clerk, observer = people
    assert end(asked(clerk), by=observer) is Ending.DECLINED


def test_after_the_certification_it_is_not_recounted(people):
    for person in people:
        services.certify(vote().cycle_id, by=person)
    with pytest.raises(services.DomainError, match="already certified"):
        asked(people[0])


def test_a_rule_that_lets_any_clerk_agree_is_noticed(people, monkeypatch):
    """The twin: with the rule away, a second clerk's agreement would have been enough."""
    action_id = asked(people[0])
    monkeypatch.setattr(rules, "_why_no_part", lambda _kind, _who: None)
    assert agreed(action_id, make.fresh(make.actor(Role.CLERK))).withdrawn == [1]
