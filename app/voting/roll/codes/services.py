"""Making cards, handing them out once, and taking codes: for an address, or for a vote.

A code is known here only by its keyed hash. The printed cards lie encrypted until they are downloaded, and the key is
destroyed in the same moment. Nothing notes when a code was typed in.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _

from app.accounts import services as accounts
from app.accounts.events import ResidenceRegistered
from app.accounts.models import Residence
from app.accounts.rules import ResidenceStage
from app.core import files, vault
from app.core.access import Actor
from app.core.clock import deadline_now, now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure
from app.core.events import publish
from app.core.jobs import Lease, enqueue
from app.core.languages import LANGUAGES
from app.core.limits import count_try, give_back, tries
from app.cycles.queries import facts as cycle_facts
from app.voting.models import RollEntry, Vote
from app.voting.roll.codes import pages, queries
from app.voting.roll.codes.events import CodesOrdered, CodesPrinted, CodesReplaced, SheetTaken
from app.voting.roll.codes.models import CodeBatch, CodeVisit, PostalCode
from app.voting.roll.codes.queries import Target, Visit
from app.voting.roll.codes.rules import (
    AFTER_CAST,
    BITS,
    IDLE,
    IDLE_AT_STATION,
    LIVE,
    TRIES,
    TRIES_UNDER_BRAKE,
    WINDOW,
    WRONG_ON_THE_SITE,
    BatchStage,
    Purpose,
    read,
)
from app.voting.roll.models import Listing
from app.voting.roll.services import keeping
from app.voting.rules import VoteStage
from app.voting.sealing import parcels
from app.voting.sealing.faults import SealingError

PRINT = "roll.print_codes"
FOLDER = "codes"
HOUR = timedelta(hours=1)
VOTING_CODE, WRONG_CODE, SITE = "voting code", "wrong voting code", "site"


@dataclass(frozen=True, kw_only=True)
class OrderCodes:
    """Which cards to make: languages of the site, one or two, and whether in large print."""

    purpose: Purpose
    languages: tuple[str, ...]
    is_large: bool


@dataclass(frozen=True, kw_only=True)
class TypedCode:
    """A code as somebody typed it, where from, and the cycle of the station it was typed at."""

    typed: str = field(repr=False)
    place: str
    station_cycle_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A visit that has begun: its key, for the browser only, and the cycle to vote in."""

    key: str = field(repr=False)
    cycle_id: int


def order(cycle_id: int, command: OrderCodes, *, by: Actor) -> int:
    """Ask for cards for everybody who has none that works; a worker makes them. Returns the id of the batch."""
    cycle = keeping(cycle_id, by)
    ensure(0 < len(command.languages) <= 2, "languages", _("Choose one or two languages."), field="languages")
    ensure(set(command.languages) <= set(LANGUAGES), "languages", _("Choose one or two languages."), field="languages")
    _ensure_of_use(cycle_id, command.purpose)
    nobody = _("Everybody this is for has a card that works.")
    ensure(queries.without_card(cycle, command.purpose) > 0, "nobody", nobody, field="purpose")
    with transaction():
        batch = _ordered(cycle_id, command, by)
        publish(CodesOrdered(actor_id=by.id, cycle_id=cycle_id, batch_id=batch.id, purpose=batch.purpose))
        return batch.id


def print_codes(lease: Lease) -> None:
    """The job: draw the codes, print the cards, lock them away, and keep the hashes.

    A worker killed on the way leaves an encrypted file whose codes nobody knows; the next one draws anew.
    """
    batch = db.session.get(CodeBatch, int(lease.arguments["batch_id"]))
    if batch is None or batch.stage is not BatchStage.MAKING:
        with lease.finishing():
            return
    cycle = cycle_facts(batch.cycle_id, drafts=True)
    drawn = [(target, secrets.randbits(BITS)) for target in queries.targets(cycle, batch.purpose)]
    lease.renew()
    sheet = _locked_away(pages.sheet(cycle, batch, drawn)) if drawn else None
    with lease.finishing():
        kept = locked(CodeBatch, batch.id)
        if kept is None or kept.stage is not BatchStage.MAKING:
            return
        kept.sheet, kept.cards = sheet, len(drawn)
        kept.stage = BatchStage.READY if drawn else BatchStage.REPLACED
        if drawn:
            db.session.execute(sa.insert(PostalCode), [_row(kept, *each) for each in drawn])
        publish(CodesPrinted(actor_id=kept.by_id, cycle_id=kept.cycle_id, batch_id=kept.id, cards=kept.cards))


