"""The mail about one's own vote: it comes in time, says nothing, and leaves nothing that tells when somebody voted."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from time_machine import travel

from app.core.clock import now
from app.core.db import db
from app.voting.models import RollEntry
from app.voting.notices import rules, services
from app.voting.notices.models import CastNotice, NoticeRound
from app.wiring import EVERY_MINUTE
from tests import make
from tests.voting.ballots import box


def told(mailbox) -> list[str]:
    return [mail.to[0] for mail in mailbox.all() if mail.subject.startswith("A ballot was received")]


def minutes_of_work(minutes: int) -> None:
    """The worker looks once a minute for so long."""
    start = now()
    for minute in range(minutes):
        with travel(start + timedelta(minutes=minute)):
            services.tell_when_due()


def test_a_voter_is_told_within_fifteen_minutes(app, mailbox):
    vote, [voter] = make.open_vote()
    services.tell_when_due()
    make.cast(vote, voter, [1])
    minutes_of_work(16)
    assert told(mailbox) == [make.account(voter).email]


def test_nobody_is_told_twice_of_one_cast_but_again_of_the_next(app, mailbox):
    vote, [voter] = make.open_vote()
    for ranking in ([1], [2]):
        make.cast(vote, voter, ranking)
        services.tell(vote.id)
        services.tell(vote.id)
    assert len(told(mailbox)) == 2


def test_the_mail_names_no_option_and_no_time(app, mailbox):
    vote, [voter] = make.open_vote(options=3)
    make.cast(vote, voter, [3, 1])
    services.tell(vote.id)
    [body] = [mail.body for mail in mailbox.all() if mail.subject.startswith("A ballot was received")]
    assert "If it was not you" in body and "Lamps" not in body and f"{now():%H:%M}" not in body


def test_a_cast_waits_for_a_round_and_the_first_look_only_draws_one(app, mailbox):
    vote, [voter] = make.open_vote()
    make.cast(vote, voter, [1])
    services.tell_when_due()
    services.tell_when_due()
    assert told(mailbox) == []


@pytest.mark.parametrize(("drawn", "minutes"), [(0, 4), (rules.CHANCES // 2, 9), (rules.CHANCES, 14)])
def test_rounds_are_four_to_fourteen_minutes_apart(drawn, minutes):
    assert rules.pause(drawn) == timedelta(minutes=minutes)


def test_the_order_of_a_round_is_not_that_of_the_casts_or_of_the_roll(app, mailbox, monkeypatch):
    vote, voters = make.open_vote(voters=30)
    for voter in voters:
        make.cast(vote, voter, [1])
    services.tell(vote.id)
    addresses = [make.account(voter).email for voter in voters]
    by_entry = db.session.execute(sa.select(RollEntry.person_id).order_by(RollEntry.id)).scalars().all()
    in_roll_order = [make.account(next(v for v in voters if v.id == each)).email for each in by_entry]
    assert sorted(told(mailbox)) == sorted(addresses)
    assert told(mailbox) not in (addresses, in_roll_order)


def test_a_resident_switches_the_mail_off_and_on_again(app, browser, mailbox):
    vote, [voter] = make.open_vote()
    page = browser.sign_in(make.account(voter)).open("/account/vote-mail/")
    page.press("Switch this mail off")
    make.cast(vote, voter, [1])
    services.tell(vote.id)
    assert told(mailbox) == []
    browser.open("/account/vote-mail/").press("Switch this mail on")
    services.tell(vote.id)
    assert told(mailbox) == [], "the past is not told of afterwards"
    make.cast(vote, voter, [2])
    services.tell(vote.id)
    assert len(told(mailbox)) == 1


def test_a_mail_the_server_refuses_goes_out_in_the_next_round(app, mailbox, monkeypatch):
    vote, [ada, ben] = make.open_vote(voters=2)
    for voter in (ada, ben):
        make.cast(vote, voter, [1])
    real, broken = services.mail.send, make.account(ada).email

    def send(kind, *, to, **more):
        if to == broken:
            raise OSError("refused")
        real(kind, to=to, **more)

    with monkeypatch.context() as patch:
        patch.setattr(services.mail, "send", send)
        services.tell(vote.id)
    assert told(mailbox) == [make.account(ben).email]
    services.tell(vote.id)
    assert told(mailbox) == [make.account(ben).email, broken]


def test_a_clock_that_was_ahead_does_not_keep_voters_waiting(app, mailbox):
    vote, [voter] = make.open_vote()
    with travel(now() + timedelta(hours=5)):
        services.tell_when_due()
    make.cast(vote, voter, [1])
    minutes_of_work(16)
    assert len(told(mailbox)) == 1


def test_after_the_close_the_last_voters_are_told_too(app, mailbox):
    vote, [voter] = make.open_vote()
    make.cast(vote, voter, [1])
    box.close(vote.cycle_id)
    services.tell_when_due()
    minutes_of_work(16)
    assert len(told(mailbox)) == 1


def test_what_is_kept_of_a_notice_is_an_entry_and_a_number(app):
    assert set(CastNotice.__table__.columns.keys()) == {"roll_entry_id", "revision"}
    assert set(NoticeRound.__table__.columns.keys()) == {"vote_id", "due_at"}


def test_a_notice_writes_one_row_without_a_time_and_nothing_else(app, statements):
    vote, [voter] = make.open_vote()
    make.cast(vote, voter, [1])
    statements.clear()
    services.tell(vote.id)
    written = [s for s in statements if not s.startswith("SELECT")]
    assert len(written) == 1 and written[0].startswith("INSERT INTO cast_notice (roll_entry_id, revision)")


def test_the_worker_looks_every_minute():
    assert services.tell_when_due in EVERY_MINUTE
