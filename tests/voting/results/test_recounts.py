"""A project withdrawn after the vote is left out by counting the same ballots again; both counts stay on record."""

import pytest
import sqlalchemy as sa

from app.core.db import db
from app.core.errors import DomainError
from app.voting.board.rules import ActKind
from app.voting.board.services import MayNot
from app.voting.board.services import request as ask
from app.voting.models import Result
from app.voting.results import queries, services
from app.voting.results.rules import Ending, read_outcome
from tests.voting.results import board

REASON = "The price was wrong: the ground has to be cleaned first."


def recounted(cycle_id, *options, reason=REASON):
    return board.recount(cycle_id, options=options, reason=reason)


def results():
    return db.session.scalars(sa.select(Result).order_by(Result.number)).all()


def test_both_counts_stay_and_the_second_leaves_the_option_out(app):
    kept = board.counted()
    winner = read_outcome(kept.outcome).funded[0]
    recounted(kept.vote.cycle_id, winner)
    first, second = (read_outcome(result.outcome) for result in results())
    assert first.ending(winner).funded and second.ending(winner).ending is Ending.WITHDRAWN
    assert (first.ballots, first.lot_order) == (second.ballots, second.lot_order)


def test_the_recount_says_what_was_left_out_and_why(app):
    cycle_id = board.counted().vote.cycle_id
    recounted(cycle_id, 1)
    record = queries.visible(queries.cycle_facts(cycle_id), board.clerk(cycle_id))
    assert (record.number, record.withdrawn, record.withdrawn_reason) == (2, (1,), REASON)


def test_a_second_recount_leaves_out_what_the_first_did(app):
    cycle_id = board.counted().vote.cycle_id
    recounted(cycle_id, 1)
    assert recounted(cycle_id, 3).withdrawn == [1, 3]


def test_signatures_are_given_to_a_count_and_not_to_the_next(app):
    cycle_id = board.counted().vote.cycle_id
    services.certify(cycle_id, by=board.observer(cycle_id))
    recounted(cycle_id, 1)
    signed = services.certify(cycle_id, by=board.clerk(cycle_id))
    assert (signed.number, signed.observer_id, signed.certified_at) == (2, None, None)


def test_the_recount_is_what_is_certified(app):
    cycle_id = board.counted().vote.cycle_id
    recounted(cycle_id, 1)
    services.certify(cycle_id, by=board.clerk(cycle_id))
    services.certify(cycle_id, by=board.observer(cycle_id))
    assert [result.certified_at is not None for result in results()] == [False, True]
    assert 1 not in queries.certified(cycle_id).facts.funded


def test_a_vote_is_not_counted_again_over_its_recount(app):
    cycle_id = board.counted().vote.cycle_id
    recounted(cycle_id, 1)
    with pytest.raises(DomainError) as refusal:
        board.count(cycle_id)
    assert (refusal.value.code, len(results())) == ("done", 2)


@pytest.mark.parametrize(
    ("options", "reason", "code"),
    [((1,), "  ", "no_reason"), ((), REASON, "nothing_new"), ((9,), REASON, "unknown_option")],
)
def test_a_recount_without_reason_or_option_is_refused(app, options, reason, code):
    cycle_id = board.counted().vote.cycle_id
    with pytest.raises(DomainError) as refusal:
        recounted(cycle_id, *options, reason=reason)
    assert (refusal.value.code, len(results())) == (code, 1)


def test_after_the_certification_nothing_is_recounted(app):
    cycle_id = board.certified().vote.cycle_id
    with pytest.raises(DomainError, match="already certified"):
        recounted(cycle_id, 1)


def test_before_the_count_nothing_is_recounted(app):
    cycle_id = board.opened().cycle_id
    with pytest.raises(DomainError, match="have to be counted"):
        recounted(cycle_id, 1)


def test_an_observer_does_not_ask_for_a_recount(app):
    cycle_id = board.counted().vote.cycle_id
    with pytest.raises(MayNot, match="members who run this vote"):
        ask(cycle_id, ActKind.RECOUNT, {"options": [1], "reason": REASON}, by=board.observer(cycle_id))
    assert len(results()) == 1


def test_of_two_recounts_asked_for_the_later_agreement_is_refused(app):
    cycle_id = board.counted().vote.cycle_id
    without_one, without_two = (
        board.asked(cycle_id, ActKind.RECOUNT, options=[option], reason=REASON) for option in (1, 2)
    )
    services.recount(without_one)
    with pytest.raises(DomainError) as refusal:
        services.recount(without_two)
    assert refusal.value.code in ("counted_meanwhile", "changed")
    assert [result.withdrawn for result in results()] == [[], [1]]


def test_a_recount_that_cannot_be_recorded_does_not_happen(app, monkeypatch):
    cycle_id = board.counted().vote.cycle_id
    monkeypatch.setitem(app.extensions, "event_wiring", {services.VoteRecounted: [_die]})
    with pytest.raises(KeyboardInterrupt):
        recounted(cycle_id, 1)
    assert len(results()) == 1


def _die(_event):
    raise KeyboardInterrupt


def test_the_database_keeps_no_recount_without_its_reason(app):
    cycle_id = board.counted().vote.cycle_id
    second = recounted(cycle_id, 1)
    with pytest.raises(sa.exc.IntegrityError, match="recount_has_its_reason"), services.transaction():
        db.session.execute(sa.update(Result).where(Result.id == second.id).values(withdrawn_reason=None))
