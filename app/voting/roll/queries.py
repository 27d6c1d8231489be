"""Reading the roll: its lines while it is prepared, who looks like one person, and what changed after freezing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.accounts.models import Person, Residence
from app.accounts.rules import ResidenceStage
from app.core.access import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page, page_of, part_of
from app.cycles.queries import CycleFacts
from app.cycles.rules import PhaseKind
from app.places.models import Area
from app.voting.models import RollEntry, Vote
from app.voting.roll import rules
from app.voting.roll.imports.models import RollImport
from app.voting.roll.imports.rules import ImportStage
from app.voting.roll.models import Listing, RollChange, RollStrike, ToldApart
from app.voting.roll.rules import ChangeKind, Claim, RollRule, Standing, WhyNot
from app.voting.rules import Channel, VoteStage

SIZE = 50
AT_A_TIME = 5000


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the roll as a clerk reads it; somebody with an account and a listing has one line."""

    standing: Standing
    person_id: int | None
    listing_id: bytes | None
    reference: str | None
    name: str
    address: str
    born_on: date | None
    area: str | None
    strike: str | None
    why_not: WhyNot | None

    @property
    def key(self) -> str:
        """How the line is named in an address."""
        if self.standing is Standing.ACCOUNT:
            return f"p{self.person_id}"
        return f"l{(self.listing_id or b'').hex()}"


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many stand on the roll of a cycle and by what, how many do not and why."""

    accounts: int
    listings: int
    struck: int
    not_of_age: int

    @property
    def on_roll(self) -> int:
        """How many would vote if it were frozen now."""
        return self.accounts + self.listings


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """A listing and an account that may be one person."""

    listing_id: bytes
    reference: str
    name: str
    address: str
    born_on: date | None
    person_id: int
    account_name: str
    account_address: str
    account_born_on: date | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change of a frozen roll, as everybody reads it."""

    number: int
    kind: ChangeKind
    reason: str
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Mine:
    """Where somebody stands on the roll of a cycle: `why_not` is None for somebody who is on it."""

    cycle: CycleFacts
    is_frozen: bool
    why_not: WhyNot | None
    strike: str | None
    was_added_too_late: bool = False


def rule_of(cycle: CycleFacts) -> RollRule:
    """Who may vote in a cycle."""
    opens = cycle.phase(PhaseKind.VOTING).starts_at.astimezone(ZoneInfo(cycle.time_zone))
    return RollRule(neighborhood_id=cycle.neighborhood_id, min_age=cycle.min_age, day=opens.date())


def is_frozen(cycle_id: int) -> bool:
    """Whether the vote has opened, so that the roll stays as it is."""
    stage = db.session.scalar(sa.select(Vote.stage).where(Vote.cycle_id == cycle_id))
    return stage not in (None, VoteStage.FROZEN)


def lines(cycle: CycleFacts, *, words: str = "", show: str = "all", number: int = 1) -> Page[Line]:
    """The lines by name; `words` occur in name, address or reference; `show` is all, a standing, struck or young."""
    every = _every(cycle).subquery()
    query = sa.select(every)
    if words:
        columns = (every.c.name, every.c.address, every.c.reference)
        query = query.where(sa.or_(*(column.icontains(words, autoescape=True) for column in columns)))
    if show in list(Standing):
        query = query.where(every.c.standing == show)
    elif show == "struck":
        query = query.where(every.c.strike.is_not(None))
    elif show == "young":
        query = query.where(sa.not_(_of_age(every.c.born_on, rule_of(cycle))))
    rule = rule_of(cycle)
    query = query.order_by(every.c.name, every.c.person_id, every.c.listing_id)
    return page_of(query, number=number, size=SIZE, row=lambda *columns: _line(columns, rule))


