"""Reading what a ballot page shows: the vote, its options, whether this person may cast, and the page's tokens."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from flask import current_app, g
from flask_babel import get_locale

from app.core.clock import deadline_now
from app.core.db import db
from app.core.tokens import read_signed, sign
from app.cycles import services as cycles
from app.cycles.queries import facts
from app.cycles.rules import PhaseKind
from app.voting import policies, queries
from app.voting.ballots.rules import Door, door
from app.voting.log import queries as log
from app.voting.models import Envelope, RollEntry
from app.voting.queries import OptionFacts, VoteFacts
from app.voting.rules import Channel, CodeVoter, Voter, is_in_time, voter_key
from app.voting.sealing.keys import PublicKey
from app.voting.tree.receipts import Receipt

SERVED, READY = "ballot-served", "ballot-ready"
SLIPS = "slips of open votes"


@dataclass(frozen=True, kw_only=True)
class BallotFacts:
    """A ballot for one reader: what is on it, why they cannot cast (None: they can), and whether they have."""

    vote: VoteFacts
    options: tuple[OptionFacts, ...]
    door: Door | None
    has_voted: bool

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of all options."""
        return frozenset(option.number for option in self.options)

    def chosen(self, ranking: tuple[int, ...]) -> list[OptionFacts]:
        """The options of a ranking, best first."""
        by_number = {option.number: option for option in self.options}
        return [by_number[number] for number in ranking]


@dataclass(frozen=True, kw_only=True)
class Ready:
    """What the page to confirm proves: its own random key, and when the ballot was first shown (None: unknown)."""

    key: bytes = field(repr=False)
    served_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What a cast needs of an open vote. None of it changes any more but stage and end, which a cast reads anew."""

    vote: VoteFacts
    options: tuple[int, ...]
    keys: tuple[PublicKey, ...]


def slip(cycle_id: int, token: str) -> Slip:
    """The slip of the vote that a `ready_token` is of, read once by each process while the vote is open."""
    kept: dict[str, Slip] = current_app.extensions.setdefault(SLIPS, {})
    signed = _signed(token)
    found = kept.get(signed[0]) if signed else None
    if found is not None and found.vote.cycle.id == cycle_id:
        return found
    vote = queries.vote_facts(cycle_id)
    options = tuple(option.number for option in queries.options(vote.id))
    found = Slip(vote=vote, options=options, keys=tuple(queries.trustee_public_keys(vote.id)))
    if vote.is_open:
        kept[vote.id.hex()] = found
    return found


def ballot(cycle_id: int, viewer: Voter | None, *, served: str = "") -> BallotFacts:
    """The ballot of a cycle for `viewer`; before it is fixed, a refusal that says which phase is on.

    `served` is the token of the page they came from; with it the grace period holds.
    """
    vote = queries.find_vote(cycle_id)
    if vote is None:
        cycles.ensure_phase(facts(cycle_id), PhaseKind.VOTING)
        vote = queries.vote_facts(cycle_id)
    channel = None if viewer is None else channel_of(vote.id, viewer)
    shown_at = None if viewer is None else served_at(vote, served, viewer)
    return BallotFacts(
        vote=vote,
        options=tuple(option.said_in(str(get_locale() or "en")) for option in queries.options(vote.id)),
        door=door(
            vote.stage,
            in_time=is_in_time(deadline_now(), closes_at=vote.closes_at, served_at=shown_at, grace=vote.grace),
            signed_in=viewer is not None,
            resident=isinstance(viewer, CodeVoter) or policies.may_vote(viewer, vote.cycle.neighborhood_id),
            channel=channel,
        ),
        has_voted=channel is Channel.ONLINE,
    )


def channel_of(vote_id: bytes, voter: Voter) -> Channel | None:
    """How somebody on the roll has voted; None for somebody who is not on it."""
    return db.session.scalar(sa.select(RollEntry.channel).where(RollEntry.vote_id == vote_id, behind(voter)))


def behind(voter: Voter) -> sa.ColumnElement[bool]:
    """Which entry of a roll is this voter's."""
    column, value = whose(voter)
    theirs: sa.ColumnElement[bool] = column == value
    return theirs


def whose(voter: Voter) -> tuple[Any, bytes | int]:
    """The column of the roll that tells whose an entry is, and this voter's value in it."""
    return (RollEntry.id, voter.entry_id) if isinstance(voter, CodeVoter) else (RollEntry.person_id, voter.id)


def receipt(vote: VoteFacts, viewer: Voter | None) -> Receipt | None:
    """The receipt of the envelope that counts for `viewer`; None where there is none."""
    return None if viewer is None else log.receipt(vote.id, behind(viewer))


def served_token(vote: VoteFacts, viewer: Voter) -> str:
    """A token for a ballot page; it proves when, by the deciding clock, this person was first shown it."""
    return sign(SERVED, [vote.id.hex(), voter_key(viewer), deadline_now().timestamp()])


def served_at(vote: VoteFacts, token: str, viewer: Voter) -> datetime | None:
    """When the page with this token was first shown to `viewer`; None for no token of theirs and this vote's."""
    found = read_signed(SERVED, token, max_age_seconds=None)
    if found is None or found[0][:2] != [vote.id.hex(), voter_key(viewer)]:
        return None
    return datetime.fromtimestamp(found[0][2], UTC)


def ready_token(vote: VoteFacts, served: str, viewer: Voter) -> str:
    """A token for a page that asks to confirm one ranking: its key is fresh, so that this page stores once.

    Every such page has its own: somebody who goes back and changes the ranking casts anew.
    """
    shown_at = served_at(vote, served, viewer)
    moment = None if shown_at is None else shown_at.timestamp()
    return sign(READY, [vote.id.hex(), voter_key(viewer), secrets.token_hex(16), moment])


def is_cast(vote: VoteFacts, token: str, voter: Voter) -> bool:
    """Whether the page with this token has stored its ballot."""
    ready = read_ready(vote, token, voter)
    if ready is None:
        return False
    entry_id = sa.select(RollEntry.id).where(RollEntry.vote_id == vote.id, behind(voter)).scalar_subquery()
    key = sha256(ready.key).digest()
    stored = sa.select(Envelope.revision).where(Envelope.roll_entry_id == entry_id, Envelope.idempotency_key == key)
    return db.session.execute(stored).first() is not None


def read_ready(vote: VoteFacts, token: str, viewer: Voter) -> Ready | None:
    """What a `ready_token` says; None for a forged one, and for another person's or another vote's.

    However old it is, it is good for its vote: only the close ends it, by the deciding clock.
    """
    signed = _signed(token)
    if signed is None or signed[:2] != [vote.id.hex(), voter_key(viewer)]:
        return None
    key, moment = signed[2:]
    return Ready(key=bytes.fromhex(key), served_at=None if moment is None else datetime.fromtimestamp(moment, UTC))


def _signed(token: str) -> list[Any] | None:
    """What a `ready_token` holds; read once, however often a request asks."""
    held: dict[str, list[Any] | None] = g.setdefault("ready_tokens", {})
    if token not in held:
        found = read_signed(READY, token, max_age_seconds=None)
        held[token] = None if found is None else found[0]
    return held[token]