def take_sheet(cycle_id: int, batch_id: int, *, by: Actor) -> bytes:
    """The cards as a PDF, once: what unlocks them is destroyed before they are handed over."""
    keeping(cycle_id, by)
    with transaction():
        batch = _batch(cycle_id, batch_id)
        taken = _("These cards have been downloaded, or are not ready. They can be downloaded once only.")
        ensure(batch.stage is BatchStage.READY and batch.sheet is not None, "taken", taken)
        sheet = _unlocked(batch.sheet or "")
        _destroy(batch.sheet or "")
        batch.stage, batch.sheet = BatchStage.TAKEN, None
        publish(SheetTaken(actor_id=by.id, cycle_id=cycle_id, batch_id=batch_id))
    return sheet


def replace(cycle_id: int, batch_id: int, *, by: Actor) -> int:
    """Make every code of a batch void, because its cards were lost, and ask for new ones. Returns the new batch."""
    keeping(cycle_id, by)
    with transaction():
        batch = _batch(cycle_id, batch_id)
        ensure(batch.stage in LIVE, "replaced", _("The codes of these cards are void already, or not made yet."))
        _ensure_of_use(cycle_id, batch.purpose)
        if batch.sheet is not None:
            _destroy(batch.sheet)
        batch.stage, batch.sheet = BatchStage.REPLACED, None
        again = OrderCodes(purpose=batch.purpose, languages=tuple(batch.languages), is_large=batch.is_large)
        following = _ordered(cycle_id, again, by)
        publish(
            CodesReplaced(actor_id=by.id, cycle_id=cycle_id, batch_id=batch_id, next_batch_id=following.id)
        )
        return following.id


def prove_residence(typed: str, *, by: Actor) -> int:
    """Take the code of a letter: the address it was sent to is verified. Refused at the field `code`."""
    value = _value(typed)
    count_try("residence code", str(by.id), limit=TRIES, window=HOUR)
    with transaction():
        home = db.session.scalar(sa.select(Residence).where(Residence.person_id == by.id).with_for_update())
        waits = home is not None and home.stage is ResidenceStage.REGISTERED
        code = locked(PostalCode, _hash(Purpose.RESIDENCE, value, _bound(home))) if home and waits else None
        if home is None or code is None or code.used or code.residence_id != home.id or not _is_live(code):
            raise _wrong()
        code.used = True
        accounts.verify_by_code(home.id)
        return home.id


def forget_codes_of_old_address(event: ResidenceRegistered) -> None:
    """Somebody has said where they live (anew): letters on their way to another address prove nothing any more."""
    mine = sa.select(Residence.id).where(Residence.person_id == event.person_id).scalar_subquery()
    db.session.execute(sa.delete(PostalCode).where(PostalCode.residence_id == mine))


def enter(command: TypedCode) -> Entered:
    """Begin a visit with a voting code; refused at the field `code`, in the same words whatever was wrong.

    A mistyped code is told from its check character and is no try. Ten wrong codes from one place in a quarter of an
    hour close that place for a while; very many on the whole site leave each place fewer, and others none the worse.
    """
    value = _value(command.typed)
    braked = tries(WRONG_CODE, SITE) >= WRONG_ON_THE_SITE
    count_try(VOTING_CODE, command.place, limit=TRIES_UNDER_BRAKE if braked else TRIES, window=WINDOW)
    entered = _entered(value, command)
    if entered is None:
        _count_wrong()
        raise _wrong()
    return entered


def stay(visit: Visit) -> None:
    """Somebody is still there: their visit lasts from now on as long as before."""
    with transaction():
        row = locked(CodeVisit, visit.key_hash)
        if row is not None and not row.has_cast:
            row.ends_at = deadline_now() + (IDLE_AT_STATION if row.at_station else IDLE)


def note_cast(visit: Visit) -> None:
    """The ballot is stored: this visit can do nothing but read that."""
    with transaction():
        row = locked(CodeVisit, visit.key_hash)
        if row is not None:
            row.has_cast, row.ends_at = True, deadline_now() + AFTER_CAST


def drop_ended() -> None:
    """Forget the visits that are over; the worker does so every minute.

    The end of a visit says when its voter was here. It must not stay until somebody else happens to type a code.
    """
    with transaction():
        db.session.execute(sa.delete(CodeVisit).where(CodeVisit.ends_at <= deadline_now()))


def leave(visit: Visit) -> None:
    """End a visit at once."""
    with transaction():
        db.session.execute(sa.delete(CodeVisit).where(CodeVisit.key_hash == visit.key_hash))


