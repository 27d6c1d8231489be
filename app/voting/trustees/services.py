"""Planning key holders, taking their public keys, checking their keys, and reading the result file they bring back."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import files
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles.models import Cycle
from app.cycles.queries import facts as cycle_facts
from app.cycles.rules import Stage, reached
from app.voting import policies
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.board.models import VotePlan
from app.voting.board.rules import OBJECTION_DAYS
from app.voting.models import TrusteeKey
from app.voting.opening.words import WRONGS
from app.voting.queries import VoteFacts
from app.voting.reconciling import queries as reconciling
from app.voting.rules import BoardStep
from app.voting.sealing import count_sets, key_checks, key_files, result_files
from app.voting.sealing.faults import SealingError
from app.voting.sealing.keys import PublicKey, fingerprint, public_from
from app.voting.sealing.reading import BadFile
from app.voting.sealing.result_files import Result
from app.voting.services import ensure_now
from app.voting.trustees.events import (
    CountSetTaken,
    KeyCheckAsked,
    KeyChecked,
    KeyHoldersPlanned,
    KeyRegistered,
    ResultHandedIn,
)
from app.voting.trustees.models import KeyHolder
from app.voting.trustees.rules import MOST_HOLDERS


@dataclass(frozen=True, kw_only=True)
class PlanHolders:
    """Who is to hold a key, by name and in this order, and how many of them open the envelopes together."""

    names: tuple[str, ...]
    threshold: int


def plan(cycle_id: int, command: PlanHolders, *, by: Actor) -> int:
    """Settle the key holders of a vote, in place of what was planned; who stays keeps their key. Returns how many."""
    _ensure_planner(cycle_id, by)
    names = command.names
    ensure(len(names) <= MOST_HOLDERS, "too_many", _("At most nine people can hold a key."), field="names")
    ensure(len(set(names)) == len(names), "twice", _("A name stands here twice."), field="names")
    fits = 1 <= command.threshold <= max(1, len(names))
    ensure(fits, "threshold", _("It takes at least one key, and no more than there are holders."), field="threshold")
    with transaction():
        _ensure_not_fixed(cycle_id)
        _replace_holders(cycle_id, names)
        row = db.session.get(VotePlan, cycle_id)
        if row is None:
            db.session.add(
                VotePlan(cycle_id=cycle_id, objection_days=OBJECTION_DAYS, threshold=command.threshold)
            )
        else:
            row.threshold = command.threshold
        publish(
            KeyHoldersPlanned(actor_id=by.id, cycle_id=cycle_id, names=names, threshold=command.threshold)
        )
    return len(names)


def register(cycle_id: int, number: int, file: bytes, *, by: Actor) -> str:
    """Keep the public key a holder has handed in; returns its fingerprint, to be read aloud by its holder."""
    _ensure_planner(cycle_id, by)
    key = _public_key(file)
    finger = fingerprint(key)
    with transaction():
        _ensure_not_fixed(cycle_id)
        holder = db.session.scalar(
            sa.select(KeyHolder).where(KeyHolder.cycle_id == cycle_id, KeyHolder.number == number)
        )
        if holder is None:
            raise NotFound
        taken = sa.select(KeyHolder.name).where(KeyHolder.cycle_id == cycle_id, KeyHolder.fingerprint == finger)
        other = db.session.scalar(taken.where(KeyHolder.number != number))
        ensure(other is None, "taken", _("This is the key of %(name)s already.", name=other), field="file")
        holder.public_key, holder.fingerprint, holder.registered_at = key.to_bytes(), finger, now()
        publish(KeyRegistered(actor_id=by.id, cycle_id=cycle_id, number=number, fingerprint=finger))
    return finger


def ask_check(cycle_id: int, number: int, *, by: Actor) -> bytes:
    """A question that only the key of this holder answers, as a file for them; a new one replaces the last."""
    _ensure_runs(cycle_id, by)
    vote = votes.vote_facts(cycle_id)
    with transaction():
        row = _key(vote, number)
        asked = key_checks.challenge(public_from(row.public_key), vote.id).to_bytes()
        row.challenge = asked
        publish(KeyCheckAsked(actor_id=by.id, cycle_id=cycle_id, number=number))
    return asked


def take_answer(cycle_id: int, number: int, file: bytes, *, by: Actor) -> int:
    """Take the answer to the last question: from now on the key is known to work. Returns the holder's number."""
    _ensure_runs(cycle_id, by)
    vote = votes.vote_facts(cycle_id)
    with transaction():
        row = _key(vote, number)
        ensure(row.challenge is not None, "not_asked", _("Give this holder a question first."), field="file")
        try:
            asked = key_checks.challenge_from(row.challenge or b"")
            key_checks.verify(asked, key_checks.answer_from(file), public_from(row.public_key))
        except BadFile as reason:
            raise DomainError("bad_answer", _why(reason), field="file") from reason
        row.checked_at, row.challenge = now(), None
        publish(KeyChecked(actor_id=by.id, cycle_id=cycle_id, number=number))
    return number


