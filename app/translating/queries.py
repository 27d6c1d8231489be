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
    neighborhood_id: int
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
    rows = _rows([neighborhood_id], hashes, language)
    return {row.text_hash: row for row in rows if row.is_public}


def beside(neighborhood_id: int, texts: Iterable[str | None], language: str) -> dict[str, TranslationRow]:
    """By the text itself: what can be shown beside it for somebody who reads a language."""
    found = beside_each(((neighborhood_id, each) for each in texts), language)
    return {text: row for (_where, text), row in found.items()}


def beside_each(texts: Iterable[tuple[int, str | None]], language: str) -> dict[tuple[int, str], TranslationRow]:
    """The same for texts of several neighborhoods, by the id of each and the text, in one statement for a list."""
    marks = {(where, each): text_hash(each) for where, each in texts if each}
    rows = _rows({where for where, _each in marks}, marks.values(), language)
    found = {(row.neighborhood_id, row.text_hash): row for row in rows if row.is_public}
    return {key: row for key, mark in marks.items() if (row := found.get((key[0], mark)))}


def marks(neighborhood_id: int, language: str) -> dict[str, bool]:
    """The marks of all texts that are translated into a language, and whether a wording of each is public."""
    query = (
        sa.select(Translation.text_hash, sa.func.count(TranslationReading.translation_id) > 0)
        .outerjoin(TranslationReading, TranslationReading.translation_id == Translation.id)
        .where(Translation.neighborhood_id == neighborhood_id, Translation.language == language)
        .group_by(Translation.text_hash)
    )
    return {mark: bool(is_public) for mark, is_public in db.session.execute(query)}


def newest(neighborhood_id: int, hashes: Collection[str], language: str) -> dict[str, TranslationRow]:
    """By mark: the newest wording of each of these texts, read over or not."""
    return {row.text_hash: row for row in _rows([neighborhood_id], hashes, language)}


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


def _rows(neighborhood_ids: Collection[int], hashes: Iterable[str], language: str) -> list[TranslationRow]:
    """The oldest first, so that a later one takes its place by its mark."""
    wanted, found = sorted(set(hashes)), []
    for start in range(0, len(wanted), AT_ONCE):
        query = (
            sa.select(Translation, Neighborhood.time_zone)
            .join(Neighborhood, Neighborhood.id == Translation.neighborhood_id)
            .options(
                joinedload(Translation.person, innerjoin=True),
                joinedload(Translation.reading).joinedload(TranslationReading.person),
            )
            .where(
                Translation.neighborhood_id.in_(neighborhood_ids),
                Translation.language == language,
                Translation.text_hash.in_(wanted[start : start + AT_ONCE]),
            )
            .order_by(Translation.number)
        )
        found += [_row(row, zone) for row, zone in db.session.execute(query)]
    return found


def _row(row: Translation, zone: str) -> TranslationRow:
    reading = row.reading
    return TranslationRow(
        id=row.id,
        neighborhood_id=row.neighborhood_id,
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
