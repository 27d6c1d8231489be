"""From feasible proposals to a closed vote: each step once, by two members of its board, and only when it may be."""

import hashlib
import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.accounts.models import Residence
from app.accounts.queries import actor_of
from app.accounts.rules import ResidenceStage
from app.core import vault
from app.core.access import Role
from app.core.clock import now
from app.core.databases import durability
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.cycles import queries as cycles
from app.cycles.rules import Stage
from app.proposals.models import Proposal
from app.voting import queries, services
from app.voting.board import services as board
from app.voting.board.models import BoardMember
from app.voting.board.rules import ActKind, Part, WhyNot
from app.voting.board.services import MayNot
from app.voting.counting import lots
from app.voting.fixing import services as fixing
from app.voting.log import queries as log
from app.voting.models import RollEntry, Vote
from app.voting.rules import OPTIONS_TAG, VoteStage
from app.voting.sealing import keys
from tests import make


def refused(verb, *arguments, **more) -> str:
    with pytest.raises(DomainError) as refusal:
        verb(*arguments, **more)
    return refusal.value.code


def fix(cycle_id: int) -> Vote:
    return make.agreed(ActKind.FIX, cycle_id)


def test_fixing_the_ballot_numbers_the_options_by_lot(app):
    vote = make.fixed_vote(options=5)
    found = queries.options(vote.id)
    seed = bytes.fromhex(vote.option_seed)
    drawn = sorted(found, key=lambda o: hashlib.sha256(OPTIONS_TAG + seed + o.proposal_id.to_bytes(8, "big")).digest())
    assert [option.number for option in drawn] == [1, 2, 3, 4, 5]
    assert cycles.facts(vote.cycle_id).stage is Stage.BALLOT_FIXED


def test_the_rule_card_names_what_decides_the_outcome(app):
    vote = make.fixed_vote(options=3)
    card = cycles.rule_card(vote.cycle_id)
    content = json.loads(card.text)
    assert card.hash == vote.rule_card_hash == hashlib.sha256(card.text.encode()).hexdigest()
    assert content["vote"] == vote.id.hex()
    assert [o["cost_cents"] for o in content["options"]] == [o.cost_cents for o in queries.options(vote.id)]
    assert content["trustees"][0]["fingerprint"] == queries.trustees(vote.id)[0].fingerprint


def test_the_rule_card_promises_the_lot_that_is_kept(app):
    vote = queries.vote_facts(make.fixed_vote().cycle_id)
    assert lots.keeps_the_promise(queries.lot_seed(vote.id), bytes.fromhex(vote.lot_commitment))


def test_the_secrets_are_files_for_their_owner_and_in_no_table(app):
    vote = make.fixed_vote()
    folder = app.config["DATA_DIR"] / "keys" / vote.id.hex()
    modes = {f.name: oct(f.stat().st_mode)[-3:] for f in folder.iterdir()}
    assert modes == {"lot-seed": "600", "log-seed": "600", "trustee-1": "600"}
    private = queries.trustee_private_keys(vote.id)[1].sealing
    secrets = (queries.lot_seed(vote.id), log.seed(vote.id), private)
    with db.engine.connect() as connection:
        values = [v for t in db.metadata.sorted_tables for row in connection.execute(sa.select(t)) for v in row]
    everything = b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in values)
    assert not [s for s in secrets if s in everything or s.hex().encode() in everything]


def test_the_kept_key_opens_what_is_sealed_to_the_public_one(app):
    vote = make.fixed_vote()
    assert keys.fits(queries.trustee_private_keys(vote.id)[1], queries.trustee_public_keys(vote.id)[0])


def test_a_ballot_is_fixed_once(app):
    vote = make.fixed_vote()
    assert refused(fix, vote.cycle_id) == "fixed"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Vote)) == 1