def take_count_set(cycle_id: int, *, by: Actor) -> bytes:
    """The count set as the file that the key holders open, away from this machine."""
    _ensure_runs(cycle_id, by)
    vote = votes.vote_facts(cycle_id)
    ensure_now(BoardStep.OPEN_ENVELOPES, vote.stage)
    count_set = reconciling.count_set(vote)
    with transaction():
        publish(CountSetTaken(actor_id=by.id, cycle_id=cycle_id, count_root=count_set.facts.count_root.hex()))
    return count_sets.to_bytes(count_set)


def hand_in(cycle_id: int, file: bytes, *, by: Actor) -> str:
    """Keep the result file the key holders bring back, if it is the result of this count set; returns its hash."""
    _ensure_runs(cycle_id, by)
    vote = votes.vote_facts(cycle_id)
    ensure_now(BoardStep.OPEN_ENVELOPES, vote.stage)
    result = _verified(vote, file)
    name = files.store(file)
    with transaction():
        publish(
            ResultHandedIn(actor_id=by.id, cycle_id=cycle_id, result_file=name, opened_by=result.trustees)
        )
    return name


def read_result(vote: VoteFacts, name: str) -> Result:
    """The result file kept under that hash, held once more against the count set."""
    try:
        return _verified(vote, files.load(name))
    except files.MissingFile as reason:
        raise DomainError("result_missing", _("The result file is not here any more. Hand it in anew.")) from reason


def _verified(vote: VoteFacts, file: bytes) -> Result:
    count_set = reconciling.count_set(vote)
    hashes = {count_sets.record(envelope)[: count_sets.HASH_BYTES] for envelope in count_set.envelopes}
    try:
        result = result_files.from_bytes(file)
        result_files.verify(result, count_set.facts, ciphertext_hashes=hashes)
    except BadFile as reason:
        raise DomainError("bad_result", _why(reason), field="file") from reason
    return result


def _why(reason: BadFile) -> str:
    if reason.trustee is None:
        return str(WRONGS[reason.wrong])
    return str(_("Key holder %(number)s: %(why)s", number=reason.trustee, why=WRONGS[reason.wrong]))


def _public_key(file: bytes) -> PublicKey:
    try:
        return key_files.read_public(file.decode("ascii"))
    except (SealingError, UnicodeDecodeError) as reason:
        message = _("This is not the file of a public key. It begins with “LAMPLIGHT PUBLIC TRUSTEE KEY”.")
        raise DomainError("not_a_key", message, field="file") from reason


def _replace_holders(cycle_id: int, names: tuple[str, ...]) -> None:
    rows = db.session.scalars(sa.select(KeyHolder).where(KeyHolder.cycle_id == cycle_id))
    kept = {row.name: (row.public_key, row.fingerprint, row.registered_at) for row in rows}
    db.session.execute(sa.delete(KeyHolder).where(KeyHolder.cycle_id == cycle_id))
    for number, name in enumerate(names, start=1):
        public_key, finger, at = kept.get(name, (None, None, None))
        holder = KeyHolder(cycle_id=cycle_id, number=number, name=name)
        holder.public_key, holder.fingerprint, holder.registered_at = public_key, finger, at
        db.session.add(holder)


def _key(vote: VoteFacts, number: int) -> TrusteeKey:
    row = locked(TrusteeKey, (vote.id, number))
    if row is None or votes.key_is_kept_here(vote.id):
        raise NotFound
    return row


def _ensure_planner(cycle_id: int, by: Actor) -> None:
    where = cycle_facts(cycle_id, drafts=True).neighborhood_id
    ensure_standing(policies.may_run(by, where), _("Only a clerk of this neighborhood plans the keys of its vote."))


def _ensure_runs(cycle_id: int, by: Actor) -> None:
    runs = boards.runs(cycle_id, by.id)
    ensure_standing(runs, _("Only the members who run this vote do this."))


def _ensure_not_fixed(cycle_id: int) -> None:
    locked(Cycle, cycle_id)
    fixed = reached(cycle_facts(cycle_id, drafts=True).stage, Stage.BALLOT_FIXED)
    ensure(not fixed, "fixed", _("The ballot is fixed, and the keys with it."))