def line(cycle: CycleFacts, key: str) -> Line:
    """One line of this cycle's roll; NotFound for any other."""
    every = _every(cycle).subquery()
    kind, name = key[:1], key[1:]
    if kind == "p" and name.isdecimal() and len(name) < 19:
        mine = sa.and_(every.c.standing == Standing.ACCOUNT, every.c.person_id == int(name))
    elif kind == "l" and len(name) == 32 and all(c in "0123456789abcdef" for c in name):
        mine = sa.and_(every.c.standing == Standing.LISTING, every.c.listing_id == bytes.fromhex(name))
    else:
        raise NotFound
    found = db.session.execute(sa.select(every).where(mine)).first()
    if found is None:
        raise NotFound
    return _line(tuple(found), rule_of(cycle))


def frozen(vote_id: bytes, lines: Sequence[Line]) -> dict[str, bool]:
    """Which of these lines stand on the frozen roll, by their keys: False for those struck since."""
    people = [line.person_id for line in lines if line.person_id is not None]
    listings = [line.listing_id for line in lines if line.listing_id is not None]
    query = sa.select(RollEntry.person_id, RollEntry.listing_id, RollEntry.channel).where(RollEntry.vote_id == vote_id)
    behind = sa.or_(RollEntry.person_id.in_(people), RollEntry.listing_id.in_(listings))
    by_person, by_listing = {}, {}
    for person_id, listing_id, channel in db.session.execute(query.where(behind)):
        by_person[person_id] = by_listing[listing_id] = channel is not Channel.VOID
    found = {
        line.key: by_person.get(line.person_id, by_listing.get(line.listing_id) if line.listing_id else None)
        if line.person_id is not None
        else by_listing.get(line.listing_id)
        for line in lines
    }
    return {key: stands for key, stands in found.items() if stands is not None}


def on_roll(cycle: CycleFacts) -> list[tuple[int | None, bytes | None]]:
    """(person id, listing id) of everybody who stands on the roll now; one of the two may be None."""
    every = _every(cycle).subquery()
    query = sa.select(every.c.person_id, every.c.listing_id).where(_counts(every, rule_of(cycle)))
    return [(person_id, listing_id) for person_id, listing_id in db.session.execute(query)]


def listings_on_roll(cycle: CycleFacts) -> sa.Select[Any]:
    """The ids of listings without an account that stand on the roll now, as a query to narrow another by."""
    every = _every(cycle).subquery()
    mine = every.c.standing == Standing.LISTING
    return sa.select(every.c.listing_id).where(mine, _counts(every, rule_of(cycle)))


def counts(cycle: CycleFacts) -> Counts:
    """How many stand on the roll, in one statement."""
    every, rule = _every(cycle).subquery(), rule_of(cycle)
    counted = _counts(every, rule)
    found = db.session.execute(
        sa.select(
            _how_many(sa.and_(counted, every.c.standing == Standing.ACCOUNT)),
            _how_many(sa.and_(counted, every.c.standing == Standing.LISTING)),
            _how_many(every.c.strike.is_not(None)),
            _how_many(sa.and_(every.c.strike.is_(None), sa.not_(_of_age(every.c.born_on, rule)))),
        )
    ).one()
    accounts, listings, struck, not_of_age = (int(n or 0) for n in found)
    return Counts(accounts=accounts, listings=listings, struck=struck, not_of_age=not_of_age)


def likenesses(cycle: CycleFacts) -> list[Likeness]:
    """Every listing and account that may be one person and of whom no clerk has said whether they are.

    Alike are the same name and address, or the birth date with either of them.
    """
    every = _every(cycle).subquery()
    accounts = sa.select(every.c.person_id, every.c.name, every.c.address, every.c.born_on)
    free = (every.c.standing == Standing.ACCOUNT, every.c.listing_id.is_(None), every.c.strike.is_(None))
    found = db.session.execute(accounts.where(*free).order_by(every.c.name, every.c.person_id)).all()
    apart = {(row.listing_id, row.person_id) for row in db.session.execute(_apart(cycle.id))}
    pairs = [pair for start in range(0, len(found), AT_A_TIME) for pair in _alike(cycle, found[start:][:AT_A_TIME])]
    return [pair for pair in pairs if (pair.listing_id, pair.person_id) not in apart]


def likeness_page(cycle: CycleFacts, *, number: int) -> Page[Likeness]:
    """The same, page by page."""
    return part_of(likenesses(cycle), number=number, size=SIZE)


