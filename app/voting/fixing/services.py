"""Fixing the ballot: options, numbers by lot, the rule card, the promise of the lot and the keys; two members agree."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from app.core import vault
from app.core.access import Actor
from app.core.clock import deadline_now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, ensure
from app.core.events import publish
from app.core.tokens import random_id
from app.cycles import services as cycles
from app.cycles.models import Cycle
from app.cycles.queries import facts as cycle_facts
from app.cycles.rules import CardOption, CardPerson, CardTrustee, CycleFacts, PhaseKind, Stage, rule_card
from app.proposals import services as proposals
from app.proposals.clashes import queries as clashes
from app.proposals.clashes import words as clash_words
from app.proposals.models import Proposal
from app.proposals.review.publishing import queries as findings
from app.proposals.rules import code
from app.voting import queries
from app.voting.board import queries as boards
from app.voting.board import words as board_words
from app.voting.board.rules import Approval, board_as_clerk, fault_of_board
from app.voting.board.services import take
from app.voting.counting import lots
from app.voting.events import BallotFixed
from app.voting.models import Option, TrusteeKey, Vote
from app.voting.rules import GRACE, VoteStage, numbers_by_lot
from app.voting.sealing import key_files, keys, signatures
from app.voting.sealing.keys import PublicKey, fingerprint
from app.voting.trustees import queries as trustees

THE_TRUSTEE = 1
HOLDER = "Kept on the machine that runs this site"


@dataclass(frozen=True, kw_only=True)
class _Holder:
    """Who holds a key of this vote: a name for the rule card and the public key."""

    name: str
    key: PublicKey


@dataclass(frozen=True, kw_only=True)
class _Draw:
    """What chance decides about a new vote, and whose keys it is sealed to."""

    vote_id: bytes
    option_seed: bytes
    lot_seed: bytes
    log_seed: bytes
    holders: tuple[_Holder, ...]
    threshold: int

    @property
    def lot_commitment(self) -> str:
        return lots.commitment(self.lot_seed).hex()

    @property
    def fingerprints(self) -> tuple[str, ...]:
        return tuple(fingerprint(holder.key) for holder in self.holders)


def to_fix(cycle_id: int, _answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Everything the ballot will be fixed with, as it stands now; refused where it cannot be fixed."""
    cycle = cycle_facts(cycle_id, drafts=True)
    ensure(queries.find_vote(cycle_id) is None, "fixed", _("The ballot is fixed already."))
    _ensure_fixable(cycle)
    plan = boards.plan(cycle_id)
    voting = cycle.phase(PhaseKind.VOTING)
    return {
        "options": [[each.proposal_id, each.title, each.cost_cents] for each in queries.feasible(cycle_id)],
        "rule": cycle.count_rule,
        "max_ranks": cycle.max_ranks,
        "spendable_cents": cycle.spendable_cents,
        "leftover_rule": cycle.leftover_rule.value,
        "publication_level": cycle.publication_level.value,
        "voting": [voting.starts_at.isoformat(), voting.ends_at.isoformat()],
        "board": [[member.person_id, member.name, member.part.value] for member in boards.members(cycle_id)],
        "key_holders": [[holder.number, holder.name, holder.fingerprint] for holder in trustees.holders(cycle_id)],
        "threshold": plan.threshold,
        "objection_days": plan.objection_days,
    }


def fix_ballot(approval: Approval) -> Vote:
    """Turn the feasible proposals into options, freeze the rule card, promise the lot and settle the keys.

    The secrets are on disk before the vote is in the database, so a kill in between leaves files nobody needs and no
    vote, and the request still waits for its second member.
    """
    draw = _kept_draw(approval.cycle_id)
    with transaction():
        locked(Cycle, approval.cycle_id)
        take(approval)
        cycle = cycle_facts(approval.cycle_id, drafts=True)
        return _fixed(cycle, draw, board_as_clerk(approval, cycle.neighborhood_id))


def _ensure_fixable(cycle: CycleFacts) -> None:
    ensure(cycle.stage is Stage.REVIEWING, "not_reviewing", _("A ballot is fixed at the end of the review."))
    closes_at = cycle.phase(PhaseKind.VOTING).ends_at
    ensure(deadline_now() < closes_at, "too_late", _("The voting days of this cycle are over."))
    feasible = queries.feasible(cycle.id)
    ensure(bool(feasible), "no_feasible", _("No proposal has been found feasible yet, so there is nothing to vote on."))
    dear = [each.title for each in feasible if each.cost_cents > cycle.spendable_cents]
    message = _("These cost more than the whole pot and cannot stand on the ballot: %(titles)s", titles="; ".join(dear))
    ensure(not dear, "too_dear", message)
    pairs = clashes.unsettled(cycle.id, [each.proposal_id for each in feasible])
    ensure(not pairs, "incompatible", clash_words.unsettled(pairs))
    unpublished = ", ".join(findings.unpublished(cycle.id))
    message = _("Findings about these are prepared and not public yet: %(codes)s", codes=unpublished)
    ensure(not unpublished, "findings_wait", message)
    _ensure_board(cycle)
    _ensure_keys_registered(cycle.id)


def _ensure_board(cycle: CycleFacts) -> None:
    fault = fault_of_board(boards.candidates(cycle.id, cycle.neighborhood_id))
    if fault is not None:
        raise DomainError(f"board_{fault.value}", board_words.fault(fault))


