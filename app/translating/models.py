"""Translations of texts by the mark of their words, their reading over, and who was named to translate."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.core.db import Model, append_only, never_deleted, words
from app.translating.rules import Rendering

_NAMED_NOW = sa.text("ended_at IS NULL")


class Translation(Model):
    """A text in another language. The text is known by its mark and kept where it was written, so that words that are
    taken out there stand nowhere else. A better wording is another row, and the newest that was read over is shown.
    """

    __tablename__ = "translation"
    __table_args__ = (
        sa.UniqueConstraint("neighborhood_id", "text_hash", "language", "number"),
        sa.UniqueConstraint("id", "person_id"),
        sa.CheckConstraint("number >= 1", name="counted_from_one"),
        sa.CheckConstraint("language <> source", name="into_another_language"),
        sa.CheckConstraint("length(trim(wording)) > 0", name="says_something"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    text_hash: Mapped[str] = mapped_column(sa.String(64))
    source: Mapped[str] = mapped_column(sa.String(12))
    """The language it was written in."""
    language: Mapped[str] = mapped_column(sa.String(12))
    number: Mapped[int]
    rendering: Mapped[Rendering] = mapped_column(words(Rendering, "rendering_known"))
    wording: Mapped[str] = mapped_column(sa.Text)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    translated_at: Mapped[datetime]
    person: Mapped[Person] = relationship()
    reading: Mapped["TranslationReading | None"] = relationship(back_populates="translation")


class TranslationReading(Model):
    """A second person has read a translation beside its original; only then it is public."""

    __tablename__ = "translation_reading"
    __table_args__ = (
        sa.ForeignKeyConstraint(["translation_id", "translator_id"], ["translation.id", "translation.person_id"]),
        sa.CheckConstraint("person_id <> translator_id", name="read_by_somebody_else"),
    )
    translation_id: Mapped[int] = mapped_column(primary_key=True)
    translator_id: Mapped[int]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    read_at: Mapped[datetime]
    translation: Mapped[Translation] = relationship(back_populates="reading")
    person: Mapped[Person] = relationship()


class Translator(Model):
    """Somebody whom a clerk has named to translate what people of a neighborhood wrote, until that ends."""

    __tablename__ = "translator"
    __table_args__ = (
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
        sa.Index(
            "uq_translator_once",
            "neighborhood_id",
            "person_id",
            unique=True,
            sqlite_where=_NAMED_NOW,
            postgresql_where=_NAMED_NOW,
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    neighborhood_id: Mapped[int] = mapped_column(sa.ForeignKey("neighborhood.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    named_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    named_at: Mapped[datetime]
    ended_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=person_id)


append_only(Translation)
append_only(TranslationReading)
never_deleted(Translator)