def changes(vote_id: bytes) -> list[Change]:
    """What two persons changed after the roll was frozen, in order."""
    query = sa.select(RollChange.number, RollChange.kind, RollChange.reason, RollChange.changed_at)
    found = db.session.execute(query.where(RollChange.vote_id == vote_id).order_by(RollChange.number))
    return [Change(**row._mapping) for row in found]


def mine(cycle: CycleFacts, viewer: Actor) -> Mine:
    """Whether somebody is on the roll of a cycle, or would be if it were frozen now, and why not."""
    home = db.session.scalar(sa.select(Residence).where(Residence.person_id == viewer.id))
    strike = db.session.scalar(
        sa.select(RollStrike.reason).where(RollStrike.cycle_id == cycle.id, RollStrike.person_id == viewer.id)
    )
    listed = sa.select(Listing.born_on).where(Listing.cycle_id == cycle.id, Listing.person_id == viewer.id)
    claim = Claim(
        neighborhood_id=home.neighborhood_id if home else None,
        stage=home.stage if home else None,
        born_on=db.session.scalar(listed) or (home.born_on if home else None),
        is_struck=strike is not None,
    )
    reason = rules.why_not(claim, rule_of(cycle))
    if not is_frozen(cycle.id):
        return Mine(cycle=cycle, is_frozen=False, why_not=reason, strike=strike)
    vote_id = sa.select(Vote.id).where(Vote.cycle_id == cycle.id).scalar_subquery()
    entry = sa.select(RollEntry.id, RollEntry.channel).where(RollEntry.vote_id == vote_id)
    found = db.session.execute(entry.where(RollEntry.person_id == viewer.id)).first()
    if found is None:
        late = reason is None
        return Mine(cycle=cycle, is_frozen=True, why_not=reason, strike=strike, was_added_too_late=late)
    if found.channel is not Channel.VOID:
        return Mine(cycle=cycle, is_frozen=True, why_not=None, strike=None)
    struck = sa.select(RollChange.reason).where(RollChange.roll_entry_id == found.id)
    later = struck.where(RollChange.kind == ChangeKind.STRUCK).order_by(RollChange.number.desc()).limit(1)
    return Mine(cycle=cycle, is_frozen=True, why_not=WhyNot.STRUCK, strike=db.session.scalar(later))


def _every(cycle: CycleFacts) -> sa.CompoundSelect[Any]:
    """Everybody with a verified residence here, with their listing if they have one, and every other listing."""
    lives_here = sa.and_(
        Residence.neighborhood_id == cycle.neighborhood_id, Residence.stage == ResidenceStage.VERIFIED, Person.active
    )
    confirmed = sa.select(RollImport.id).where(
        RollImport.cycle_id == cycle.id, RollImport.stage == ImportStage.CONFIRMED
    )
    stands = sa.or_(Listing.import_id.is_(None), Listing.import_id.in_(confirmed))
    strike_of_either = (
        sa.select(sa.func.max(RollStrike.reason))
        .where(RollStrike.cycle_id == cycle.id)
        .where(sa.or_(RollStrike.person_id == Person.id, RollStrike.listing_id == Listing.id))
        .correlate(Person, Listing)
        .scalar_subquery()
    )
    own = sa.and_(Listing.person_id == Person.id, Listing.cycle_id == cycle.id, stands)
    accounts = (
        sa.select(
            sa.literal(Standing.ACCOUNT.value).label("standing"),
            Person.id.label("person_id"),
            Listing.id.label("listing_id"),
            Listing.reference.label("reference"),
            Person.public_name.label("name"),
            Residence.address.label("address"),
            sa.func.coalesce(Listing.born_on, Residence.born_on).label("born_on"),
            Area.name.label("area"),
            strike_of_either.label("strike"),
        )
        .select_from(Person)
        .join(Residence, Residence.person_id == Person.id)
        .outerjoin(Listing, own)
        .outerjoin(Area, Area.id == Listing.area_id)
        .where(lives_here)
    )
    return sa.union_all(accounts, _listings(cycle, stands, lives_here))


