"""Keeping the roll until it is frozen: lines by hand, strikes, who is one person; and freezing it at the opening."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask import has_request_context, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.access import Actor
from app.core.clock import today
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NextStep, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.core.tokens import random_id
from app.cycles.models import Cycle
from app.cycles.queries import CycleFacts
from app.cycles.queries import facts as cycle_facts
from app.places.queries import areas
from app.voting.models import RollEntry, Vote
from app.voting.roll import policies, queries
from app.voting.roll.events import LikenessSettled, LineAdded, LineRestored, LineStruck
from app.voting.roll.imports.models import RejectedRow, RollImport
from app.voting.roll.imports.rules import ImportStage
from app.voting.roll.models import Listing, RollStrike, ToldApart
from app.voting.roll.rules import address_key, may_be_one, name_key
from app.voting.rules import Channel, roll_hash

VERIFIED_RESIDENCE, LISTING = "verified_residence", "listing"


@dataclass(frozen=True, kw_only=True)
class AddLine:
    """Somebody who showed at the desk that they live here."""

    name: str
    address: str
    born_on: date | None
    area_id: int | None
    reference: str


@dataclass(frozen=True, kw_only=True)
class Settle:
    """What a clerk found out about a listing and an account that look like one person."""

    listing_id: bytes
    person_id: int
    is_same: bool


def freeze(vote: Vote, cycle: CycleFacts) -> None:
    """Write down everybody who may vote now, with the hash and the size that are published; joins the opening.

    Refused with an empty roll, and while a clerk has not said of a listing and an account whether they are one person.
    """
    locked(Cycle, cycle.id)
    open_pairs = len(queries.likenesses(cycle))
    if open_pairs:
        waiting = ngettext(
            "%(num)s pair of lines may be one person. A clerk has to settle it before the roll is frozen.",
            "%(num)s pairs of lines may be one person each. A clerk has to settle them before the roll is frozen.",
            open_pairs,
        )
        raise DomainError("unsettled", waiting, next_step=_to_likenesses(cycle.id))
    lines = [(random_id(), person_id, listing_id) for person_id, listing_id in queries.on_roll(cycle)]
    ensure(bool(lines), "empty_roll", _("Nobody has a verified residence here yet, so nobody could vote."))
    db.session.execute(sa.insert(RollEntry), [entry_of(vote.id, *line) for line in lines])
    vote.roll_size, vote.roll_hash = len(lines), roll_hash(vote.id, lines)
    _forget_what_was_turned_away(cycle.id)


def add_line(cycle_id: int, command: AddLine, *, by: Actor) -> bytes:
    """Put somebody on the list at the desk; once the roll is frozen, the board has to agree before they can vote."""
    cycle = keeping(cycle_id, by)
    mine = {area.id for area in areas(cycle.neighborhood_id)}
    ensure(command.area_id is None or command.area_id in mine, "area", _("This area is not one of ours."), field="area")
    with transaction():
        locked(Cycle, cycle_id)
        line = Listing(
            id=random_id(),
            cycle_id=cycle_id,
            reference=command.reference or _next_reference(cycle_id),
            name=command.name,
            address=command.address,
            born_on=command.born_on,
            area_id=command.area_id,
            name_key=name_key(command.name),
            address_key=address_key(command.address),
        )
        _ensure_new(line)
        db.session.add(line)
        db.session.flush()
        publish(LineAdded(actor_id=by.id, cycle_id=cycle_id, listing_id=line.id.hex()))
        return line.id


def strike(cycle_id: int, key: str, reason: str, *, by: Actor) -> None:
    """Take a line off before the roll is frozen; its owner reads the reason. It can be restored."""
    cycle = keeping(cycle_id, by)
    with transaction():
        _ensure_not_frozen(cycle_id)
        line = queries.line(cycle, key)
        ensure_standing(policies.may_strike(by, person_id=line.person_id), _("Another clerk decides on your own line."))
        ensure(line.strike is None, "struck", _("This line is struck already."))
        on_account = line.person_id is not None
        row = RollStrike(cycle_id=cycle_id, reason=reason)
        row.person_id, row.listing_id = line.person_id, None if on_account else line.listing_id
        db.session.add(row)
        publish(
            LineStruck(
                actor_id=by.id,
                cycle_id=cycle_id,
                person_id=row.person_id,
                listing_id=row.listing_id.hex() if row.listing_id else None,
                reason=reason,
            )
        )


def restore(cycle_id: int, key: str, *, by: Actor) -> None:
    """Take a strike back."""
    cycle = keeping(cycle_id, by)
    with transaction():
        _ensure_not_frozen(cycle_id)
        line = queries.line(cycle, key)
        ensure_standing(policies.may_strike(by, person_id=line.person_id), _("Another clerk decides on your own line."))
        ensure(line.strike is not None, "not_struck", _("This line is not struck."))
        owners = [RollStrike.person_id == line.person_id] if line.person_id is not None else []
        owners += [RollStrike.listing_id == line.listing_id] if line.listing_id is not None else []
        db.session.execute(sa.delete(RollStrike).where(RollStrike.cycle_id == cycle_id, sa.or_(*owners)))
        publish(
            LineRestored(
                actor_id=by.id,
                cycle_id=cycle_id,
                person_id=line.person_id,
                listing_id=line.listing_id.hex() if line.listing_id else None,
            )
        )


def settle(cycle_id: int, command: Settle, *, by: Actor) -> None:
    """Say whether a listing and an account are one person: then they share one line, and have one vote."""
    cycle = keeping(cycle_id, by)
    with transaction():
        _ensure_not_frozen(cycle_id)
        pairs = {(pair.listing_id, pair.person_id) for pair in queries.likenesses(cycle)}
        gone = _("These two lines have been settled, or have changed since you opened the page.")
        ensure((command.listing_id, command.person_id) in pairs, "settled", gone)
        own = policies.may_strike(by, person_id=command.person_id)
        ensure_standing(own, _("Another clerk decides on your own line."))
        if command.is_same:
            listing = locked(Listing, command.listing_id)
            if listing is None:
                raise NotFound
            listing.person_id = command.person_id
        else:
            db.session.add(ToldApart(listing_id=command.listing_id, person_id=command.person_id))
        db.session.flush()
        publish(
            LikenessSettled(
                actor_id=by.id,
                cycle_id=cycle_id,
                listing_id=command.listing_id.hex(),
                person_id=command.person_id,
                is_same=command.is_same,
            )
        )


def keeping(cycle_id: int, by: Actor) -> CycleFacts:
    """The cycle, for a clerk who keeps its roll; NotFound and refused as for everybody else."""
    cycle = cycle_facts(cycle_id, drafts=True)
    allowed = policies.may_keep(by, cycle.neighborhood_id)
    ensure_standing(allowed, _("Only a clerk of this neighborhood keeps its roll."))
    return cycle


def _ensure_not_frozen(cycle_id: int) -> None:
    """Holds the cycle, as the opening does, so that nothing slips in while the roll is being written down."""
    locked(Cycle, cycle_id)
    frozen = _("The roll was frozen when voting opened. Two people of the board can change it now.")
    ensure(not queries.is_frozen(cycle_id), "frozen", frozen)


def _ensure_new(line: Listing) -> None:
    same_reference = sa.select(Listing.id).where(Listing.cycle_id == line.cycle_id, Listing.reference == line.reference)
    taken = db.session.execute(same_reference).first() is not None
    ensure(not taken, "reference_taken", _("Another line has this reference."), field="reference")
    births = sa.select(Listing.born_on).where(
        Listing.cycle_id == line.cycle_id, Listing.name_key == line.name_key, Listing.address_key == line.address_key
    )
    twins = [born_on for born_on in db.session.scalars(births) if may_be_one(born_on, line.born_on)]
    message = _("Somebody with this name and address is on the list. Two different birth dates tell people apart.")
    ensure(not twins, "listed", message, field="name")


def _next_reference(cycle_id: int) -> str:
    of_the_desk = sa.select(sa.func.count()).where(Listing.cycle_id == cycle_id, Listing.import_id.is_(None))
    made = db.session.scalar(of_the_desk) or 0
    return f"desk-{today():%Y}-{made + 1:04d}-{random_id().hex()[:4]}"


def entry_of(
    vote_id: bytes, entry_id: bytes, person_id: int | None, listing_id: bytes | None
) -> dict[str, object]:
    """The columns of a new entry of a roll."""
    return {
        "id": entry_id,
        "vote_id": vote_id,
        "person_id": person_id,
        "listing_id": listing_id,
        "source": VERIFIED_RESIDENCE if person_id is not None else LISTING,
        "channel": Channel.NONE,
        "revision": 0,
    }


def _forget_what_was_turned_away(cycle_id: int) -> None:
    """Rejected rows were kept to be corrected; lists never confirmed are dropped with all their lines."""
    of_cycle = sa.select(RollImport.id).where(RollImport.cycle_id == cycle_id)
    unconfirmed = of_cycle.where(RollImport.stage == ImportStage.PREVIEWED)
    db.session.execute(sa.delete(RejectedRow).where(RejectedRow.import_id.in_(of_cycle)))
    db.session.execute(sa.delete(Listing).where(Listing.import_id.in_(unconfirmed)))
    undone = sa.update(RollImport).where(RollImport.id.in_(unconfirmed)).values(stage=ImportStage.UNDONE)
    db.session.execute(undone.execution_options(synchronize_session=False))


def _to_likenesses(cycle_id: int) -> NextStep | None:
    if not has_request_context():
        return None
    return NextStep(label=_("Settle them"), url=url_for("roll.likenesses", cycle_id=cycle_id))
