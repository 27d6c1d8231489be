"""Bringing a list in: look, confirm, take back. Until it is confirmed its lines count for nothing."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeVar

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now, today
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure
from app.core.events import publish
from app.core.tokens import random_id
from app.cycles.models import Cycle
from app.cycles.queries import CycleFacts
from app.places.queries import areas
from app.voting.roll import queries as rolls
from app.voting.roll.codes.models import PostalCode
from app.voting.roll.imports import words
from app.voting.roll.imports.events import RollImported, RollImportUndone, RollPreviewed
from app.voting.roll.imports.models import RejectedRow, RollImport
from app.voting.roll.imports.rules import BadFile, Entry, ImportStage, Known, Sorted, sorted_out
from app.voting.roll.models import Listing, RollStrike, ToldApart
from app.voting.roll.rules import name_key, tidy
from app.voting.roll.services import keeping

AT_A_TIME = 5000
Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class ImportList:
    """A file as it was uploaded."""

    file_name: str
    content: bytes = field(repr=False)


def preview(cycle_id: int, command: ImportList, *, by: Actor) -> int:
    """Sort the rows of a list and keep them to be looked at; an earlier list that waits is dropped. Returns its id.

    Refused at the field `file` where it is no list at all.
    """
    cycle = keeping(cycle_id, by)
    found = _sorted(cycle, command.content)
    with transaction():
        _ensure_not_frozen(cycle_id)
        _drop_what_waits(cycle_id, by)
        row = RollImport(
            cycle_id=cycle_id,
            file_name=tidy(command.file_name)[-120:] or "–",
            file_hash=sha256(command.content).hexdigest(),
            rows=len(found.entries) + len(found.rejected),
            accepted=len(found.entries),
            stage=ImportStage.PREVIEWED,
            by_id=by.id,
            made_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        _keep(cycle, row.id, found)
        publish(
            RollPreviewed(
                actor_id=by.id,
                cycle_id=cycle_id,
                import_id=row.id,
                file_hash=row.file_hash,
                accepted=row.accepted,
                rejected=len(found.rejected),
            )
        )
        return row.id


def confirm(cycle_id: int, import_id: int, *, by: Actor) -> None:
    """Let the lines of a list count. Doing it again changes nothing."""
    keeping(cycle_id, by)
    with transaction():
        _ensure_not_frozen(cycle_id)
        row = _import(cycle_id, import_id)
        if row.stage is ImportStage.CONFIRMED:
            return
        gone = _("This list has been taken back. Please upload it again.")
        ensure(row.stage is ImportStage.PREVIEWED, "undone", gone)
        row.stage = ImportStage.CONFIRMED
        publish(
            RollImported(
                actor_id=by.id,
                cycle_id=cycle_id,
                import_id=import_id,
                file_hash=row.file_hash,
                accepted=row.accepted,
            )
        )


def undo(cycle_id: int, import_id: int, *, by: Actor) -> None:
    """Take a whole list back, with its strikes, its decisions and the codes printed for it. Again changes nothing."""
    keeping(cycle_id, by)
    with transaction():
        _ensure_not_frozen(cycle_id)
        row = _import(cycle_id, import_id)
        if row.stage is not ImportStage.UNDONE:
            _undo(row, by)


def _undo(row: RollImport, by: Actor) -> None:
    mine = sa.select(Listing.id).where(Listing.import_id == row.id)
    for kind in (ToldApart, RollStrike, PostalCode):
        db.session.execute(sa.delete(kind).where(kind.listing_id.in_(mine)).execution_options(synchronize_session=False))
    db.session.execute(sa.delete(Listing).where(Listing.import_id == row.id))
    db.session.execute(sa.delete(RejectedRow).where(RejectedRow.import_id == row.id))
    was_confirmed, row.stage = row.stage is ImportStage.CONFIRMED, ImportStage.UNDONE
    publish(
        RollImportUndone(actor_id=by.id, cycle_id=row.cycle_id, import_id=row.id, was_confirmed=was_confirmed)
    )


def _sorted(cycle: CycleFacts, content: bytes) -> Sorted:
    names = {name_key(area.name): area.id for area in areas(cycle.neighborhood_id)}
    rule = rolls.rule_of(cycle)
    try:
        return sorted_out(content, rule=rule, areas=names, on_roll=_known(cycle.id), today=today(cycle.time_zone))
    except BadFile as reason:
        raise DomainError(reason.fault.value, words.of_file(reason), field="file") from reason


def _known(cycle_id: int) -> Known:
    """Every line that counts, whether from a list or the desk."""
    known = Known()
    waits = sa.select(RollImport.id).where(RollImport.stage == ImportStage.PREVIEWED)
    counts = sa.or_(Listing.import_id.is_(None), Listing.import_id.not_in(waits))
    query = sa.select(Listing.reference, Listing.name_key, Listing.address_key, Listing.born_on)
    for reference, name, address, born_on in db.session.execute(query.where(Listing.cycle_id == cycle_id, counts)):
        known.references.add(reference)
        known.people.setdefault((name, address), []).append(born_on)
    return known


def _drop_what_waits(cycle_id: int, by: Actor) -> None:
    waits = sa.select(RollImport).where(RollImport.cycle_id == cycle_id, RollImport.stage == ImportStage.PREVIEWED)
    for row in db.session.scalars(waits).all():
        _undo(row, by)


def _keep(cycle: CycleFacts, import_id: int, found: Sorted) -> None:
    by_name = {name_key(area.name): area.id for area in areas(cycle.neighborhood_id)}
    for part in _parts(found.entries):
        lines = [_line(cycle.id, import_id, by_name, entry) for entry in part]
        db.session.execute(sa.insert(Listing), lines)
    for turned_away in _parts(found.rejected):
        rows = [
            {
                "import_id": import_id,
                "line": row.line,
                "faults": [fault.value for fault in row.faults],
                "cells": [cell[:400] for cell in row.cells[:12]],
            }
            for row in turned_away
        ]
        db.session.execute(sa.insert(RejectedRow), rows)


def _line(cycle_id: int, import_id: int, areas_by_name: dict[str, int], entry: Entry) -> dict[str, object]:
    return {
        "id": random_id(),
        "cycle_id": cycle_id,
        "import_id": import_id,
        "reference": entry.reference,
        "name": entry.name,
        "address": entry.address,
        "born_on": entry.born_on,
        "area_id": areas_by_name.get(name_key(entry.area)) if entry.area else None,
        "email": entry.email,
        "name_key": entry.name_key,
        "address_key": entry.address_key,
    }


def _parts(items: Iterable[Item]) -> Iterable[list[Item]]:
    rest = iter(items)
    return iter(lambda: list(itertools.islice(rest, AT_A_TIME)), [])


def _import(cycle_id: int, import_id: int) -> RollImport:
    row = locked(RollImport, import_id)
    if row is None or row.cycle_id != cycle_id:
        raise NotFound
    return row


def _ensure_not_frozen(cycle_id: int) -> None:
    locked(Cycle, cycle_id)
    frozen = _("The roll was frozen when voting opened, so no list can be brought in or taken back.")
    ensure(not rolls.is_frozen(cycle_id), "frozen", frozen)
