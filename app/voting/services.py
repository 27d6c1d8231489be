"""The verbs of a vote up to its close: fix the ballot, open, close.

Each is done by one clerk for now; that two different members of the board must agree comes with pending actions, and a
certified result already needs two people.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _

from app.core import vault
from app.core.access import Actor
from app.core.clock import deadline_now, now
from app.core.db import db, locked, transaction
from app.core.durability import durability_problems
from app.core.errors import DomainError, ensure, ensure_standing
from app.core.events import publish
from app.core.tokens import random_id
from app.cycles import services as cycles
from app.cycles.models import Cycle
from app.cycles.queries import facts as cycle_facts
from app.cycles.rules import CardOption, CardPerson, CardTrustee, CycleFacts, PhaseKind, Stage, rule_card
from app.proposals import services as proposals
from app.proposals.models import Proposal
from app.proposals.rules import code
from app.voting import policies, queries
from app.voting.counting import lots
from app.voting.events import BallotFixed, VoteClosed, VoteOpened
from app.voting.models import Option, RollEntry, TrusteeKey, Vote
from app.voting.rules import GRACE, Channel, Step, VoteStage, When, numbers_by_lot, roll_hash, when
from app.voting.sealing import key_files, keys
from app.voting.sealing.keys import PrivateKey, fingerprint

THE_TRUSTEE = 1
HOLDER = "Kept on the machine that runs this site"


@dataclass(frozen=True, kw_only=True)
class _Draw:
    """What chance decides about a new vote: its id, the public seed of the numbers, the secrets of lot and key."""

    vote_id: bytes
    option_seed: bytes
    lot_seed: bytes
    key: PrivateKey

    @property
    def lot_commitment(self) -> str:
        return lots.commitment(self.lot_seed).hex()

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key.public())


def fix_ballot(cycle_id: int, *, by: Actor) -> Vote:
    """Turn the feasible proposals into options, freeze the rule card, promise the lot and make the key.

    The secrets are on disk before the vote is in the database, so a kill in between leaves files nobody needs and no
    vote; doing it again gives the one vote there is, never a second.
    """
    cycle = cycle_facts(cycle_id, drafts=True)
    _ensure_clerk(by, cycle.neighborhood_id)
    vote = _vote_of(cycle_id)
    if vote is not None:
        return vote
    _ensure_fixable(cycle)
    draw = _kept_draw()
    with transaction():
        locked(Cycle, cycle_id)
        # Of two who press at once, the second waits here and then finds the vote of the first.
        return _vote_of(cycle_id) or _fixed(cycle_facts(cycle_id, drafts=True), draw, by)


def open_vote(cycle_id: int, *, by: Actor) -> Vote:
    """Freeze the roll, which is everybody with a verified residence now, and let ballots in.

    Refused before its day, on a database that could lose an acknowledged ballot, and with a key that does not open
    what is sealed to it. Doing it again changes nothing.
    """
    cycle = cycle_facts(cycle_id)
    _ensure_clerk(by, cycle.neighborhood_id)
    _ensure_durable()
    _ensure_keys_work(cycle_id)
    with transaction():
        vote = _locked_vote(cycle_id)
        if vote.stage is not VoteStage.OPEN:
            _open(vote, cycle, by)
    return vote


def close_vote(cycle_id: int, *, by: Actor, early_reason: str = "") -> Vote:
    """Let no further ballot in, once every cast in flight is done; the envelopes are then a closed set.

    Before the announced end (with its grace) it is refused without `early_reason`, which is shown to everybody.
    Doing it again changes nothing.
    """
    cycle = cycle_facts(cycle_id)
    _ensure_clerk(by, cycle.neighborhood_id)
    with transaction():
        vote = _locked_vote(cycle_id)
        if vote.stage in (VoteStage.FROZEN, VoteStage.OPEN):
            _close(vote, early_reason.strip(), by)
    return vote


def ensure_due(step: Step, stage: VoteStage) -> When:
    """NOW or DONE; any other time is a refusal that says which step comes first."""
    found = when(step, stage)
    ensure(found is not When.TOO_LATE, "too_late", _("This step is behind us: it cannot be done again."))
    waits_for = {
        Step.OPEN: _("The vote has to be closed before the envelopes are opened."),
        Step.COUNT: _("The envelopes have to be opened before the ballots are counted."),
        Step.CERTIFY: _("The ballots have to be counted before the result is certified."),
    }
    ensure(found is not When.TOO_EARLY, "too_early", waits_for[step])
    return found


def _ensure_clerk(by: Actor, neighborhood_id: int) -> None:
    ensure_standing(policies.may_run(by, neighborhood_id), _("Only a clerk of this neighborhood can do this."))


def _vote_of(cycle_id: int) -> Vote | None:
    return db.session.scalar(sa.select(Vote).where(Vote.cycle_id == cycle_id))


def _locked_vote(cycle_id: int) -> Vote:
    query = sa.select(Vote).where(Vote.cycle_id == cycle_id).with_for_update()
    vote = db.session.scalar(query.execution_options(populate_existing=True))
    if vote is None:
        raise DomainError("not_fixed", _("The ballot has to be fixed first."))
    return vote


def _ensure_fixable(cycle: CycleFacts) -> None:
    ensure(cycle.stage is Stage.REVIEWING, "not_reviewing", _("A ballot is fixed at the end of the review."))
    closes_at = cycle.phase(PhaseKind.VOTING).ends_at
    ensure(deadline_now() < closes_at, "too_late", _("The voting days of this cycle are over."))
    feasible = queries.feasible(cycle.id)
    ensure(bool(feasible), "no_feasible", _("No proposal has been found feasible yet, so there is nothing to vote on."))
    dear = [each.title for each in feasible if each.cost_cents > cycle.spendable_cents]
    message = _("These cost more than the whole pot and cannot stand on the ballot: %(titles)s", titles="; ".join(dear))
    ensure(not dear, "too_dear", message)


def _kept_draw() -> _Draw:
    draw = _Draw(
        vote_id=random_id(),
        option_seed=secrets.token_bytes(32),
        lot_seed=secrets.token_bytes(32),
        key=keys.make(),
    )
    vault.keep(draw.vote_id.hex(), queries.LOT_SEED, draw.lot_seed)
    vault.keep(draw.vote_id.hex(), queries.key_file(THE_TRUSTEE), key_files.write(draw.key).encode())
    return draw


def _fixed(cycle: CycleFacts, draw: _Draw, by: Actor) -> Vote:
    _ensure_fixable(cycle)
    on_ballot = proposals.put_on_ballot(cycle.id, by=by)
    numbers = numbers_by_lot(draw.option_seed, [proposal.id for proposal in on_ballot])
    card = cycles.freeze_rule_card(
        cycle.id, _card(cycle, draw, on_ballot, numbers), lot_commitment=draw.lot_commitment, by=by
    )
    vote = _frozen_vote(cycle, draw, card.hash)
    vote.keys = [_trustee_key(draw)]
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
            fingerprints=(draw.fingerprint,),
        )
    )
    return vote


def _card(cycle: CycleFacts, draw: _Draw, on_ballot: list[Proposal], numbers: dict[int, int]) -> dict[str, object]:
    drawn = {
        "vote": draw.vote_id.hex(),
        "option_seed": draw.option_seed.hex(),
        "grace_seconds": int(GRACE.total_seconds()),
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
        board=[_card_person(member) for member in queries.board(cycle.neighborhood_id)],
        trustees=[CardTrustee(number=THE_TRUSTEE, holder=HOLDER, fingerprint=draw.fingerprint)],
        threshold=1,
    )
    return content | drawn


def _card_person(member: queries.BoardMember) -> CardPerson:
    return CardPerson(id=member.person_id, name=member.name, role=member.role.value)


def _frozen_vote(cycle: CycleFacts, draw: _Draw, card_hash: str) -> Vote:
    voting = cycle.phase(PhaseKind.VOTING)
    return Vote(
        id=draw.vote_id,
        cycle_id=cycle.id,
        stage=VoteStage.FROZEN,
        opens_at=voting.starts_at,
        closes_at=voting.ends_at,
        grace_seconds=int(GRACE.total_seconds()),
        threshold=1,
        trustees=1,
        rule_card_hash=card_hash,
        option_seed=draw.option_seed.hex(),
    )


def _trustee_key(draw: _Draw) -> TrusteeKey:
    return TrusteeKey(
        number=THE_TRUSTEE,
        holder=HOLDER,
        algorithm=int(draw.key.algorithm),
        public_key=draw.key.public().to_bytes(),
        fingerprint=draw.fingerprint,
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


def _ensure_durable() -> None:
    if current_app.config.get("VOTE_ON_ANY_DATABASE"):
        return
    problems = durability_problems()
    why = ", ".join(problems)
    message = _("The database could lose a ballot in a power cut, so the vote stays shut: %(why)s", why=why)
    ensure(not problems, "not_durable", message)


def _ensure_keys_work(cycle_id: int) -> None:
    vote = _vote_of(cycle_id)
    ensure(vote is not None, "not_fixed", _("The ballot has to be fixed first."))
    assert vote is not None
    public = queries.trustee_public_keys(vote.id)
    message = _("The key that opens the ballots is missing or does not fit. A vote without it could never be counted.")
    try:
        private = queries.trustee_private_keys(vote.id)
    except vault.MissingSecret as reason:
        raise DomainError("key_missing", message) from reason
    ensure(all(keys.fits(private[n], key) for n, key in enumerate(public, start=1)), "key_missing", message)


def _open(vote: Vote, cycle: CycleFacts, by: Actor) -> None:
    ensure(vote.stage is VoteStage.FROZEN, "already_closed", _("This vote has been closed. It cannot open again."))
    _ensure_its_day(vote, deadline_now())
    residents = queries.verified_residents(cycle.neighborhood_id)
    ensure(bool(residents), "empty_roll", _("Nobody has a verified residence here yet, so nobody could vote."))
    roll = [_roll_entry(vote.id, person_id) for person_id in residents]
    db.session.add_all(roll)
    for key in vote.keys:
        key.checked_at = now()
    vote.roll_size, vote.roll_hash = len(roll), roll_hash(vote.id, [(e.id, e.person_id) for e in roll])
    vote.stage = VoteStage.OPEN
    cycles.advance(cycle.id, Stage.VOTING, by=by)
    publish(
        VoteOpened(
            actor_id=by.id,
            cycle_id=cycle.id,
            vote_id=vote.id.hex(),
            roll_size=len(roll),
            roll_hash=vote.roll_hash,
        )
    )


def _ensure_its_day(vote: Vote, moment: datetime) -> None:
    ensure(vote.opens_at <= moment, "too_early", _("Voting was announced for later. It cannot open before."))
    ensure(moment < vote.closes_at, "too_late", _("The voting days of this cycle are over."))


def _roll_entry(vote_id: bytes, person_id: int) -> RollEntry:
    return RollEntry(
        id=random_id(),
        vote_id=vote_id,
        person_id=person_id,
        source="verified_residence",
        channel=Channel.NONE,
        revision=0,
    )


def _close(vote: Vote, early_reason: str, by: Actor) -> None:
    ensure(vote.stage is VoteStage.OPEN, "not_open", _("This vote has not been opened."))
    is_early = deadline_now() < vote.closes_at + GRACE
    message = _("The announced end has not come. To close all the same, give the reason that everybody will read.")
    ensure(bool(early_reason) or not is_early, "too_early", message, field="early_reason")
    vote.early_close_reason = early_reason if is_early else None
    vote.stage = VoteStage.CLOSED
    cycles.advance(vote.cycle_id, Stage.COUNTING, by=by)
    publish(
        VoteClosed(
            actor_id=by.id,
            cycle_id=vote.cycle_id,
            vote_id=vote.id.hex(),
            envelopes=queries.final_envelope_count(vote.id),
            was_early=is_early,
            early_reason=vote.early_close_reason,
        )
    )
