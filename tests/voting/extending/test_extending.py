"""A later end of an open vote: two persons, a public reason, never once the end has come."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError

from app.audit.models import AuditEntry
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.cycles.models import Phase
from app.cycles.queries import facts as cycle_facts
from app.cycles.rules import PhaseKind
from app.voting.board import services as boards
from app.voting.board.queries import action
from app.voting.board.rules import ActKind
from app.voting.board.services import MayNot
from app.voting.extending.models import VoteExtension
from app.voting.extending.queries import extensions
from app.voting.extending.rules import WhyNot, why_not
from app.voting.models import Vote
from app.voting.queries import vote_facts
from tests import make
from tests.voting.together import table

REASON = "The site was down on the last evening."


def day_after_end(cycle_id, days=2):
    return (vote_facts(cycle_id).closes_at + timedelta(days=days)).date().isoformat()


def extend(cycle_id, *, days=2, reason=REASON):
    return make.agreed(ActKind.EXTEND, cycle_id, last_day=day_after_end(cycle_id, days), reason=reason)


def ends_at(cycle_id, moment):
    with transaction():
        db.session.execute(sa.update(Vote).where(Vote.cycle_id == cycle_id).values(closes_at=moment))


def test_two_members_put_the_end_off_and_the_rule_card_keeps_the_announced_one(app):
    vote, _roll = make.open_vote()
    before = vote_facts(vote.cycle_id)
    extend(vote.cycle_id)
    after = vote_facts(vote.cycle_id)
    assert after.closes_at > before.closes_at + timedelta(days=1) and after.rule_card_hash == before.rule_card_hash
    [noted] = extensions(vote.id)
    assert (noted.was_to_close_at, noted.closes_at, noted.reason) == (before.closes_at, after.closes_at, REASON)


def test_the_days_of_the_cycle_follow(app):
    vote, _roll = make.open_vote()
    extend(vote.cycle_id)
    cycle, closes_at = cycle_facts(vote.cycle_id), vote_facts(vote.cycle_id).closes_at
    assert cycle.phase(PhaseKind.VOTING).ends_at == cycle.phase(PhaseKind.COUNTING).starts_at == closes_at


def test_each_time_has_its_number_and_its_event(app):
    vote, _roll = make.open_vote()
    extend(vote.cycle_id)
    extend(vote.cycle_id, reason="The hall was still without power.")
    assert [each.number for each in extensions(vote.id)] == [1, 2]
    assert db.session.scalars(sa.select(AuditEntry.kind)).all().count("VoteExtended") == 2


def test_a_ballot_after_the_old_end_is_taken(app):
    vote, [voter] = make.open_vote()
    cycle_id = vote.cycle_id
    ends_at(cycle_id, now() + timedelta(seconds=1))
    extend(cycle_id)
    old_end = extensions(vote.id)[0].was_to_close_at
    while now() < old_end:
        pass
    assert make.cast_in(cycle_id, voter, [1]).leaf


def test_an_end_that_has_come_between_asking_and_agreeing_stays_the_end(app):
    vote, _roll = make.open_vote()
    first, second, _observer = make.board_of(vote.cycle_id)
    answers = {"last_day": day_after_end(vote.cycle_id), "reason": REASON}
    asked = boards.request(vote.cycle_id, ActKind.EXTEND, answers, by=first)
    seen = action(vote.cycle_id, asked.hex()).hash
    ends_at(vote.cycle_id, now())
    with pytest.raises(MayNot):
        boards.approve(asked, seen, by=second)
    assert extensions(vote.id) == []


def test_of_two_requests_for_a_later_end_one_is_done(app):
    vote, _roll = make.open_vote()
    first, second, _observer = make.board_of(vote.cycle_id)
    asked = [
        boards.request(
            vote.cycle_id, ActKind.EXTEND, {"last_day": day_after_end(vote.cycle_id, days), "reason": REASON}, by=first
        )
        for days in (2, 3)
    ]
    seen = [action(vote.cycle_id, each.hex()).hash for each in asked]
    boards.approve(asked[0], seen[0], by=second)
    with pytest.raises(MayNot):
        boards.approve(asked[1], seen[1], by=second)
    assert len(extensions(vote.id)) == 1


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"reason": "Because"}, "reason"),
        ({"last_day": ""}, "last_day"),
        ({"last_day": "2020-01-01"}, "last_day"),
        ({"last_day": "tomorrow"}, "last_day"),
        ({"last_day": "2999-01-01"}, "last_day"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(app, answers, field):
    vote, _roll = make.open_vote()
    with pytest.raises(DomainError) as refused:
        make.agreed(
            ActKind.EXTEND,
            vote.cycle_id,
            **{"last_day": day_after_end(vote.cycle_id), "reason": REASON} | answers,
        )
    assert refused.value.field == field


def test_only_an_open_vote_is_extended(app):
    vote = make.fixed_vote()
    with pytest.raises(DomainError, match="open vote"):
        extend(vote.cycle_id)


def test_an_extension_by_one_person_or_to_an_earlier_end_cannot_be_written_down(app):
    vote, [ada] = make.open_vote()
    [ben, _second, _observer] = make.board_of(vote.cycle_id)
    facts = {"vote_id": vote.id, "number": 1, "reason": REASON, "extended_at": now(), "was_to_close_at": now()}
    later, people = now() + timedelta(days=1), {"requester_id": ada.id, "approver_id": ben.id}
    with pytest.raises(IntegrityError, match="two_persons_extend_a_vote"), transaction():
        db.session.add(VoteExtension(**facts, closes_at=later, requester_id=ada.id, approver_id=ada.id))
    with pytest.raises(IntegrityError, match="only_ever_later"), transaction():
        db.session.add(VoteExtension(**facts, closes_at=datetime(2020, 1, 1, tzinfo=UTC), **people))


def test_an_extension_is_never_edited(app):
    vote, _roll = make.open_vote()
    extend(vote.cycle_id)
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(sa.update(VoteExtension).values(reason="Something else entirely."))


def test_the_rule_names_each_reason():
    end = datetime(2026, 5, 4, tzinfo=UTC)
    day = timedelta(days=1)
    facts = {"closes_at": end, "counting_ends_at": end + 9 * day}
    assert why_not(end - day, to=end + day, **facts) is None
    assert why_not(end, to=end + day, **facts) is WhyNot.OVER
    assert why_not(end - day, to=end, **facts) is WhyNot.NOT_LATER
    assert why_not(end - day, to=end + 9 * day, **facts) is WhyNot.INTO_DELIVERY


def test_the_board_extends_by_its_pages_and_everybody_reads_why(app, browser):
    vote, _roll = make.open_vote()
    cycle_id, day = vote.cycle_id, day_after_end(vote.cycle_id)
    board = table(app, cycle_id)
    page = board.first.open(f"/voting/{cycle_id}").follow("Or extend the vote to a later day")
    page = page.press("Ask the board", last_day=day, reason=REASON)
    assert day in page.text and REASON in page.text
    board.second.open(page.path).press("I agree: Extend the vote")
    assert REASON in browser.open(f"/ballots/{cycle_id}").text
    assert REASON in board.first.open(f"/voting/{cycle_id}").text


def test_a_day_that_is_too_early_is_refused_at_its_field(app):
    vote, _roll = make.open_vote()
    page = table(app, vote.cycle_id).first.open(f"/voting/{vote.cycle_id}/extend")
    page = page.press("Ask the board", last_day="2020-01-01", reason=REASON)
    assert "Choose a later day" in page.one("p", id="last_day-error")


def test_the_page_of_a_vote_that_is_not_open_leads_back(app):
    vote = make.fixed_vote()
    page = table(app, vote.cycle_id).first.open(f"/voting/{vote.cycle_id}/extend")
    assert page.path == f"/voting/{vote.cycle_id}"


def test_the_counting_keeps_days_of_its_own(app):
    vote, _roll = make.open_vote()
    with transaction():
        late = now() + timedelta(days=300)
        counting = (Phase.cycle_id == vote.cycle_id, Phase.kind == PhaseKind.COUNTING)
        db.session.execute(sa.update(Phase).where(*counting).values(ends_at=late))
    extend(vote.cycle_id, days=100)
    assert cycle_facts(vote.cycle_id).phase(PhaseKind.COUNTING).ends_at == late
