"""From the close to the certified result: each step by whom it may be, in its time, and again without harm."""

import json
from datetime import date

import pytest
import sqlalchemy as sa

from app.accounts.models import RoleGrant
from app.core import files
from app.core.access import Role
from app.core.db import db
from app.core.errors import DomainError, NoStanding
from app.cycles import queries as cycles
from app.cycles.rules import Stage
from app.proposals.models import Proposal
from app.proposals.rules import Stage as ProposalStage
from app.voting import queries
from app.voting.board.rules import ActKind
from app.voting.board.services import MayNot
from app.voting.board.services import request as ask
from app.voting.counting.closed_set import from_bytes
from app.voting.models import CountedBallot, Result, Vote
from app.voting.opening import services as opening
from app.voting.results import services
from app.voting.results.rules import read_outcome
from app.voting.rules import VoteStage
from app.voting.sealing import keys
from tests import make
from tests.voting.results import board


def counted_ballots(vote):
    return list(db.session.scalars(sa.select(CountedBallot).where(CountedBallot.vote_id == vote.id)))


def test_opening_makes_a_counted_ballot_of_every_envelope(app):
    vote = board.opened()
    assert vote.stage is VoteStage.OPENED
    assert len(counted_ballots(vote)) == len(board.RANKINGS)
    assert vote.unreadable == []


def test_the_closed_set_holds_the_rankings_and_is_named_by_its_hash(app):
    vote = board.opened()
    found = from_bytes(files.load(vote.closed_set_hash))
    rankings = sorted(tuple(int(n) for n in row if n) for row in found.ballots)
    assert rankings == sorted(board.RANKINGS)
    assert (found.vote_id, found.rule_card_hash.hex()) == (vote.id.hex(), vote.rule_card_hash)


def test_only_the_last_envelope_of_a_voter_counts(app):
    vote = board.voted([(1,)])
    with services.transaction():
        board.put_in(board.roll_of(vote)[0], board.sealed(vote, (2,)))
    services_close(vote)
    opened = board.open_envelopes(vote.cycle_id)
    assert [ballot.ranking[:2] for ballot in counted_ballots(opened)] == [b"\x00\x02"]


def services_close(vote):
    return make.close(vote.cycle_id, "A test.")


@pytest.mark.parametrize("kind", [ActKind.RECONCILE, ActKind.OPEN_ENVELOPES])
def test_envelopes_are_reconciled_and_opened_once(app, kind):
    vote = board.opened()
    before, ids = vote.closed_set_hash, {b.id for b in counted_ballots(vote)}
    with pytest.raises(DomainError) as refusal:
        make.agreed(kind, vote.cycle_id)
    assert refusal.value.code in ("done", "too_late")
    assert queries.vote_facts(vote.cycle_id).closed_set_hash == before
    assert {b.id for b in counted_ballots(vote)} == ids


def test_the_numbers_are_reconciled_before_anything_is_opened(app):
    vote = board.closed()
    with pytest.raises(DomainError) as refusal:
        make.agreed(ActKind.OPEN_ENVELOPES, vote.cycle_id)
    assert (refusal.value.code, counted_ballots(vote)) == ("too_early", [])


def test_what_was_reconciled_is_what_is_opened(app):
    vote = board.closed()
    make.agreed(ActKind.RECONCILE, vote.cycle_id)
    with services.transaction():
        db.session.execute(sa.delete(board.Envelope).where(board.Envelope.roll_entry_id == board.roll_of(vote)[0].id))
    with pytest.raises(DomainError) as refusal:
        make.agreed(ActKind.OPEN_ENVELOPES, vote.cycle_id)
    assert (refusal.value.code, counted_ballots(vote)) == ("count_set_altered", [])


def test_a_kill_before_the_commit_leaves_a_vote_that_can_be_opened(app, monkeypatch):
    vote = board.closed()
    make.agreed(ActKind.RECONCILE, vote.cycle_id)
    with monkeypatch.context() as killed:
        killed.setattr(opening, "publish", _die)
        with pytest.raises(KeyboardInterrupt):
            make.agreed(ActKind.OPEN_ENVELOPES, vote.cycle_id)
    assert (counted_ballots(vote), db.session.get(Vote, vote.id).stage) == ([], VoteStage.RECONCILED)
    opened = make.agreed(ActKind.OPEN_ENVELOPES, vote.cycle_id)
    assert len(counted_ballots(opened)) == len(board.RANKINGS)


def _die(_event):
    raise KeyboardInterrupt


def test_a_damaged_envelope_is_listed_with_its_reason_and_never_dropped(app):
    vote = board.voted([(1,), (2,), (3,)])
    with services.transaction():
        entry = board.roll_of(vote)[0]
        good = board.sealed(vote, (1,))
        broken = good.ciphertext[:-1] + bytes([good.ciphertext[-1] ^ 1])
        board.put_in(entry, board.envelopes.SealedEnvelope(ciphertext=broken, commitment=good.commitment))
    services_close(vote)
    opened = board.open_envelopes(vote.cycle_id)
    assert [line.split()[1] for line in opened.unreadable] == ["content_damaged"]
    assert len(counted_ballots(opened)) == 2


def test_opening_is_refused_where_a_voter_has_no_envelope(app):
    vote = board.closed()
    with services.transaction():
        entry = board.roll_of(vote)[0]
        db.session.execute(sa.delete(board.Envelope).where(board.Envelope.roll_entry_id == entry.id))
    with pytest.raises(DomainError, match="10 people.*9 envelopes"):
        board.open_envelopes(vote.cycle_id)