def test_a_kill_before_the_commit_leaves_no_vote_and_can_be_repeated(app, monkeypatch):
    cycle = make.votable_cycle()
    with monkeypatch.context() as patch:
        patch.setattr(fixing.cycles, "advance", lambda *a, **k: (_ for _ in ()).throw(RuntimeError("killed")))
        with pytest.raises(RuntimeError):
            fix(cycle.id)
    assert (cycles.facts(cycle.id).stage, queries.find_vote(cycle.id)) == (Stage.REVIEWING, None)
    assert fix(cycle.id).stage is VoteStage.FROZEN


@pytest.mark.parametrize("options", [0])
def test_a_ballot_without_options_is_not_fixed(app, options):
    cycle = make.votable_cycle(options=options)
    assert refused(fix, cycle.id) == "no_feasible"


def test_an_option_dearer_than_the_pot_stands_on_no_ballot(app):
    cycle = make.votable_cycle(options=3, pot_cents=25_000_00)
    assert refused(fix, cycle.id) == "too_dear"


def test_a_ballot_is_fixed_only_in_review(app):
    cycle = make.cycle()
    make.board(cycle)
    assert refused(fix, cycle.id) == "not_reviewing"


def test_a_ballot_is_not_fixed_without_a_board(app):
    cycle = make.votable_cycle()
    with transaction():
        db.session.execute(sa.delete(BoardMember).where(BoardMember.part == Part.OBSERVES))
    first, second = db.session.scalars(sa.select(BoardMember).order_by(BoardMember.id))
    assert refused(board.request, cycle.id, ActKind.FIX, {}, by=make.fresh(actor_of(first.person))) == (
        "board_no_observer"
    )
    assert second.part is Part.RUNS


@pytest.mark.parametrize("roles", [(), *((role,) for role in Role)])
@pytest.mark.parametrize("kind", [ActKind.FIX, ActKind.OPEN, ActKind.CLOSE])
def test_only_members_who_run_a_vote_may_ask_whatever_their_role(app, roles, kind):
    ways = {
        ActKind.FIX: lambda: make.votable_cycle().id,
        ActKind.OPEN: lambda: make.fixed_vote().cycle_id,
        ActKind.CLOSE: lambda: make.open_vote()[0].cycle_id,
    }
    cycle_id = ways[kind]()
    for who in (make.actor(*roles), make.board_of(cycle_id)[2]):
        with pytest.raises(MayNot) as refusal:
            board.request(cycle_id, kind, {"early_reason": "Enough."}, by=who)
        assert refusal.value.reason is WhyNot.NOT_RUNNING


def test_the_roll_is_every_verified_resident_at_the_opening(app):
    home = make.neighborhood()
    make.person(resident_of=make.neighborhood())
    waiting = make.person(resident_of=home)
    with transaction():
        set_stage = sa.update(Residence).where(Residence.person_id == waiting.id)
        db.session.execute(set_stage.values(stage=ResidenceStage.REGISTERED, decided_by_id=None, decided_at=None))
    vote, roll = make.open_vote(voters=3, where=home)
    assert set(db.session.scalars(sa.select(RollEntry.person_id))) == {voter.id for voter in roll}
    assert vote.roll_size == 3


def test_a_changed_roll_does_not_fit_its_published_hash(app):
    vote, roll = make.open_vote(voters=3)
    facts = queries.vote_facts(vote.cycle_id)
    assert queries.roll_is_whole(facts)
    with transaction():
        moved = sa.update(RollEntry).where(RollEntry.person_id == roll[0].id)
        db.session.execute(moved.values(person_id=make_stranger_id()))
    assert not queries.roll_is_whole(facts)


def make_stranger_id() -> int:
    return db.session.scalar(sa.select(sa.func.min(Proposal.author_id)))


def test_a_vote_opens_once_and_keeps_its_roll(app):
    vote, _roll = make.open_vote(voters=2)
    before = vote.roll_hash
    make.person(resident_of=vote.cycle.neighborhood)
    assert open_refused(vote.cycle_id) == "done"
    assert queries.vote_facts(vote.cycle_id).roll_hash == before


