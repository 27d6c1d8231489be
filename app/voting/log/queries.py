"""Reading the public log: its last head, what is kept of it outside the database, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core import vault
from app.core.clock import deadline_now
from app.core.db import ask, db
from app.core.errors import NotFound
from app.core.paging import Page, page_of
from app.cycles.models import Cycle
from app.voting.log.models import Cosignature, LogLeaf, TreeHead, Witness
from app.voting.log.rules import Problem, against_kept, against_leaves, is_kept_up
from app.voting.models import Envelope, RollEntry, Vote
from app.voting.queries import LOG_SEED, VoteFacts, vote_facts
from app.voting.rules import Channel
from app.voting.sealing import signatures
from app.voting.sealing.leaves import receipt_code
from app.voting.sealing.readable import grouped
from app.voting.tree import heads
from app.voting.tree.heads import Head
from app.voting.tree.notes import CLOSED
from app.voting.tree.receipts import Receipt
from app.voting.tree.statements import BadStatement

LEAVES_A_PAGE = 100
PROBLEMS: Mapping[Problem, LazyString] = {
    Problem.NO_KEY: _l("This vote has no public log, so nobody could check that a ballot is in it."),
    Problem.KEY_LOST: _l("The key that signs receipts and the public log is missing on this machine or does not fit."),
    Problem.CUT: _l(
        "The public log is shorter than the last head that was signed. Ballots may be missing: the database may be an"
        " old backup."
    ),
    Problem.FORKED: _l("The public log is not the one whose last head was kept: it tells another story."),
    Problem.KEPT_HEAD_UNREADABLE: _l("The file with the last signed head of the public log cannot be read."),
    Problem.DAMAGED: _l("The leaves in the public log are not those that were signed."),
}
AGAINST = (
    sa.select(Vote.log_public_key, TreeHead.root)
    .outerjoin(TreeHead, sa.and_(TreeHead.vote_id == Vote.id, TreeHead.size == sa.bindparam("size")))
    .where(Vote.id == sa.bindparam("vote_id"))
)
"""The log's public key, and the root that it signed at that size; every cast asks this."""


@dataclass(frozen=True, kw_only=True)
class LeafLine:
    """A leaf as the log's page lists it; `position` from 0, `note` where it is no envelope."""

    position: int
    leaf: bytes
    note: str | None


@dataclass(frozen=True, kw_only=True)
class CosignatureLine:
    """Who signed a head besides the log."""

    name: str
    public_key: bytes
    signature: bytes

    @property
    def values(self) -> dict[str, str]:
        """What stands in a file."""
        return {"name": self.name, "public_key": self.public_key.hex(), "signature": self.signature.hex()}


@dataclass(frozen=True, kw_only=True)
class WitnessLine:
    """Somebody whose signatures this log takes, and the largest size they have signed (None: nothing yet)."""

    name: str
    public_key: bytes
    size: int | None
    requester: str | None
    approver: str | None

    @property
    def named_by(self) -> list[str]:
        """The two members of the board who named them, by their public names; none for witnesses of earlier days."""
        return [name for name in (self.requester, self.approver) if name]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What counts for somebody in a vote: the code of their last envelope, unless the channel says otherwise."""

    cycle_id: int
    cycle_name: str
    channel: Channel
    code: str | None


def last_head(vote_id: bytes) -> Head | None:
    """The newest signed head of a vote's log; None before the first."""
    query = sa.select(TreeHead).where(TreeHead.vote_id == vote_id).order_by(TreeHead.size.desc()).limit(1)
    return _head(db.session.scalar(query))


def closing_head(vote_id: bytes) -> Head | None:
    """The head signed at the close: the first one over the note of the close, after which no ballot comes."""
    closed = sa.select(LogLeaf.position).where(LogLeaf.vote_id == vote_id, LogLeaf.note.startswith(CLOSED))
    query = sa.select(TreeHead).where(TreeHead.vote_id == vote_id, TreeHead.size > closed.scalar_subquery())
    return _head(db.session.scalar(query.order_by(TreeHead.size).limit(1)))


def head_at(vote_id: bytes, size: int) -> Head | None:
    """The head of that size; None where there is none."""
    return _head(db.session.scalar(sa.select(TreeHead).where(TreeHead.vote_id == vote_id, TreeHead.size == size)))


def leaves(vote_id: bytes, *, size: int | None = None) -> list[bytes]:
    """The leaves in their order, the first `size` of them or all."""
    query = sa.select(LogLeaf.leaf).where(LogLeaf.vote_id == vote_id).order_by(LogLeaf.position)
    return list(db.session.scalars(query if size is None else query.where(LogLeaf.position < size)))