def _ensure_keys_registered(cycle_id: int) -> None:
    holders, threshold = trustees.holders(cycle_id), boards.plan(cycle_id).threshold
    waiting = [holder.name for holder in holders if holder.public_key is None]
    missing = _("These key holders have not handed in their public key yet: %(names)s", names=", ".join(waiting))
    ensure(not waiting, "key_missing", missing)
    few = _("It takes more keys to open the envelopes than there are key holders.")
    ensure(threshold <= max(1, len(holders)), "threshold", few)


def _kept_draw(cycle_id: int) -> _Draw:
    holders = tuple(_Holder(name=each.name, key=each.key) for each in trustees.registered(cycle_id))
    draw = _Draw(
        vote_id=random_id(),
        option_seed=secrets.token_bytes(32),
        lot_seed=secrets.token_bytes(32),
        log_seed=signatures.make_seed(),
        holders=holders,
        threshold=boards.plan(cycle_id).threshold,
    )
    vault.keep(draw.vote_id.hex(), queries.LOT_SEED, draw.lot_seed)
    vault.keep(draw.vote_id.hex(), queries.LOG_SEED, draw.log_seed)
    return draw if holders else _with_the_key_of_this_machine(draw)


def _with_the_key_of_this_machine(draw: _Draw) -> _Draw:
    """Where nobody holds a key, one is kept here: 1 of 1, and the rule card says plainly what that means."""
    key = keys.make()
    vault.keep(draw.vote_id.hex(), queries.key_file(THE_TRUSTEE), key_files.write(key).encode())
    return replace(draw, holders=(_Holder(name=HOLDER, key=key.public()),), threshold=1)


def _fixed(cycle: CycleFacts, draw: _Draw, by: Actor) -> Vote:
    _ensure_fixable(cycle)
    on_ballot = proposals.put_on_ballot(cycle.id, by=by)
    numbers = numbers_by_lot(draw.option_seed, [proposal.id for proposal in on_ballot])
    card = cycles.freeze_rule_card(
        cycle.id, _card(cycle, draw, on_ballot, numbers), lot_commitment=draw.lot_commitment, by=by
    )
    vote = _frozen_vote(cycle, draw, card.hash)
    vote.keys = [_trustee_key(number, holder) for number, holder in enumerate(draw.holders, start=1)]
    vote.options = [option_of(proposal, numbers[proposal.id]) for proposal in on_ballot]
    db.session.add(vote)
    db.session.flush()
    cycles.advance(cycle.id, Stage.BALLOT_FIXED, by=by)
    publish(
        BallotFixed(
            actor_id=by.id,
            cycle_id=cycle.id,
            vote_id=draw.vote_id.hex(),
            options=len(on_ballot),
            option_seed=draw.option_seed.hex(),
            rule_card_hash=card.hash,
            lot_commitment=draw.lot_commitment,
            fingerprints=draw.fingerprints,
        )
    )
    return vote


def _card(cycle: CycleFacts, draw: _Draw, on_ballot: Sequence[Proposal], numbers: dict[int, int]) -> dict[str, object]:
    drawn = {
        "vote": draw.vote_id.hex(),
        "option_seed": draw.option_seed.hex(),
        "grace_seconds": int(GRACE.total_seconds()),
        "objection_days": boards.plan(cycle.id).objection_days,
        "log_public_key": signatures.public_of(draw.log_seed).hex(),
    }
    content = rule_card(
        cycle,
        options=[
            CardOption(
                number=numbers[proposal.id],
                code=code(cycle.year, proposal.number or 0),
                title=proposal.title,
                cost_cents=proposal.cost_cents or 0,
            )
            for proposal in on_ballot
        ],
        lot_commitment=draw.lot_commitment,
        board=[CardPerson(id=m.person_id, name=m.name, role=m.role) for m in boards.members(cycle.id)],
        trustees=[
            CardTrustee(number=number, holder=holder.name, fingerprint=fingerprint(holder.key))
            for number, holder in enumerate(draw.holders, start=1)
        ],
        threshold=draw.threshold,
    )
    return content | drawn


def _frozen_vote(cycle: CycleFacts, draw: _Draw, card_hash: str) -> Vote:
    voting = cycle.phase(PhaseKind.VOTING)
    return Vote(
        id=draw.vote_id,
        cycle_id=cycle.id,
        stage=VoteStage.FROZEN,
        opens_at=voting.starts_at,
        closes_at=voting.ends_at,
        grace_seconds=int(GRACE.total_seconds()),
        threshold=draw.threshold,
        trustees=len(draw.holders),
        objection_days=boards.plan(cycle.id).objection_days,
        rule_card_hash=card_hash,
        option_seed=draw.option_seed.hex(),
        log_public_key=signatures.public_of(draw.log_seed),
    )


def _trustee_key(number: int, holder: _Holder) -> TrusteeKey:
    return TrusteeKey(
        number=number,
        holder=holder.name,
        algorithm=int(holder.key.algorithm),
        public_key=holder.key.to_bytes(),
        fingerprint=fingerprint(holder.key),
    )


def option_of(proposal: Proposal, number: int) -> Option:
    """The proposal as an option with this number, in the words and at the price it has now."""
    return Option(
        number=number,
        proposal_id=proposal.id,
        title=proposal.title,
        summary=proposal.summary,
        cost_cents=proposal.cost_cents or 0,
    )