def open_refused(cycle_id: int) -> str:
    return refused(make.agreed, ActKind.OPEN, cycle_id)


def test_a_vote_does_not_open_without_a_ballot_or_a_roll(app):
    with pytest.raises(NotFound):
        make.agreed(ActKind.OPEN, make.votable_cycle().id)
    assert open_refused(make.fixed_vote().cycle_id) == "empty_roll"


@pytest.mark.parametrize(("shift", "code"), [(timedelta(days=30), "too_early"), (timedelta(days=-30), "too_late")])
def test_a_vote_opens_only_on_its_days(app, shift, code):
    vote = make.fixed_vote()
    with transaction():
        row = db.session.get_one(Vote, vote.id)
        row.opens_at, row.closes_at = row.opens_at + shift, row.closes_at + shift
    assert open_refused(vote.cycle_id) == code


def test_a_vote_does_not_open_without_its_key(app):
    vote = make.fixed_vote()
    (app.config["DATA_DIR"] / "keys" / vote.id.hex() / "trustee-1").unlink()
    assert open_refused(vote.cycle_id) == "key_missing"
    with pytest.raises(vault.MissingSecret):
        queries.trustee_private_keys(vote.id)


def test_a_vote_does_not_open_with_the_key_of_another(app):
    vote, other = make.fixed_vote(), make.fixed_vote()
    folder = app.config["DATA_DIR"] / "keys"
    (folder / vote.id.hex() / "trustee-1").write_bytes((folder / other.id.hex() / "trustee-1").read_bytes())
    assert open_refused(vote.cycle_id) == "key_missing"


def test_a_vote_does_not_open_on_a_database_that_forgets(app, monkeypatch):
    vote = make.fixed_vote()
    monkeypatch.setitem(app.config, "VOTE_ON_ANY_DATABASE", False)
    monkeypatch.setattr(services, "durability_problems", lambda: ["fsync = off"])
    assert open_refused(vote.cycle_id) == "not_durable"


def test_the_durability_check_reads_the_settings_of_the_database(app):
    found = durability.durability_problems()
    assert found == ([] if db.engine.dialect.name == "sqlite" else ["fsync = off"])


def test_the_announced_end_is_kept_unless_everybody_is_told_why(app):
    vote, _roll = make.open_vote()
    assert refused(make.close, vote.cycle_id, "  ") == "too_early"
    make.close(vote.cycle_id, "The hall burned down.")
    facts = queries.vote_facts(vote.cycle_id)
    assert (facts.stage, facts.early_close_reason) == (VoteStage.CLOSED, "The hall burned down.")
    assert facts.cycle.stage is Stage.COUNTING


def test_after_the_announced_end_and_its_grace_closing_needs_no_reason(app):
    vote, _roll = make.open_vote()
    with transaction():
        db.session.get_one(Vote, vote.id).closes_at = now() - timedelta(minutes=6)
    assert make.close(vote.cycle_id, "").early_close_reason is None


def test_a_vote_that_never_opened_cannot_be_closed(app):
    vote = make.fixed_vote()
    assert refused(make.close, vote.cycle_id, "x") == "too_early"


def test_nobody_takes_the_envelopes_out_of_an_open_vote(app):
    vote, _roll = make.open_vote()
    assert refused(queries.final_envelopes, vote.id) == "not_closed"


def test_turnout_of_an_open_vote_is_known_in_full_tens_only(app):
    vote, roll = make.open_vote(voters=12)
    facts = queries.vote_facts(vote.cycle_id)
    for voter in roll[:9]:
        make.cast(vote, voter, [1])
    assert queries.turnout(facts) == 0
    for voter in roll[9:]:
        make.cast(vote, voter, [1])
    assert queries.turnout(facts) == 10