def leaf_lines(vote_id: bytes, *, number: int) -> Page[LeafLine]:
    """A page of the leaves, in their order."""
    query = sa.select(LogLeaf.position, LogLeaf.leaf, LogLeaf.note).where(LogLeaf.vote_id == vote_id)
    listed = query.order_by(LogLeaf.position)
    return page_of(
        listed,
        number=number,
        size=LEAVES_A_PAGE,
        row=lambda position, leaf, note: LeafLine(position=position, leaf=leaf, note=note),
    )


def lines_from(vote_id: bytes, start: int, *, most: int) -> list[LeafLine]:
    """At most so many leaves from a position on."""
    query = sa.select(LogLeaf.position, LogLeaf.leaf, LogLeaf.note)
    listed = query.where(LogLeaf.vote_id == vote_id, LogLeaf.position >= start).order_by(LogLeaf.position).limit(most)
    return [LeafLine(**row) for row in db.session.execute(listed).mappings()]


def ballot_leaves(vote_id: bytes) -> int:
    """How many leaves in the log are of envelopes."""
    counted = sa.select(sa.func.count()).select_from(LogLeaf)
    return db.session.execute(counted.where(LogLeaf.vote_id == vote_id, LogLeaf.note.is_(None))).scalar_one()


def last_note(vote_id: bytes, beginning: str) -> str | None:
    """The newest note that begins with these words; None where there is none."""
    notes = sa.select(LogLeaf.note).where(LogLeaf.vote_id == vote_id, LogLeaf.note.startswith(beginning))
    return db.session.scalar(notes.order_by(LogLeaf.position.desc()).limit(1))


def has_log(vote_id: bytes) -> bool:
    """Whether this vote has a public log: not one that was held elsewhere and imported."""
    return _public_key(vote_id) is not None


def cosignatures(head: Head | None) -> list[CosignatureLine]:
    """The witnesses' signatures under a head; none under no head, in the same one statement."""
    query = (
        sa.select(Witness.name, Cosignature.public_key, Cosignature.signature)
        .join(Witness, sa.and_(Witness.vote_id == Cosignature.vote_id, Witness.public_key == Cosignature.public_key))
        .where(Cosignature.vote_id == (head.vote_id if head else b""), Cosignature.size == (head.size if head else 0))
        .order_by(Witness.name)
    )
    return [CosignatureLine(**row) for row in db.session.execute(query).mappings()]


def witnesses(vote_id: bytes) -> list[WitnessLine]:
    """Everybody whose signatures this log takes."""
    signed = sa.and_(Cosignature.vote_id == Witness.vote_id, Cosignature.public_key == Witness.public_key)
    first, second = aliased(Person), aliased(Person)
    names = (first.public_name.label("requester"), second.public_name.label("approver"))
    query = (
        sa.select(Witness.name, Witness.public_key, sa.func.max(Cosignature.size).label("size"), *names)
        .outerjoin(Cosignature, signed)
        .outerjoin(first, first.id == Witness.requester_id)
        .outerjoin(second, second.id == Witness.approver_id)
        .where(Witness.vote_id == vote_id)
        .group_by(Witness.name, Witness.public_key, first.public_name, second.public_name)
        .order_by(Witness.name)
    )
    return [WitnessLine(**row) for row in db.session.execute(query).mappings()]


def receipt(vote_id: bytes, whose: sa.ColumnElement[bool]) -> Receipt | None:
    """The signed receipt of the envelope that counts for one entry of the roll (`whose`: a condition on it).

    None where nothing was cast or paper counts, where the envelope is gone after the vote, and where the key is.
    """
    newest = sa.and_(Envelope.roll_entry_id == RollEntry.id, Envelope.revision == RollEntry.revision)
    counts = RollEntry.channel.in_((Channel.ONLINE, Channel.PAPER_ISSUED))
    query = sa.select(Envelope.leaf, Envelope.nonce).join(RollEntry, newest)
    found = db.session.execute(query.where(RollEntry.vote_id == vote_id, counts, whose)).first()
    try:
        return found and Receipt(vote_id=vote_id, leaf=found.leaf, nonce=found.nonce).signed(seed(vote_id))
    except vault.MissingSecret:
        return None