def test_opening_is_refused_with_another_key_and_lists_nothing(app, monkeypatch):
    vote = board.closed()
    monkeypatch.setattr(services.votes, "trustee_private_keys", lambda _: {1: keys.make()})
    with pytest.raises(DomainError) as refusal:
        board.open_envelopes(vote.cycle_id)
    assert refusal.value.code == "key_does_not_fit"
    assert db.session.get(Vote, vote.id).stage is VoteStage.RECONCILED


def test_the_count_is_kept_with_its_hash_its_lot_and_what_counted(app):
    result = board.counted()
    assert json.loads(result.outcome)["ballots"] == len(board.RANKINGS)
    assert services.sha256(result.outcome.encode()).hexdigest() == result.outcome_hash
    assert sorted(result.lot_order) == [1, 2, 3, 4, 5]
    assert "pyrankvote 2.0.6" in result.engine


def test_a_vote_is_counted_once(app):
    cycle_id = board.counted().vote.cycle_id
    with pytest.raises(DomainError) as refusal:
        board.count(cycle_id)
    assert refusal.value.code == "done"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Result)) == 1


def test_one_signature_certifies_nothing(app):
    result = board.counted()
    signed = services.certify(result.vote.cycle_id, by=board.observer(result.vote.cycle_id))
    assert signed.certified_at is None and signed.clerk_id is None
    assert signed.vote.stage is VoteStage.COUNTED


@pytest.mark.parametrize("order", [("clerk", "observer"), ("observer", "clerk")])
def test_a_clerk_and_an_observer_certify_in_either_order(app, order):
    cycle_id = board.counted().vote.cycle_id
    for signer in order:
        result = services.certify(cycle_id, by=getattr(board, signer)(cycle_id))
    assert result.certified_at is not None and result.vote.stage is VoteStage.CERTIFIED
    assert cycles.facts(cycle_id).stage is Stage.CERTIFIED


def test_certifying_tells_every_proposal_how_it_ended(app):
    result = board.certified()
    stages = {each.id: each.stage for each in db.session.scalars(sa.select(Proposal))}
    won = {option.proposal_id for option in result.vote.options if option.number in read_outcome(result.outcome).funded}
    assert won and {id_ for id_, stage in stages.items() if stage is ProposalStage.FUNDED} == won
    assert {stage for id_, stage in stages.items() if id_ not in won} == {ProposalStage.NOT_FUNDED}


def test_signing_twice_is_one_signature(app):
    cycle_id = board.counted().vote.cycle_id
    clerk = board.clerk(cycle_id)
    services.certify(cycle_id, by=clerk)
    assert services.certify(cycle_id, by=clerk).observer_id is None


def test_two_clerks_do_not_certify(app):
    cycle_id = board.counted().vote.cycle_id
    first, second, _observer = make.board_of(cycle_id)
    services.certify(cycle_id, by=first)
    with pytest.raises(DomainError, match="an observer's"):
        services.certify(cycle_id, by=second)


@pytest.mark.parametrize("role", [Role.CLERK, Role.OBSERVER])
def test_somebody_in_the_role_but_not_on_the_board_signs_nothing(app, role):
    cycle_id = board.counted().vote.cycle_id
    with pytest.raises(NoStanding):
        services.certify(cycle_id, by=make.actor(role))


def test_one_person_with_both_roles_signs_once(app):
    cycle_id = board.counted().vote.cycle_id
    with services.transaction():
        given = RoleGrant(role=Role.OBSERVER, neighborhood_id=None, starts_on=date(2020, 1, 1))
        person = make.account(board.clerk(cycle_id))
        person.grants.append(given)
    both = board.clerk(cycle_id)
    assert both.holds(Role.CLERK) and both.holds(Role.OBSERVER)
    services.certify(cycle_id, by=both)
    result = services.certify(cycle_id, by=both)
    assert (result.clerk_id, result.observer_id) == (both.id, None)


def test_the_database_refuses_one_person_in_both_places(app):
    """The twin: even a service without its rule could not certify with one person."""
    result, person = board.counted(), make.person()
    both = {"clerk_id": person.id, "observer_id": person.id, "certified_at": person.joined_at}
    with pytest.raises(sa.exc.IntegrityError, match="two_persons_certify"), services.transaction():
        db.session.execute(sa.update(Result).where(Result.id == result.id).values(both))


def test_nothing_is_certified_when_a_listener_fails(app, monkeypatch):
    cycle_id = board.counted().vote.cycle_id
    services.certify(cycle_id, by=board.clerk(cycle_id))
    monkeypatch.setitem(app.extensions, "event_wiring", {services.ResultCertified: [_die]})
    with pytest.raises(KeyboardInterrupt):
        services.certify(cycle_id, by=board.observer(cycle_id))
    assert cycles.facts(cycle_id).stage is Stage.COUNTING


def test_a_resident_opens_counts_and_certifies_nothing(app):
    cycle_id = board.closed().cycle_id
    with pytest.raises(MayNot):
        ask(cycle_id, ActKind.RECONCILE, {}, by=make.fresh(make.actor()))
    board.open_envelopes(cycle_id)
    with pytest.raises(MayNot):
        ask(cycle_id, ActKind.COUNT, {}, by=make.fresh(make.actor()))
    board.count(cycle_id)
    with pytest.raises(NoStanding):
        services.certify(cycle_id, by=make.actor())
