"""From a closed vote to a certified result: open the envelopes, count twice, sign twice. Each step can be run again."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from secrets import token_bytes

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import files
from app.core.access import Actor, Role
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.core.vault import MissingSecret
from app.cycles.queries import rule_card
from app.cycles.rules import Stage, canonical, card_hash
from app.cycles.services import advance
from app.proposals.services import record_outcomes
from app.voting import queries as votes
from app.voting.counting.closed_set import BadSet, ClosedSet, from_bytes, to_bytes
from app.voting.counting.count import count as count_ballots
from app.voting.counting.lots import keeps_the_promise, lot_order
from app.voting.counting.ranked import EnginesDisagree, hold_equal
from app.voting.counting.records import BadVote, Rule, ballot_matrix
from app.voting.models import CountedBallot, Option, Result, RollEntry, Vote
from app.voting.results import policies
from app.voting.results.events import EnvelopesOpened, FundedOption, ResultCertified, ResultSigned, VoteCounted
from app.voting.results.rules import BadRecord, Step, Unread, When, read_outcome, vote_of_record, when
from app.voting.rules import Channel, Source, VoteStage
from app.voting.sealing.envelopes import SealedEnvelope
from app.voting.sealing.faults import SealingError
from app.voting.sealing.keys import PrivateKey, fits
from app.voting.sealing.opening import Opened, open_all

SALT_BYTES = 32
Sealed = Sequence[tuple[bytes, bytes, bytes]]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One count of record: its outcome as canonical JSON, and the seed and order of the lot it used."""

    outcome: str
    lot_seed: bytes
    lot_order: tuple[int, ...]


def open_envelopes(cycle_id: int, *, by: Actor) -> Vote:
    """Open the final set of a closed vote and fix it as the closed ballot set; nothing keeps which envelope gave which.

    The file is on disk before the database names it. A kill before the commit leaves the vote closed and a file nobody
    names; asking again opens anew. One clerk opens; that two people are needed comes with several key holders.
    Source: voting.md 5, steps 1 to 4.
    """
    vote = votes.vote_facts(cycle_id)
    ensure_standing(
        policies.may_open(by, vote.cycle.neighborhood_id), _("Only a clerk of this neighborhood opens the envelopes.")
    )
    if _when(Step.OPEN, vote.stage) is When.DONE:
        return _vote(vote.id)
    sealed = votes.final_envelopes(vote.id)
    opened = _opened(vote, sealed, _keys(vote))
    closed = _closed_set(vote, opened)
    closed_set_hash = files.store(to_bytes(closed))
    with transaction():
        row = locked(Vote, vote.id)
        if row is None:
            raise NotFound
        if _when(Step.OPEN, row.stage) is When.DONE:
            return row
        _ensure_every_voter_has_an_envelope(vote.id, opened)
        _write_ballots(vote.id, closed, opened)
        row.stage, row.closed_set_hash = VoteStage.OPENED, closed_set_hash
        row.unreadable = _listed(sealed, opened)
        publish(
            EnvelopesOpened(
                actor_id=by.id,
                cycle_id=cycle_id,
                vote_id=vote.id.hex(),
                ballots=len(opened.ballots),
                unreadable=len(opened.unreadable),
                closed_set_hash=closed_set_hash,
            )
        )
    return row


def count(cycle_id: int, *, by: Actor) -> Result:
    """Count the closed set with both engines and keep the outcome; the same file always gives the same bytes.

    Asked again before certifying, it counts again and refuses where a byte differs from what is kept.
    """
    vote = votes.vote_facts(cycle_id)
    ensure_standing(
        policies.may_count(by, vote.cycle.neighborhood_id), _("Only a clerk of this neighborhood has the vote counted.")
    )
    _when(Step.COUNT, vote.stage)
    counted = _counted(vote, _seed(vote))
    with transaction():
        row = locked(Vote, vote.id)
        if row is None:
            raise NotFound
        if _when(Step.COUNT, row.stage) is When.DONE:
            kept = _latest(vote.id)
            _ensure_same(kept, counted)
            return kept
        result = _kept(vote, counted)
        row.stage = VoteStage.COUNTED
        publish(
            VoteCounted(
                actor_id=by.id,
                cycle_id=cycle_id,
                result_id=result.id,
                closed_set_hash=result.closed_set_hash,
                lot_seed=result.lot_seed,
                outcome_hash=result.outcome_hash,
            )
        )
    return result