def counted(person_id: int) -> list[Counted]:
    """The codes of the envelopes that count for somebody, newest vote first."""
    newest = sa.and_(Envelope.roll_entry_id == RollEntry.id, Envelope.revision == RollEntry.revision)
    query = (
        sa.select(Vote.cycle_id, Cycle.name, RollEntry.channel, Envelope.leaf)
        .join(RollEntry, RollEntry.vote_id == Vote.id)
        .join(Cycle, Cycle.id == Vote.cycle_id)
        .outerjoin(Envelope, newest)
        .where(RollEntry.person_id == person_id, RollEntry.channel != Channel.NONE)
        .order_by(Vote.opens_at.desc())
    )
    return [
        Counted(cycle_id=cycle_id, cycle_name=name, channel=channel, code=grouped(receipt_code(leaf)) if leaf else None)
        for cycle_id, name, channel, leaf in db.session.execute(query)
    ]


def logged_vote(cycle_id: int) -> VoteFacts:
    """The vote of a cycle; NotFound where it has no public log."""
    vote = vote_facts(cycle_id)
    if vote.log_public_key is None:
        raise NotFound
    return vote


def logged_cycles() -> list[tuple[int, str]]:
    """The id and name of every cycle whose vote has a public log, newest first."""
    query = sa.select(Cycle.id, Cycle.name).join(Vote, Vote.cycle_id == Cycle.id)
    found = db.session.execute(query.where(Vote.log_public_key.is_not(None)).order_by(Vote.opens_at.desc()))
    return [(cycle_id, name) for cycle_id, name in found]


def kept_up_votes() -> list[bytes]:
    """The votes whose logs still get heads."""
    found = db.session.execute(sa.select(Vote.id, Vote.closes_at).where(Vote.log_public_key.is_not(None)))
    moment = deadline_now()
    return [vote_id for vote_id, closes_at in found if is_kept_up(moment, closes_at=closes_at)]


def seed(vote_id: bytes) -> bytes:
    """The secret that signs this vote's receipts and heads; raises vault.MissingSecret where the file is gone."""
    return vault.read(vote_id.hex(), LOG_SEED)


def head_paths(vote_id: bytes) -> list[Path]:
    """Where the last head of a vote is kept outside the database."""
    folders = [current_app.config["DATA_DIR"] / "heads", current_app.config["HEADS_DIR"]]
    return [folder / f"{vote_id.hex()}.txt" for folder in folders if folder is not None]


def kept_heads(vote_id: bytes) -> list[Head]:
    """The heads kept outside the database; BadStatement or OSError for a file that is there and cannot be read."""
    return [heads.from_text(path.read_text()) for path in head_paths(vote_id) if path.exists()]


def problems(vote_id: bytes, *, thoroughly: bool = True) -> list[str]:
    """What is wrong with the log of a vote, in sentences; a vote with any of them must not open and takes no ballots.

    `thoroughly` hashes every leaf again and tries the key; without it the check costs one statement, for every cast.
    """
    return [str(PROBLEMS[found]) for found in faults(vote_id, thoroughly=thoroughly)]


def faults(vote_id: bytes, *, thoroughly: bool = True) -> list[Problem]:
    """The same as words for programs."""
    try:
        kept = {(head.size, head.root): head for head in kept_heads(vote_id)}
    except (OSError, ValueError, BadStatement):
        return [Problem.KEPT_HEAD_UNREADABLE]
    found, public = [], None
    for head in kept.values() or [None]:
        public, same = ask(AGAINST, vote_id=vote_id, size=head.size if head else 0).one()
        found += [against_kept(head, same)] if head else []
    if public is None:
        return [Problem.NO_KEY]
    if thoroughly:
        found += [Problem.KEPT_HEAD_UNREADABLE for head in kept.values() if not head.is_signed_by(public)]
        found += [_key_fault(vote_id, public), against_leaves(last_head(vote_id), leaves(vote_id))]
    return list(dict.fromkeys(each for each in found if each is not None))


def _public_key(vote_id: bytes) -> bytes | None:
    return db.session.scalar(sa.select(Vote.log_public_key).where(Vote.id == vote_id))


def _key_fault(vote_id: bytes, public: bytes) -> Problem | None:
    try:
        fits = signatures.public_of(seed(vote_id)) == public
    except (vault.MissingSecret, ValueError):
        fits = False
    return None if fits else Problem.KEY_LOST


def _head(row: TreeHead | None) -> Head | None:
    if row is None:
        return None
    return Head(vote_id=row.vote_id, size=row.size, root=row.root, slot=row.slot, signature=row.signature)
