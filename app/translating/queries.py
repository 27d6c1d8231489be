"""Reading translations by the marks of texts, and who translates."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.accounts.models import Person
from app.core.access import Actor
from app.core.db import db
from app.core.moments import day_in
from app.places.models import Neighborhood
from app.translating import policies
from app.translating.models import Translation, TranslationReading, Translator
from app.translating.rules import Rendering, text_hash

AT_ONCE = 400
"""Marks in one statement."""


@dataclass(frozen=True, kw_only=True)
class TranslationRow:
    """A text in another language, with who translated it and who read it over; days where the neighborhood is."""

    id: int
    text_hash: str
    source: str
    language: str
    number: int
    rendering: Rendering
    wording: str
    translator_id: int
    by: str
    translated_on: date
    read_by: str | None
    read_on: date | None

    @property
    def is_public(self) -> bool:
        """Whether somebody else has read it over."""
        return self.read_on is not None


@dataclass(frozen=True, kw_only=True)
class TranslatorRow:
    """Somebody named to translate."""

    id: int
    name: str
    named_at: datetime


def public(neighborhood_id: int, hashes: Collection[str], language: str) -> dict[str, TranslationRow]:
    """By mark: the newest wording of each of these texts that somebody has read over."""
    rows = _rows(neighborhood_id, hashes, language)
    return {row.text_hash: row for row in rows if row.is_public}


def beside(neighborhood_id: int, texts: Iterable[str | None], language: str) -> dict[str, TranslationRow]:
    """By the text itself: what can be shown beside it for somebody who reads a language."""
    marks = {text_hash(each): each for each in texts if each}
    found = public(neighborhood_id, marks, language) if marks else {}
    return {marks[mark]: row for mark, row in found.items()}


def newest(neighborhood_id: int, hashes: Collection[str], language: str) -> dict[str, TranslationRow]:
    """By mark: the newest wording of each of these texts, read over or not."""
    return {row.text_hash: row for row in _rows(neighborhood_id, hashes, language)}


def may_translate(actor: Actor | None, neighborhood_id: int) -> bool:
    """Whether somebody may translate what people of a neighborhood wrote."""
    named = actor is not None and is_translator(actor.id, neighborhood_id)
    return policies.may_translate(actor, neighborhood_id=neighborhood_id, is_translator=named)


def is_translator(person_id: int, neighborhood_id: int) -> bool:
    """Whether a clerk has named them, and that has not ended."""
    named = sa.exists().where(
        Translator.neighborhood_id == neighborhood_id,
        Translator.person_id == person_id,
        Translator.ended_at.is_(None),
    )
    return bool(db.session.scalar(sa.select(named)))


def translators(neighborhood_id: int) -> list[TranslatorRow]:
    """Who is named to translate for a neighborhood, in the order they were."""
    query = (
        sa.select(Translator, Person.public_name)
        .join(Person, Person.id == Translator.person_id)
        .where(Translator.neighborhood_id == neighborhood_id, Translator.ended_at.is_(None))
        .order_by(Translator.id)
    )
    return [TranslatorRow(id=row.id, name=name, named_at=row.named_at) for row, name in db.session.execute(query)]


def _rows(neighborhood_id: int, hashes: Collection[str], language: str) -> list[TranslationRow]:
    """The oldest first, so that a later one takes its place by its mark."""
    zone = db.session.get_one(Neighborhood, neighborhood_id).time_zone
    wanted, found = sorted(set(hashes)), []
    for start in range(0, len(wanted), AT_ONCE):
        query = (
            sa.select(Translation)
            .options(
                joinedload(Translation.person, innerjoin=True),
                joinedload(Translation.reading).joinedload(TranslationReading.person),
            )
            .where(
                Translation.neighborhood_id == neighborhood_id,
                Translation.language == language,
                Translation.text_hash.in_(wanted[start : start + AT_ONCE]),
            )
            .order_by(Translation.number)
        )
        found += [_row(row, zone) for row in db.session.scalars(query)]
    return found


def _row(row: Translation, zone: str) -> TranslationRow:
    reading = row.reading
    return TranslationRow(
        id=row.id,
        text_hash=row.text_hash,
        source=row.source,
        language=row.language,
        number=row.number,
        rendering=row.rendering,
        wording=row.wording,
        translator_id=row.person_id,
        by=row.person.public_name,
        translated_on=day_in(zone, row.translated_at),
        read_by=reading.person.public_name if reading else None,
        read_on=day_in(zone, reading.read_at) if reading else None,
    )
