"""The verbs of translations: say a text in another language, read it over, name who translates."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.accounts.queries import person_with_email
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure_standing
from app.core.events import publish
from app.core.languages import LANGUAGES
from app.places.models import Neighborhood
from app.translating import policies, queries, words
from app.translating.events import TextTranslated, TranslationReadOver, TranslatorEnded, TranslatorNamed
from app.translating.models import Translation, TranslationReading, Translator
from app.translating.rules import Rendering, WhyNot, text_hash, why_not_read_over, why_not_translate


@dataclass(frozen=True, kw_only=True)
class Translate:
    """A text, the language it is in, and its wording in another; `number` is the version it follows on, 0 for none."""

    text: str
    source: str
    language: str
    wording: str
    rendering: Rendering = Rendering.WHOLE
    number: int = 0


def translate(neighborhood_id: int, command: Translate, *, by: Actor) -> int:
    """Say a text in another language; returns the id of the wording, which is public once somebody has read it over.

    Whoever calls it has seen that the text is one that people may read; only its mark is kept.
    """
    with transaction():
        home = _home(neighborhood_id, by)
        digest = text_hash(command.text)
        before = queries.newest(neighborhood_id, [digest], command.language).get(digest)
        newest = before.number if before else 0
        spoken = (*home.languages, *LANGUAGES)
        why = why_not_translate(command.source, command.language, spoken=spoken, number=command.number, newest=newest)
        _refuse(why, field="wording")
        row = Translation(
            neighborhood_id=neighborhood_id,
            text_hash=digest,
            source=command.source,
            language=command.language,
            number=newest + 1,
            rendering=command.rendering,
            wording=command.text if command.rendering is Rendering.SAME else command.wording,
            person_id=by.id,
            translated_at=now(),
        )
        db.session.add(row)
        db.session.flush()
        publish(
            TextTranslated(
                actor_id=by.id,
                neighborhood_id=neighborhood_id,
                translation_id=row.id,
                text_hash=digest,
                language=row.language,
                number=row.number,
                wording=row.wording,
            )
        )
    return row.id


def read_over(translation_id: int, *, by: Actor) -> None:
    """Say that a translation was read beside its original, by another person than who wrote it."""
    with transaction():
        row = db.session.get(Translation, translation_id)
        if row is None:
            raise NotFound
        _home(row.neighborhood_id, by)
        last = queries.newest(row.neighborhood_id, [row.text_hash], row.language)[row.text_hash]
        why = why_not_read_over(is_own=row.person_id == by.id, is_read=last.is_public, is_newest=last.id == row.id)
        _refuse(why)
        reading = TranslationReading(translation_id=row.id, translator_id=row.person_id, person_id=by.id, read_at=now())
        db.session.add(reading)
        db.session.flush()
        publish(
            TranslationReadOver(
                actor_id=by.id,
                neighborhood_id=row.neighborhood_id,
                translation_id=row.id,
                text_hash=row.text_hash,
                language=row.language,
            )
        )


def name(neighborhood_id: int, email: str, *, by: Actor) -> None:
    """Let somebody with an account translate for a neighborhood."""
    with transaction():
        _named_by(neighborhood_id, by)
        person = person_with_email(email.strip().lower())
        if person is None:
            raise DomainError("no_account", _("Nobody here has an account with this address."), field="email")
        _refuse(WhyNot.NAMED if queries.is_translator(person.id, neighborhood_id) else None, field="email")
        row = Translator(neighborhood_id=neighborhood_id, person_id=person.id, named_by_id=by.id, named_at=now())
        db.session.add(row)
        db.session.flush()
        publish(TranslatorNamed(actor_id=by.id, neighborhood_id=neighborhood_id, person_id=person.id))


def end(translator_id: int, *, by: Actor) -> None:
    """End what somebody was named for; what they have translated stays."""
    with transaction():
        row = locked(Translator, translator_id)
        if row is None or row.ended_at is not None:
            raise NotFound
        _named_by(row.neighborhood_id, by)
        row.ended_by_id, row.ended_at = by.id, now()
        publish(TranslatorEnded(actor_id=by.id, neighborhood_id=row.neighborhood_id, person_id=row.person_id))


def _home(neighborhood_id: int, by: Actor) -> Neighborhood:
    """The neighborhood, held, so that two who translate the same text meet one after the other."""
    home = locked(Neighborhood, neighborhood_id)
    if home is None:
        raise NotFound
    ensure_standing(queries.may_translate(by, neighborhood_id), str(words.NO_STANDING))
    return home


def _named_by(neighborhood_id: int, by: Actor) -> None:
    may = policies.may_name(by, neighborhood_id=neighborhood_id)
    ensure_standing(may, _("Only a clerk of this neighborhood names translators."))
    if locked(Neighborhood, neighborhood_id) is None:
        raise NotFound


def _refuse(why: WhyNot | None, *, field: str | None = None) -> None:
    if why is not None:
        raise DomainError(why.value, str(words.REFUSALS[why]), field=field)
