"""Keys that volunteers hold: planned, handed in, checked, and what two of three of them open away from the server."""

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.voting.board.rules import ActKind
from app.voting.models import CountedBallot, Envelope
from app.voting.queries import key_is_kept_here, trustees
from app.voting.sealing import count_sets, key_files, keys, result_files
from app.voting.trustees import queries, services
from app.voting.trustees.services import PlanHolders
from tests import make
from tests.sizes import size
from tests.voting.results import board
from tests.voting.trustees import holders
from tests.voting.trustees.holders import NAMES

ONE_IN = size(commit=41, night=7)
"""Which bytes of a result are changed, each in its turn."""
RANKINGS = [(1, 2), (2,), (3, 1), (4,), (1,)]


def test_two_of_three_key_holders_open_a_vote_and_its_result_is_certified(app):
    vote, held = holders.reconciled(RANKINGS)
    name = holders.hand_in(vote, {number: held[number] for number in (1, 3)})
    opened = make.agreed(ActKind.OPEN_ENVELOPES, vote.cycle_id, result_file=name)
    assert opened.unreadable == []
    stored = db.session.scalars(sa.select(CountedBallot.ranking).where(CountedBallot.vote_id == vote.id))
    padded = [(*ranking, *(0,) * (5 - len(ranking))) for ranking in RANKINGS]
    assert sorted(stored) == sorted(b"".join(n.to_bytes(2, "big") for n in ranking) for ranking in padded)
    board.count(vote.cycle_id)
    assert board.certify(vote.cycle_id).certified_at is not None


def test_a_vote_with_key_holders_keeps_no_key_on_the_machine(app):
    vote, _held = holders.fixed_vote()
    assert not key_is_kept_here(vote.id)
    assert [key.holder for key in trustees(vote.id)] == list(NAMES)
    assert (vote.threshold, vote.trustees) == (2, 3)


def test_a_vote_opens_only_when_every_holder_has_shown_that_their_key_works(app):
    where = make.neighborhood()
    make.electorate(where, 1)
    vote, held = holders.fixed_vote(where=where)
    holders.answer_check(vote, 1, held[1])
    with pytest.raises(DomainError) as refusal:
        make.agreed(ActKind.OPEN, vote.cycle_id)
    assert refusal.value.code == "key_unchecked" and "Frank Novak" in refusal.value.message
    holders.check_all(vote, held)
    assert make.agreed(ActKind.OPEN, vote.cycle_id).stage == "open"


def test_an_answer_with_another_key_is_refused_with_its_reason(app):
    vote, held = holders.fixed_vote()
    first = make.board_of(vote.cycle_id)[0]
    services.ask_check(vote.cycle_id, 1, by=first)
    with pytest.raises(DomainError) as refusal:
        services.take_answer(vote.cycle_id, 1, b"-----BEGIN NOTHING-----", by=first)
    assert refusal.value.field == "file"
    assert trustees(vote.id)[0].checked_at is None


def test_one_key_of_two_needed_gives_no_result(app):
    vote, held = holders.reconciled(RANKINGS)
    with pytest.raises(DomainError) as refusal:
        holders.hand_in(vote, {2: held[2]})
    assert refusal.value.code == "bad_result"


def test_the_envelopes_stay_shut_without_a_result_file(app):
    vote, _held = holders.reconciled(RANKINGS)
    with pytest.raises(DomainError) as refusal:
        make.agreed(ActKind.OPEN_ENVELOPES, vote.cycle_id)
    assert refusal.value.code == "no_result_file"


@pytest.mark.soak
def test_a_result_in_which_a_byte_was_changed_is_refused(app):
    vote, held = holders.reconciled(RANKINGS)
    first = make.board_of(vote.cycle_id)[0]
    good = holders.opened_at_home(services.take_count_set(vote.cycle_id, by=first), held)
    for at in range(0, len(good), ONE_IN):
        bad = good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :]
        with pytest.raises(DomainError):
            services.hand_in(vote.cycle_id, bad, by=first)
    assert services.hand_in(vote.cycle_id, good, by=first)


def test_a_result_of_a_set_that_has_changed_since_is_refused(app):
    vote, held = holders.reconciled(RANKINGS)
    name = holders.hand_in(vote, held)
    with transaction():
        envelope = db.session.scalars(sa.select(Envelope).limit(1)).one()
        envelope.ciphertext = envelope.ciphertext[:-1] + bytes([envelope.ciphertext[-1] ^ 1])
    with pytest.raises(DomainError) as refusal:
        make.agreed(ActKind.OPEN_ENVELOPES, vote.cycle_id, result_file=name)
    assert refusal.value.code == "count_set_altered"


