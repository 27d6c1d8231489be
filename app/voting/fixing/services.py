"""Fixing the ballot: options, numbers by lot, the rule card, the promise of the lot and the keys; two members agree."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from app.core import vault
from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, ensure
from app.core.events import publish
from app.core.tokens import random_id
from app.cycles import services as cycles
from app.cycles.models import Cycle
from app.cycles.queries import facts as cycle_facts
from app.cycles.rules import CardOption, CardPerson, CardTrustee, CycleFacts, PhaseKind, Stage, rule_card
from app.proposals import services as proposals
from app.proposals.models import Proposal
from app.proposals.rules import code
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.board.rules import Approval, board_as_clerk
from app.voting.board.services import take
from app.voting.counting import lots
from app.voting.events import BallotFixed
from app.voting.fixing import queries, words
from app.voting.fixing.models import BallotLine
from app.voting.fixing.queries import ToBe
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
    ensure(votes.find_vote(cycle_id) is None, "fixed", _("The ballot is fixed already."))
    _ensure_fixable(cycle)
    plan = boards.plan(cycle_id)
    voting = cycle.phase(PhaseKind.VOTING)
    return {
        "options": [[each.proposal_id, each.title, each.cost_cents] for each in votes.feasible(cycle_id)],
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
        **(_asked_for(cycle) if cycle.plan else {}),
    }


def _asked_for(cycle: CycleFacts) -> dict[str, Any]:
    """What the two agree on beside that where the cycle asked for more: every word that will stand on the ballot."""
    council = queries.confirmation(cycle.id) if cycle.plan and cycle.plan.asks_confirmation else None
    return {
        "beside": [[each.title, _beside(each)] for each in queries.to_be(cycle)],
        "settled": [[e.title, e.text.reason] for e in queries.to_be(cycle) if e.text is not None and e.text.reason],
        "council": [council.confirmed_by, council.reference, council.decided_on.isoformat()] if council else [],
        "wordings": {language: words.wordings(cycle, language) for language in cycle.languages},
    }


def _beside(option: ToBe) -> dict[str, Any]:
    """What stands beside an option on the rule card: short text and hash, running cost, task force, other languages."""
    beside: dict[str, Any] = {"running_cost_cents": option.running_cost_cents}
    if option.taker is not None:
        beside["task_force"] = {"slug": option.taker.slug, "name": option.taker.name}
    if option.text is not None:
        said = {lang: {"title": each.title, "text": each.text} for lang, each in option.text.translations.items()}
        beside |= {"language": option.text.language, "short_text": option.text.text}
        beside |= {"short_text_sha256": option.text.hash, "wordings": said}
    return beside


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
    """Refuse with the first thing that the check list calls missing, in the same words."""
    first = next(iter(words.missing(cycle)), None)
    if first is not None:
        raise DomainError(first.code, first.text)


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
    vault.keep(draw.vote_id.hex(), votes.LOT_SEED, draw.lot_seed)
    vault.keep(draw.vote_id.hex(), votes.LOG_SEED, draw.log_seed)
    return draw if holders else _with_the_key_of_this_machine(draw)


def _with_the_key_of_this_machine(draw: _Draw) -> _Draw:
    """Where nobody holds a key, one is kept here: 1 of 1, and the rule card says plainly what that means."""
    key = keys.make()
    vault.keep(draw.vote_id.hex(), votes.key_file(THE_TRUSTEE), key_files.write(key).encode())
    return replace(draw, holders=(_Holder(name=HOLDER, key=key.public()),), threshold=1)


def _fixed(cycle: CycleFacts, draw: _Draw, by: Actor) -> Vote:
    _ensure_fixable(cycle)
    beside = {each.proposal_id: _beside(each) for each in queries.to_be(cycle)} if cycle.plan else {}
    on_ballot = proposals.put_on_ballot(cycle.id, by=by)
    numbers = numbers_by_lot(draw.option_seed, [proposal.id for proposal in on_ballot])
    card = cycles.freeze_rule_card(
        cycle.id, _card(cycle, draw, on_ballot, numbers, beside), lot_commitment=draw.lot_commitment, by=by
    )
    vote = _frozen_vote(cycle, draw, card.hash)
    vote.keys = [_trustee_key(number, holder) for number, holder in enumerate(draw.holders, start=1)]
    vote.options = [_worded(option_of(p, numbers[p.id]), beside.get(p.id, {})) for p in on_ballot]
    db.session.add(vote)
    db.session.flush()
    db.session.add_all(_line(vote.id, numbers[p.id], beside[p.id]) for p in on_ballot if p.id in beside)
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


def _card(
    cycle: CycleFacts,
    draw: _Draw,
    on_ballot: Sequence[Proposal],
    numbers: Mapping[int, int],
    beside: Mapping[int, Mapping[str, Any]],
) -> dict[str, object]:
    drawn: dict[str, Any] = {
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
                beside=beside.get(proposal.id, {}),
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
    return content | drawn | (_told_before(cycle) if cycle.plan else {})


def _told_before(cycle: CycleFacts) -> dict[str, Any]:
    """What was promised on the way to the ballot, and every sentence of ours in each language of the neighborhood."""
    told = _asked_for(cycle)
    plan = cycle.plan
    assert plan is not None
    days = [each.isoformat() for each in (plan.prices_from, plan.prices_until) if each is not None]
    return {"settled": told["settled"], "council": told["council"], "wordings": told["wordings"], "prices": days}


def _worded(option: Option, beside: Mapping[str, Any]) -> Option:
    """The option in the words that its author approved, where the cycle asked for them."""
    option.summary = beside.get("short_text", option.summary)
    return option


def _line(vote_id: bytes, number: int, beside: Mapping[str, Any]) -> BallotLine:
    taker = beside.get("task_force", {})
    return BallotLine(
        vote_id=vote_id,
        number=number,
        language=beside.get("language"),
        text_hash=beside.get("short_text_sha256"),
        wordings=beside.get("wordings", {}),
        running_cost_cents=beside["running_cost_cents"],
        task_force_slug=taker.get("slug"),
        task_force=taker.get("name"),
    )


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