def certify(cycle_id: int, *, by: Actor) -> Result:
    """Sign the result as clerk or as observer; the second signature, by another person, makes it the result.

    The ballots are counted once more before each signature, and a result that differs by a byte is not signed. Signing
    twice changes nothing.
    """
    vote = votes.vote_facts(cycle_id)
    where = vote.cycle.neighborhood_id
    ensure_standing(
        policies.may_certify(by, where), _("A clerk and an observer of this neighborhood certify a result.")
    )
    _when(Step.CERTIFY, vote.stage)
    kept = _latest(vote.id)
    if by.id in (kept.clerk_id, kept.observer_id):
        return kept
    _ensure_same(kept, _counted(vote, bytes.fromhex(kept.lot_seed)))
    with transaction():
        row, result = locked(Vote, vote.id), locked(Result, kept.id)
        if row is None or result is None:
            raise NotFound
        if by.id not in (result.clerk_id, result.observer_id):
            _sign(result, row, by, where)
    return result


def _sign(result: Result, vote: Vote, by: Actor, neighborhood_id: int) -> None:
    role = policies.signs_as(by, neighborhood_id, clerk_id=result.clerk_id, observer_id=result.observer_id)
    if role is None:
        missing = _("an observer's") if result.observer_id is None else _("a clerk's")
        ensure(vote.stage is not VoteStage.CERTIFIED, "certified", _("This result is already certified."))
        raise DomainError("signed", _("This signature is already given. What is missing is %(whose)s.", whose=missing))
    if role is Role.CLERK:
        result.clerk_id = by.id
    else:
        result.observer_id = by.id
    if result.clerk_id is not None and result.observer_id is not None:
        _make_official(result, vote, by)
        return
    publish(
        ResultSigned(
            actor_id=by.id,
            cycle_id=vote.cycle_id,
            result_id=result.id,
            outcome_hash=result.outcome_hash,
            signed_as=role,
        )
    )


def _make_official(result: Result, vote: Vote, by: Actor) -> None:
    result.certified_at, vote.stage = now(), VoteStage.CERTIFIED
    funded = _funded(result, vote)
    record_outcomes(vote.cycle_id, [option.proposal_id for option in funded], by_id=by.id)
    advance(vote.cycle_id, Stage.CERTIFIED, by=by)
    publish(ResultCertified(actor_id=by.id, cycle_id=vote.cycle_id, result_id=result.id, funded=funded))


def _funded(result: Result, vote: Vote) -> tuple[FundedOption, ...]:
    options = {
        option.number: option for option in db.session.scalars(sa.select(Option).where(Option.vote_id == vote.id))
    }
    return tuple(
        FundedOption(
            proposal_id=options[won.number].proposal_id,
            number=won.number,
            title=options[won.number].title,
            summary=options[won.number].summary,
            cost_cents=won.cost_cents,
        )
        for won in read_outcome(result.outcome).won
    )


def _when(step: Step, stage: VoteStage) -> When:
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


def _vote(vote_id: bytes) -> Vote:
    return db.session.get_one(Vote, vote_id)


def _latest(vote_id: bytes) -> Result:
    query = sa.select(Result).where(Result.vote_id == vote_id).order_by(Result.number.desc()).limit(1)
    return db.session.scalars(query).one()


def _keys(vote: votes.VoteFacts) -> dict[int, PrivateKey]:
    """Every holder's private key, tried on the public one: a wrong key would list good ballots as unreadable."""
    try:
        private = votes.trustee_private_keys(vote.id)
    except (MissingSecret, SealingError, ValueError) as reason:
        raise DomainError("key_missing", _("The key that opens the envelopes is missing or damaged.")) from reason
    public = dict(enumerate(votes.trustee_public_keys(vote.id), start=1))
    good = set(private) == set(public) and all(fits(key, public[number]) for number, key in private.items())
    ensure(
        good, "key_does_not_fit", _("The key given does not fit the key this vote was sealed to. Nothing was opened.")
    )
    return private


def _opened(vote: votes.VoteFacts, sealed: Sealed, keys: dict[int, PrivateKey]) -> Opened:
    return open_all(
        (SealedEnvelope(ciphertext=ciphertext, commitment=commitment) for ciphertext, commitment, _leaf in sealed),
        vote_id=vote.id,
        private_keys=keys,
        options=len(votes.options(vote.id)),
        max_ranks=vote.max_ranks,
    )


def _closed_set(vote: votes.VoteFacts, opened: Opened) -> ClosedSet:
    return ClosedSet(
        vote_id=vote.id.hex(),
        rule_card_hash=bytes.fromhex(vote.rule_card_hash),
        options=len(votes.options(vote.id)),
        max_ranks=vote.max_ranks,
        ballots=ballot_matrix((ballot.ranking for ballot in opened.ballots), vote.max_ranks),
        salt=token_bytes(SALT_BYTES),
    )


