"""Reading results: what everybody may see of a count, what its board sees before, and the list of what was decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.core import files
from app.core.access import Actor, Role
from app.core.db import db
from app.core.errors import DomainError, NotFound, ensure
from app.core.paging import Page, Rows, page_of
from app.core.vault import MissingSecret
from app.cycles.models import Cycle
from app.cycles.queries import CycleFacts, rule_card
from app.cycles.queries import facts as cycle_facts
from app.cycles.rules import PublicationLevel, card_hash
from app.places.models import Neighborhood
from app.translating import queries as translations
from app.translating.rules import Rendering
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.board.rules import Part
from app.voting.counting import records
from app.voting.counting.closed_set import BadSet, ClosedSet, from_bytes
from app.voting.counting.lots import keeps_the_promise, lot_order
from app.voting.models import Result, RollEntry, Vote
from app.voting.queries import OptionFacts, VoteFacts
from app.voting.results import policies
from app.voting.results.publication.rules import shown_outcome
from app.voting.results.rules import BadRecord, ResultFacts, read_outcome, vote_of_record
from app.voting.rules import Channel, CheckStage, Unread, VoteStage, unread

PAGE = 10
SEED_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class ResultRecord:
    """One stored count: its facts and what vouches for them; hashes and seed in hex, signers by public name.

    Below publication level full, facts, outcome and its hash are those of the reduced outcome, for whoever looks.
    """

    id: int
    number: int
    level: PublicationLevel
    facts: ResultFacts
    outcome: str
    outcome_hash: str
    closed_set_hash: str
    lot_seed: str | None
    withdrawn: tuple[int, ...]
    withdrawn_reason: str | None
    check_stage: CheckStage
    check_percent: int
    check_note: str | None
    engine: str
    counted_at: datetime
    clerk_id: int | None
    observer_id: int | None
    clerk_name: str | None
    observer_name: str | None
    certified_at: datetime | None
    unread: tuple[Unread, ...]

    @property
    def is_certified(self) -> bool:
        """Whether a clerk and an observer have both signed."""
        return self.certified_at is not None


@dataclass(frozen=True, kw_only=True)
class Lot:
    """The order that settles ties, and the 32 secret bytes it was drawn from; no seed where the order was given."""

    seed: bytes | None
    order: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Turnout:
    """How many on the roll have voted; an imported vote has no roll here, so there is nothing to tell."""

    voters: int
    roll_size: int | None


@dataclass(frozen=True, kw_only=True)
class ResultCard:
    """A certified result in the list."""

    cycle_id: int
    cycle_name: str
    year: int
    neighborhood_name: str
    currency: str
    time_zone: str
    certified_at: datetime
    is_imported: bool
    facts: ResultFacts


def lot_of(vote: VoteFacts) -> Lot:
    """The lot of a closed vote: drawn from the promised seed, or the order that the rule card gives (imported votes).

    Refused with the reason where the seed is gone or is not the one promised.
    """
    card = _card_of(vote)
    given = card.get("lot_order")
    if given is not None:
        return Lot(seed=None, order=tuple(given))
    try:
        seed = votes.lot_seed(vote.id)
    except MissingSecret as reason:
        raise DomainError("lot_missing", _("The seed of the lot is missing. Nothing was counted.")) from reason
    kept = len(seed) == SEED_BYTES and keeps_the_promise(seed, bytes.fromhex(card["lot_commitment"]))
    ensure(kept, "lot_altered", _("The seed of the lot is not the one promised on the rule card. Nothing was counted."))
    ensure(vote.closed_set_hash is not None, "closed_set_altered", _altered())
    numbers = [option["number"] for option in card["options"]]
    return Lot(seed=seed, order=lot_order(bytes.fromhex(vote.closed_set_hash or ""), seed, numbers))


def rule_of(vote: VoteFacts) -> records.Rule:
    """The counting rule on the frozen rule card."""
    return records.Rule(_card_of(vote)["rule"])


def counting_vote(vote: VoteFacts, order: Sequence[int], withdrawn: Iterable[int] = ()) -> records.Vote:
    """What a count of record reads: the frozen rule card and the closed set, each held to its published hash."""
    card, closed = _card_of(vote), _closed_set(vote)
    try:
        return vote_of_record(card, closed, order, withdrawn)
    except (BadRecord, records.BadVote) as reason:
        raise DomainError("closed_set_altered", _altered()) from reason


def certified(cycle_id: int) -> ResultRecord | None:
    """The certified result of a cycle, or None before there is one."""
    record = _record(cycle_id)
    return record if record is not None and record.is_certified else None


def visible(cycle: CycleFacts, viewer: Actor | None) -> ResultRecord | None:
    """The result as this person may see it: everybody the certified one, the board also one that waits for it."""
    record = _record(cycle.id)
    is_member = viewer is not None and boards.part_of(cycle.id, viewer.id) is not None
    certified = record is not None and record.is_certified
    if record is None or not policies.may_see(viewer, cycle.neighborhood_id, is_member=is_member, certified=certified):
        return None
    return record


def open_signatures(vote: VoteFacts, viewer: Actor | None) -> frozenset[Role]:
    """Which signatures this person may give to results of this vote; an imported vote has no board, so roles decide."""
    part = None if viewer is None else boards.part_of(vote.cycle.id, viewer.id)
    runs, observes = part is Part.RUNS, part is Part.OBSERVES
    return policies.signatures(
        viewer, vote.cycle.neighborhood_id, runs=runs or vote.is_imported, observes=observes or vote.is_imported
    )


def level_of(cycle_id: int) -> PublicationLevel:
    """What the frozen rule card says is published of the ballots; the least where there is no card."""
    card = rule_card(cycle_id)
    return PublicationLevel(card.content["publication_level"]) if card else PublicationLevel.TOTALS


def whole_outcome(record: ResultRecord) -> str:
    """The outcome as it was certified, with all sums; below level full only for those who may hold the ballots."""
    return db.session.execute(sa.select(Result.outcome).where(Result.id == record.id)).scalar_one()


def published(cycle_id: int, viewer: Actor | None, *, number: int | None = None) -> tuple[VoteFacts, ResultRecord]:
    """The vote and its result, or its count of that number; NotFound where this person may not see it."""
    record = visible(cycle_facts(cycle_id), viewer)
    if record is not None and number not in (None, record.number):
        record = next((each for each in counts(cycle_id) if each.number == number), None)
    if record is None:
        raise NotFound
    return votes.vote_facts(cycle_id), record


def counts(cycle_id: int) -> tuple[ResultRecord, ...]:
    """Every count of a vote in the order of counting; the last one is its result."""
    level = level_of(cycle_id)
    rows = db.session.execute(_records(cycle_id).order_by(Result.number))
    return tuple(_record_of(level, *found) for found in rows)


def is_replaced(vote_id: bytes, number: int) -> bool:
    """Whether a later count of the vote has taken the place of this one."""
    later = sa.select(Result.id).where(Result.vote_id == vote_id, Result.number > number)
    return db.session.scalars(later.limit(1)).first() is not None


def options_by_number(vote: VoteFacts, *, as_written: bool = False) -> dict[int, OptionFacts]:
    """The options of a vote by their numbers, in the language of the moment.

    With the words of the ballot where it had them in that language, else under a title that people have translated;
    with `as_written` as they were fixed.
    """
    language = str(get_locale() or "en")
    options = [option.said_in(language) for option in votes.options(vote.id)]
    left = [each.title for each in options if each.language]
    since = translations.beside(vote.cycle.neighborhood_id, left, language)
    for at, option in enumerate(options):
        row = since.get(option.title) if option.language else None
        if row is not None and row.rendering is not Rendering.SUMMARY:
            options[at] = option.titled(row.wording, read_by=row.read_by or "")
    return {each.number: each.unsaid() if as_written else each for each in options}


def turnout(vote: VoteFacts) -> Turnout:
    """How many of the roll have voted in a closed vote."""
    voted = (RollEntry.vote_id == vote.id, RollEntry.channel.in_((Channel.ONLINE, Channel.PAPER_RETURNED)))
    count = db.session.execute(sa.select(sa.func.count()).select_from(RollEntry).where(*voted)).scalar_one()
    return Turnout(voters=count, roll_size=None if vote.is_imported else vote.roll_size or 0)


def cards(*, page: int = 1, size: int = PAGE, held_here: bool = False) -> Page[ResultCard]:
    """Certified results, newest first; `held_here` leaves out the imported ones."""
    query: Any = (
        sa.select(
            Cycle.id,
            Cycle.name,
            Cycle.year,
            Neighborhood.name,
            Neighborhood.currency,
            Neighborhood.time_zone,
            Result.certified_at,
            Result.lot_seed,
            Result.outcome,
        )
        .join(Vote, Vote.id == Result.vote_id)
        .join(Cycle, Cycle.id == Vote.cycle_id)
        .join(Neighborhood, Neighborhood.id == Cycle.neighborhood_id)
        .where(Result.certified_at.is_not(None))
        .order_by(Result.certified_at.desc(), Result.id.desc())
    )
    if held_here:
        query = query.where(Result.lot_seed.is_not(None))
    return page_of(query, number=page, size=size, row=_card)


def awaited() -> Sequence[CycleFacts]:
    """Published cycles whose vote is closed and not yet certified, newest first."""
    query = (
        sa.select(Vote.cycle_id)
        .where(Vote.stage.in_((VoteStage.CLOSED, VoteStage.RECONCILED, VoteStage.OPENED, VoteStage.COUNTED)))
        .order_by(Vote.closes_at.desc(), Vote.cycle_id.desc())
    )
    return [cycle_facts(cycle_id) for cycle_id in db.session.scalars(query)]


def _card_of(vote: VoteFacts) -> Mapping[str, Any]:
    card = rule_card(vote.cycle.id)
    ensure(
        card is not None and card_hash(card.text) == vote.rule_card_hash,
        "rule_card_altered",
        _("The rule card is not the one that was frozen before the vote. Nothing was counted."),
    )
    assert card is not None
    return card.content


def _closed_set(vote: VoteFacts) -> ClosedSet:
    try:
        closed = from_bytes(files.load(vote.closed_set_hash or ""))
    except (files.MissingFile, BadSet) as reason:
        raise DomainError("closed_set_altered", _altered()) from reason
    belongs = closed.vote_id == vote.id.hex() and closed.rule_card_hash.hex() == vote.rule_card_hash
    ensure(belongs, "closed_set_altered", _altered())
    return closed


def _altered() -> str:
    return str(_("The closed ballot set is missing or is not what its published hash says. Nothing was counted."))


def _card(
    cycle_id: int,
    name: str,
    year: int,
    where: str,
    currency: str,
    time_zone: str,
    certified_at: datetime,
    lot_seed: str | None,
    outcome: str,
) -> ResultCard:
    return ResultCard(
        cycle_id=cycle_id,
        cycle_name=name,
        year=year,
        neighborhood_name=where,
        currency=currency,
        time_zone=time_zone,
        certified_at=certified_at,
        is_imported=lot_seed is None,
        facts=read_outcome(outcome),
    )


def _record(cycle_id: int) -> ResultRecord | None:
    found = db.session.execute(_records(cycle_id).order_by(Result.number.desc()).limit(1)).first()
    return None if found is None else _record_of(level_of(cycle_id), *found)


def _records(cycle_id: int) -> Rows:
    clerk, observer = aliased(Person), aliased(Person)
    return (
        sa.select(Result, Vote.unreadable, clerk.public_name, observer.public_name)
        .join(Vote, Vote.id == Result.vote_id)
        .outerjoin(clerk, clerk.id == Result.clerk_id)
        .outerjoin(observer, observer.id == Result.observer_id)
        .where(Vote.cycle_id == cycle_id)
    )


def _record_of(
    level: PublicationLevel, result: Result, unreadable: list[str] | None, clerk: str | None, observer: str | None
) -> ResultRecord:
    shown = shown_outcome(level, result.outcome)
    is_whole = level is PublicationLevel.FULL
    return ResultRecord(
        id=result.id,
        number=result.number,
        level=level,
        facts=read_outcome(shown),
        outcome=shown,
        outcome_hash=result.outcome_hash if is_whole else sha256(shown.encode()).hexdigest(),
        closed_set_hash=result.closed_set_hash,
        lot_seed=result.lot_seed,
        withdrawn=tuple(result.withdrawn),
        withdrawn_reason=result.withdrawn_reason,
        check_stage=result.check_stage,
        check_percent=result.check_percent,
        check_note=result.check_note,
        engine=result.engine,
        counted_at=result.counted_at,
        clerk_id=result.clerk_id,
        observer_id=result.observer_id,
        clerk_name=clerk,
        observer_name=observer,
        certified_at=result.certified_at,
        unread=tuple(unread(line) for line in unreadable or []),
    )