def _entered(value: int, command: TypedCode) -> Entered | None:
    query = (
        sa.select(PostalCode.hash, RollEntry.id, Vote.cycle_id, Vote.stage)
        .join(CodeBatch, CodeBatch.id == PostalCode.batch_id)
        .join(Listing, Listing.id == PostalCode.listing_id)
        .outerjoin(Vote, Vote.cycle_id == Listing.cycle_id)
        .outerjoin(RollEntry, sa.and_(RollEntry.vote_id == Vote.id, RollEntry.listing_id == Listing.id))
        .where(PostalCode.hash == _hash(Purpose.VOTING, value), CodeBatch.stage.in_(LIVE))
    )
    found = db.session.execute(query).first()
    if found is None or command.station_cycle_id not in (None, found.cycle_id):
        return None
    give_back(VOTING_CODE, command.place)
    digest, entry_id, cycle_id, stage = found
    early = _("This code is good, and voting has not opened yet. Keep the card and come back then.")
    ensure(stage not in (None, VoteStage.FROZEN), "not_open_yet", early, field="code")
    ensure(stage is VoteStage.OPEN, "closed", _("Voting is over."), field="code")
    stranger = _("The line of this card is not on the roll of this vote.")
    ensure(entry_id is not None, "not_on_roll", stranger, field="code")
    key = secrets.token_urlsafe(32)
    with transaction():
        db.session.execute(sa.delete(CodeVisit).where(CodeVisit.ends_at <= deadline_now()))
        db.session.execute(sa.update(PostalCode).where(PostalCode.hash == digest).values(used=True))
        at_station = command.station_cycle_id is not None
        db.session.add(
            CodeVisit(
                key_hash=sha256(key.encode()).digest(),
                roll_entry_id=entry_id,
                at_station=at_station,
                has_cast=False,
                ends_at=deadline_now() + (IDLE_AT_STATION if at_station else IDLE),
            )
        )
    return Entered(key=key, cycle_id=cycle_id)


def _ensure_of_use(cycle_id: int, purpose: Purpose) -> None:
    stage = db.session.scalar(sa.select(Vote.stage).where(Vote.cycle_id == cycle_id))
    over = purpose is Purpose.VOTING and stage not in (None, VoteStage.FROZEN, VoteStage.OPEN)
    ensure(not over, "closed", _("Voting is over. Nobody needs a card for it."), field="purpose")


def _ordered(cycle_id: int, command: OrderCodes, by: Actor) -> CodeBatch:
    batch = CodeBatch(
        cycle_id=cycle_id,
        purpose=command.purpose,
        stage=BatchStage.MAKING,
        languages=list(command.languages),
        is_large=command.is_large,
        cards=0,
        by_id=by.id,
        made_at=now(),
    )
    db.session.add(batch)
    db.session.flush()
    enqueue(PRINT, batch_id=batch.id)
    return batch


def _batch(cycle_id: int, batch_id: int) -> CodeBatch:
    batch = locked(CodeBatch, batch_id)
    if batch is None or batch.cycle_id != cycle_id:
        raise NotFound
    return batch


def _row(batch: CodeBatch, target: Target, value: int) -> dict[str, object]:
    bound = f"{target.residence_id}\n{target.address}" if target.residence_id is not None else ""
    return {
        "hash": _hash(batch.purpose, value, bound),
        "batch_id": batch.id,
        "listing_id": target.listing_id,
        "residence_id": target.residence_id,
        "used": False,
    }


def _bound(home: Residence | None) -> str:
    """A letter proves the address it went to and no other."""
    return f"{home.id}\n{home.address}" if home is not None else ""


def _hash(purpose: Purpose, value: int, bound: str = "") -> bytes:
    """HMAC-SHA-256 under the site's key: whoever has only the database cannot try codes out."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, f"postal code\n{purpose}\n{value:016x}\n{bound}".encode(), sha256)


def _locked_away(sheet: bytes) -> str:
    key, parcel = parcels.lock(sheet)
    digest = files.store(parcel)
    vault.keep(FOLDER, digest, key)
    return digest


def _unlocked(digest: str) -> bytes:
    try:
        return parcels.unlock(vault.read(FOLDER, digest), files.load(digest))
    except (files.MissingFile, vault.MissingSecret, SealingError) as reason:
        gone = _("These cards can no longer be read. Make their codes void and print new ones.")
        raise DomainError("sheet_gone", gone) from reason


def _destroy(digest: str) -> None:
    vault.destroy(FOLDER, digest)
    files.remove(digest)


def _is_live(code: PostalCode) -> bool:
    return db.session.scalar(sa.select(CodeBatch.stage).where(CodeBatch.id == code.batch_id)) in LIVE


def _value(typed: str) -> int:
    value = read(typed)
    slip = _("This is not how a code looks, or one character is wrong. Please compare it with the paper.")
    ensure(value is not None, "slip", slip, field="code")
    return value or 0


def _wrong() -> DomainError:
    return DomainError("wrong_code", _("This code does not work: it is void, used up, or none of ours."), field="code")


def _count_wrong() -> None:
    count_try(WRONG_CODE, SITE, limit=10**9, window=WINDOW)