def _ensure_every_voter_has_an_envelope(vote_id: bytes, opened: Opened) -> None:
    online = sa.select(sa.func.count()).select_from(RollEntry)
    voters = db.session.execute(
        online.where(RollEntry.vote_id == vote_id, RollEntry.channel == Channel.ONLINE)
    ).scalar_one()
    envelopes = len(opened.ballots) + len(opened.unreadable)
    message = _(
        "%(voters)d people are marked as having voted online, but the set holds %(envelopes)d envelopes. "
        "Nothing was opened; this has to be explained first.",
        voters=voters,
        envelopes=envelopes,
    )
    ensure(voters == envelopes, "equation_broken", message)


def _write_ballots(vote_id: bytes, closed: ClosedSet, opened: Opened) -> None:
    rankings = closed.ballots.astype(">u2")
    rows = [
        {"id": ballot.id, "vote_id": vote_id, "source": Source.ONLINE, "ranking": ranking.tobytes()}
        for ballot, ranking in zip(opened.ballots, rankings, strict=True)
    ]
    if rows:
        db.session.execute(sa.insert(CountedBallot), rows)


def _listed(sealed: Sealed, opened: Opened) -> list[str]:
    leaves = {sha256(ciphertext).digest(): leaf.hex() for ciphertext, _commitment, leaf in sealed}
    return sorted(Unread(leaf=leaves[each.ciphertext_hash], fault=each.fault).line for each in opened.unreadable)


def _seed(vote: votes.VoteFacts) -> bytes:
    try:
        return votes.lot_seed(vote.id)
    except MissingSecret as reason:
        raise DomainError("lot_missing", _("The seed of the lot is missing. Nothing was counted.")) from reason


def _counted(vote: votes.VoteFacts, seed: bytes) -> Counted:
    """Count the closed set by the rule card, and nothing else; both engines must agree on every runoff round."""
    card, set_hash = rule_card(vote.cycle.id), vote.closed_set_hash or ""
    card_text = card.text if card else ""
    ensure(
        card is not None and card_hash(card_text) == vote.rule_card_hash,
        "rule_card_altered",
        _("The rule card is not the one that was frozen before the vote. Nothing was counted."),
    )
    assert card is not None
    closed = _read_closed_set(vote, set_hash)
    promise = bytes.fromhex(card.content["lot_commitment"])
    kept = len(seed) == SALT_BYTES and keeps_the_promise(seed, promise)
    ensure(kept, "lot_altered", _("The seed of the lot is not the one promised on the rule card. Nothing was counted."))
    order = lot_order(bytes.fromhex(set_hash), seed, range(1, closed.options + 1))
    try:
        counting = vote_of_record(card.content, closed, order)
        outcome = count_ballots(counting, Rule(card.content["rule"]))
        hold_equal(counting, outcome)
    except (BadRecord, BadVote) as reason:
        raise DomainError("closed_set_altered", _altered()) from reason
    except EnginesDisagree as difference:
        message = _("The two counts differ, so nothing can be certified. %(where)s", where=str(difference))
        raise DomainError("counts_differ", message) from difference
    return Counted(outcome=canonical(outcome.as_json()), lot_seed=seed, lot_order=order)


def _read_closed_set(vote: votes.VoteFacts, set_hash: str) -> ClosedSet:
    try:
        closed = from_bytes(files.load(set_hash))
    except (files.MissingFile, BadSet) as reason:
        raise DomainError("closed_set_altered", _altered()) from reason
    belongs = closed.vote_id == vote.id.hex() and closed.rule_card_hash.hex() == vote.rule_card_hash
    ensure(belongs, "closed_set_altered", _altered())
    return closed


def _altered() -> str:
    return str(_("The closed ballot set is missing or is not what its published hash says. Nothing was counted."))


def _ensure_same(kept: Result, counted: Counted) -> None:
    same = kept.outcome == counted.outcome and kept.outcome_hash == sha256(counted.outcome.encode()).hexdigest()
    same = same and list(kept.lot_order) == list(counted.lot_order)
    ensure(
        same, "result_differs", _("Counting again gives another outcome than the one kept. Nothing may be certified.")
    )


def _kept(vote: votes.VoteFacts, counted: Counted) -> Result:
    earlier = db.session.scalar(sa.select(sa.func.max(Result.number)).where(Result.vote_id == vote.id)) or 0
    result = Result(
        vote_id=vote.id,
        number=earlier + 1,
        rule=vote.cycle.count_rule,
        closed_set_hash=vote.closed_set_hash or "",
        lot_seed=counted.lot_seed.hex(),
        lot_order=list(counted.lot_order),
        outcome=counted.outcome,
        outcome_hash=sha256(counted.outcome.encode()).hexdigest(),
        engine=_engine(),
        counted_at=now(),
    )
    db.session.add(result)
    db.session.flush()
    return result


def _engine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "pyrankvote"))
    return f"Lamplight, Python {platform.python_version()}, {libraries}"