def _listings(
    cycle: CycleFacts, stands: sa.ColumnElement[bool], lives_here: sa.ColumnElement[bool]
) -> sa.Select[Any]:
    strike = sa.select(RollStrike.reason).where(RollStrike.listing_id == Listing.id).scalar_subquery()
    has_account = (
        sa.exists()
        .where(Residence.person_id == Listing.person_id, Person.id == Residence.person_id, lives_here)
        .correlate(Listing)
    )
    return (
        sa.select(
            sa.literal(Standing.LISTING.value),
            sa.cast(sa.null(), Person.id.type),
            Listing.id,
            Listing.reference,
            Listing.name,
            Listing.address,
            Listing.born_on,
            Area.name,
            strike,
        )
        .select_from(Listing)
        .outerjoin(Area, Area.id == Listing.area_id)
        .where(Listing.cycle_id == cycle.id, stands, sa.or_(Listing.person_id.is_(None), sa.not_(has_account)))
    )


def _counts(every: sa.Subquery, rule: RollRule) -> sa.ColumnElement[bool]:
    return sa.and_(every.c.strike.is_(None), _of_age(every.c.born_on, rule))


def _of_age(born_on: sa.ColumnElement[Any], rule: RollRule) -> sa.ColumnElement[bool]:
    """`rules.why_not_of_age` for the database; a missing birth date is no when the rule asks for an age."""
    if rule.min_age is None:
        return sa.true()
    return sa.func.coalesce(born_on <= rules.latest_birth(rule.day, rule.min_age), sa.false())


def _how_many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _line(columns: tuple[Any, ...], rule: RollRule) -> Line:
    standing, person_id, listing_id, reference, name, address, born_on, area, strike = columns
    reason = WhyNot.STRUCK if strike is not None else rules.why_not_of_age(born_on, rule)
    return Line(
        standing=Standing(standing),
        person_id=person_id,
        listing_id=listing_id,
        reference=reference,
        name=name,
        address=address,
        born_on=born_on,
        area=area,
        strike=strike,
        why_not=reason,
    )


def _apart(cycle_id: int) -> sa.Select[bytes, int]:
    query = sa.select(ToldApart.listing_id, ToldApart.person_id).join(Listing, Listing.id == ToldApart.listing_id)
    return query.where(Listing.cycle_id == cycle_id)


def _alike(cycle: CycleFacts, accounts: Iterable[Any]) -> list[Likeness]:
    by_name, by_address = defaultdict(list), defaultdict(list)
    for account in accounts:
        by_name[rules.name_key(account.name)].append(account)
        by_address[rules.address_key(account.address)].append(account)
    every = _every(cycle).subquery()
    free = (every.c.standing == Standing.LISTING, every.c.strike.is_(None))
    alike = sa.or_(Listing.name_key.in_(by_name), Listing.address_key.in_(by_address))
    query = sa.select(Listing).join(every, every.c.listing_id == Listing.id).where(*free, alike)
    pairs = {}
    for listing in db.session.scalars(query.order_by(Listing.name, Listing.id)):
        for account in [*by_name[listing.name_key], *by_address[listing.address_key]]:
            if _look_like_one(listing, account):
                pairs[listing.id, account.person_id] = _likeness(listing, account)
    return list(pairs.values())


def _look_like_one(listing: Listing, account: Any) -> bool:
    same_name = rules.name_key(account.name) == listing.name_key
    same_address = rules.address_key(account.address) == listing.address_key
    same_birth = account.born_on is not None and account.born_on == listing.born_on
    return sum((same_name, same_address, same_birth)) >= 2 and rules.may_be_one(account.born_on, listing.born_on)


def _likeness(listing: Listing, account: Any) -> Likeness:
    return Likeness(
        listing_id=listing.id,
        reference=listing.reference,
        name=listing.name,
        address=listing.address,
        born_on=listing.born_on,
        person_id=account.person_id,
        account_name=account.name,
        account_address=account.address,
        account_born_on=account.born_on,
    )
