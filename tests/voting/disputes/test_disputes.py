"""«Somebody voted as me»: what is known, two members decide, the envelope is gone unread, and the voter votes again."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from time_machine import travel

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.voting.board.queries import action
from app.voting.board.rules import ActKind
from app.voting.board.services import MayNot, approve, request
from app.voting.disputes import queries, services
from app.voting.disputes.models import Dispute, VoidedLeaf
from app.voting.disputes.rules import DisputeStage, Known, WhyNot, channel_after_voiding, known, why_not_void
from app.voting.disputes.services import Report
from app.voting.models import Envelope, RollEntry
from app.voting.reconciling.queries import numbers
from app.voting.rules import Channel, VoteStage
from tests import make
from tests.browser import Browser
from tests.voting.ballots import box

SAID = "I was away all week and never opened the ballot."
ANSWER = "We believe you. Please vote again."


def reported(vote, voter, text: str = SAID) -> int:
    return services.report(vote.cycle_id, Report(text=text, key=text[:40]), by=voter)


def decided(vote, number: int, ending: DisputeStage = DisputeStage.VOIDED):
    return make.agreed(ActKind.VOID_ENVELOPE, vote.cycle_id, number=number, ending=ending.value, answer=ANSWER)


def test_a_voided_envelope_does_not_count_and_its_voter_can_vote_again(app):
    vote, [ada, ben] = make.open_vote(voters=2)
    for voter in (ada, ben):
        make.cast(vote, voter, [1])
    decided(vote, reported(vote, ada))
    assert numbers(vote.id).voters_online == 1
    make.cast(vote, ada, [3])
    box.close(vote.cycle_id)
    assert box.rankings(vote.cycle_id) == [(1,), (3,)]
    assert numbers(vote.id).voters_online == numbers(vote.id).envelopes


def test_the_envelope_is_gone_and_its_leaf_is_marked(app):
    vote, [ada] = make.open_vote()
    for ranking in ([1], [2]):
        make.cast(vote, ada, ranking)
    leaves = set(db.session.scalars(sa.select(Envelope.leaf)))
    decided(vote, reported(vote, ada))
    assert set(db.session.scalars(sa.select(VoidedLeaf.leaf))) == leaves
    assert db.session.scalars(sa.select(Envelope)).all() == []
    assert db.session.execute(sa.select(RollEntry.channel, RollEntry.revision)).all() == [(Channel.NONE, 0)]


def test_an_answer_without_voiding_leaves_the_ballot(app):
    vote, [ada] = make.open_vote()
    make.cast(vote, ada, [2])
    decided(vote, reported(vote, ada), DisputeStage.KEPT)
    box.close(vote.cycle_id)
    assert box.rankings(vote.cycle_id) == [(2,)]


def test_one_member_alone_voids_nothing(app):
    vote, [ada] = make.open_vote()
    make.cast(vote, ada, [1])
    number = reported(vote, ada)
    first, _second, observer = make.board_of(vote.cycle_id)
    answers = {"number": number, "ending": "voided", "answer": ANSWER}
    asked = request(vote.cycle_id, ActKind.VOID_ENVELOPE, answers, by=first)
    for who in (first, observer):
        with pytest.raises(MayNot):
            approve(asked, action(vote.cycle_id, asked.hex()).hash, by=who)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Envelope)) == 1


def test_a_cast_between_request_and_approval_stops_the_voiding(app):
    vote, [ada] = make.open_vote()
    make.cast(vote, ada, [1])
    number = reported(vote, ada)
    first, second, _observer = make.board_of(vote.cycle_id)
    answers = {"number": number, "ending": "voided", "answer": ANSWER}
    asked = request(vote.cycle_id, ActKind.VOID_ENVELOPE, answers, by=first)
    seen = action(vote.cycle_id, asked.hex()).hash
    make.cast(vote, ada, [2])
    with pytest.raises(MayNot, match="changed"):
        approve(asked, seen, by=second)
    assert queries.find(vote.cycle_id, number).stage is DisputeStage.REPORTED


def test_somebody_with_a_paper_ballot_in_hand_keeps_it(app):
    vote, [ada] = make.open_vote()
    make.cast(vote, ada, [1])
    with transaction():
        db.session.execute(sa.update(RollEntry).values(channel=Channel.PAPER_ISSUED))
    decided(vote, reported(vote, ada))
    assert db.session.execute(sa.select(RollEntry.channel, RollEntry.revision)).all() == [(Channel.PAPER_ISSUED, 0)]
    box.close(vote.cycle_id)
    assert numbers(vote.id).voters_online == numbers(vote.id).envelopes


@pytest.mark.parametrize("stage", VoteStage)
@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("revision", [0, 2])
def test_envelopes_are_voided_only_where_there_are_some_and_before_the_set_is_fixed(stage, channel, revision):
    reason = why_not_void(stage, channel, revision)
    in_time = stage in (VoteStage.OPEN, VoteStage.CLOSED)
    has_some = revision > 0 and channel not in (Channel.PAPER_RETURNED, Channel.VOID)
    assert (reason is None) is (in_time and has_some)
    if stage is not VoteStage.FROZEN and not in_time:
        assert reason is WhyNot.OPENED


@pytest.mark.parametrize("channel", Channel)
def test_what_is_known_and_where_somebody_stands_afterwards(channel):
    assert (known(channel, 1) is Known.ENVELOPE) is (channel not in (Channel.PAPER_RETURNED, Channel.VOID))
    assert channel_after_voiding(channel) in (Channel.NONE, Channel.PAPER_ISSUED)


def test_a_second_report_means_the_one_that_waits(app):
    vote, [ada] = make.open_vote()
    make.cast(vote, ada, [1])
    assert reported(vote, ada) == reported(vote, ada, "Again, I have not voted at all.")


def test_a_stranger_reports_nothing_and_no_resident_reports_for_another(app):
    vote, [ada] = make.open_vote()
    with pytest.raises(DomainError) as refused:
        reported(vote, make.actor())
    assert refused.value.code == "not_on_roll"
    with pytest.raises(NoStanding):
        services.report(vote.cycle_id, Report(text=SAID, key="x", reference="ada@example.org"), by=ada)


def test_a_clerk_writes_down_what_somebody_says_at_the_desk(app):
    vote, [ada] = make.open_vote()
    make.cast(vote, ada, [1])
    entry = db.session.scalar(sa.select(RollEntry.id))
    for key, reference in (("a", make.account(ada).email), ("b", entry.hex()[:8])):
        command = Report(text=SAID, key=key, reference=reference)
        assert services.report(vote.cycle_id, command, by=make.actor(Role.CLERK)) == 1
    with pytest.raises(DomainError, match="Nobody on this roll"):
        services.report(vote.cycle_id, Report(text=SAID, key="c", reference="nobody@x.org"), by=make.actor(Role.CLERK))


def test_the_answer_comes_by_mail(app, mailbox):
    vote, [ada] = make.open_vote()
    make.cast(vote, ada, [1])
    decided(vote, reported(vote, ada))
    [mail] = [mail for mail in mailbox.all() if mail.subject.startswith("Answer to your report")]
    assert mail.to == [make.account(ada).email] and ANSWER in mail.body and "nobody has read it" in mail.body


def test_small_numbers_are_not_public(app):
    vote, roll = make.open_vote(voters=5)
    for n, voter in enumerate(roll):
        make.cast(vote, voter, [1])
        assert queries.public_counts(vote.cycle_id).reported == (0 if n == 0 else None)
        reported(vote, voter, f"It was not me, number {n}.")
    counts = queries.public_counts(vote.cycle_id)
    assert (counts.reported, counts.voided) == (5, 0)


def test_after_three_days_a_report_is_late(app):
    vote, [ada] = make.open_vote()
    make.cast(vote, ada, [1])
    number = reported(vote, ada)
    with travel(now() + timedelta(days=3, minutes=1)):
        assert queries.find(vote.cycle_id, number).is_late


def test_the_audit_log_has_each_step_and_no_words(app):
    vote, [ada] = make.open_vote()
    make.cast(vote, ada, [1])
    decided(vote, reported(vote, ada))
    kinds = list(db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)))
    bodies = "".join(db.session.scalars(sa.select(AuditEntry.body)))
    assert [k for k in kinds if "Disput" in k] == ["VoteDisputed", "DisputeDecided"]
    assert SAID not in bodies and ANSWER not in bodies


def test_a_resident_reports_and_a_member_answers_in_the_browser(app):
    vote, [ada] = make.open_vote()
    make.cast(vote, ada, [1])
    resident = Browser(app).sign_in(make.account(ada))
    page = resident.open(f"/disputes/{vote.cycle_id}")
    assert "A sealed ballot has come in for you." in page.text
    page = page.press("Report it", text=SAID)
    assert "You get an answer by" in page.text and "Report it" not in [b.text for b in page.all("button")]
    first, _second, _observer = make.board_of(vote.cycle_id)
    member = Browser(app).sign_in(make.account(first)).open(f"/disputes/{vote.cycle_id}/all")
    assert SAID in member.text and member.follow("Answer 1").one("h1") == "Answer report 1"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Dispute)) == 1


def test_a_visitor_sees_counts_and_nothing_of_anybody(app, browser):
    vote, [ada] = make.open_vote()
    make.cast(vote, ada, [1])
    reported(vote, ada)
    page = browser.open(f"/disputes/{vote.cycle_id}")
    assert "Reports: fewer than 5." in page.text and "has come in for you." not in page.text and SAID not in page.text


def test_a_resident_does_not_read_the_reports_of_others(app):
    vote, [ada, ben] = make.open_vote(voters=2)
    make.cast(vote, ada, [1])
    reported(vote, ada)
    browser = Browser(app).sign_in(make.account(ben))
    assert browser.open(f"/disputes/{vote.cycle_id}/all").status == 403
    assert SAID not in browser.open(f"/disputes/{vote.cycle_id}").text