def test_the_count_set_holds_nothing_of_the_roll(app):
    vote, _held = holders.reconciled(RANKINGS)
    file = services.take_count_set(vote.cycle_id, by=make.board_of(vote.cycle_id)[0])
    hidden = (Envelope.roll_entry_id, Envelope.leaf, Envelope.nonce, Envelope.idempotency_key)
    rows = db.session.execute(sa.select(*hidden))
    assert not any(bytes(part) in file for row in rows for part in row)
    assert count_sets.from_bytes(file).facts.count_root.hex() == vote.count_root


def test_a_result_of_a_drill_never_counts(app):
    vote, held = holders.reconciled(RANKINGS)
    first = make.board_of(vote.cycle_id)[0]
    real = count_sets.from_bytes(services.take_count_set(vote.cycle_id, by=first))
    facts = real.facts
    drill = count_sets.gather(
        real.envelopes,
        vote_id=facts.vote_id,
        name=facts.name,
        rule_card_hash=facts.rule_card_hash,
        options=facts.options,
        max_ranks=facts.max_ranks,
        threshold=facts.threshold,
        public_keys=facts.public_keys,
        drill=True,
    )
    with pytest.raises(DomainError) as refusal:
        services.hand_in(vote.cycle_id, holders.opened_at_home(count_sets.to_bytes(drill), held), by=first)
    assert "drill" in refusal.value.message


def test_a_key_stands_for_one_holder_only(app):
    cycle, clerk = make.votable_cycle(), make.actor(Role.CLERK)
    services.plan(cycle.id, PlanHolders(names=NAMES, threshold=2), by=clerk)
    file = key_files.write_public(keys.make().public()).encode()
    services.register(cycle.id, 1, file, by=clerk)
    with pytest.raises(DomainError) as refusal:
        services.register(cycle.id, 2, file, by=clerk)
    assert refusal.value.field == "file" and "Ruth Delgado" in refusal.value.message


def test_the_ballot_is_not_fixed_while_a_key_is_missing(app):
    cycle = make.votable_cycle()
    services.plan(cycle.id, PlanHolders(names=NAMES, threshold=2), by=make.actor(Role.CLERK))
    with pytest.raises(DomainError) as refusal:
        make.agreed(ActKind.FIX, cycle.id)
    assert refusal.value.code == "key_missing" and "The library" in refusal.value.message


@pytest.mark.parametrize(
    ("names", "threshold", "field"),
    [(("A", "A"), 1, "names"), (("A", "B"), 3, "threshold"), (tuple("ABCDEFGHIJ"), 2, "names")],
)
def test_an_impossible_plan_is_refused_at_its_field(app, names, threshold, field):
    cycle = make.votable_cycle()
    with pytest.raises(DomainError) as refusal:
        services.plan(cycle.id, PlanHolders(names=names, threshold=threshold), by=make.actor(Role.CLERK))
    assert refusal.value.field == field


def test_holders_who_stay_in_a_new_plan_keep_their_key(app):
    cycle, clerk = make.votable_cycle(), make.actor(Role.CLERK)
    services.plan(cycle.id, PlanHolders(names=NAMES, threshold=2), by=clerk)
    services.register(cycle.id, 3, key_files.write_public(keys.make().public()).encode(), by=clerk)
    services.plan(cycle.id, PlanHolders(names=("The library", "Ruth Delgado"), threshold=1), by=clerk)
    assert [(h.number, h.name, h.public_key is not None) for h in queries.holders(cycle.id)] == [
        (1, "The library", True),
        (2, "Ruth Delgado", False),
    ]


def test_only_the_board_takes_the_count_set_and_only_clerks_plan_keys(app):
    vote, _held = holders.reconciled(RANKINGS)
    for stranger in (make.actor(), make.actor(Role.OBSERVER), make.actor(Role.CLERK)):
        with pytest.raises(NoStanding):
            services.take_count_set(vote.cycle_id, by=stranger)
    with pytest.raises(NoStanding):
        services.plan(make.votable_cycle().id, PlanHolders(names=NAMES, threshold=2), by=make.actor(Role.OFFICER))


def test_a_result_file_that_is_signed_but_forged_is_refused(app):
    """The twin of the signature check: rankings that no envelope held, signed with keys of nobody here."""
    vote, _held = holders.reconciled(RANKINGS)
    first = make.board_of(vote.cycle_id)[0]
    facts = count_sets.from_bytes(services.take_count_set(vote.cycle_id, by=first)).facts
    strangers = {1: keys.make(), 2: keys.make()}
    empty = result_files.make(
        holders.open_all([], vote_id=facts.vote_id, private_keys=strangers, options=4, max_ranks=5),
        facts,
        private_keys=strangers,
    )
    with pytest.raises(DomainError) as refusal:
        services.hand_in(vote.cycle_id, result_files.to_bytes(empty), by=first)
    assert "signature" in refusal.value.message
