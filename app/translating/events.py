"""What can have happened to a translation and to those who translate."""

from dataclasses import dataclass

from app.core.events import Event, free_text


@dataclass(frozen=True, kw_only=True)
class TextTranslated(Event):
    """Somebody said a text in another language, or said it better; not public before it was read over."""

    neighborhood_id: int
    translation_id: int
    text_hash: str
    language: str
    number: int
    wording: str = free_text()


@dataclass(frozen=True, kw_only=True)
class TranslationReadOver(Event):
    """A second person read a translation beside its original: it is public from now on."""

    neighborhood_id: int
    translation_id: int
    text_hash: str
    language: str


@dataclass(frozen=True, kw_only=True)
class TranslatorNamed(Event):
    """A clerk named somebody to translate."""

    neighborhood_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class TranslatorEnded(Event):
    """A clerk ended what somebody was named for."""

    neighborhood_id: int
    person_id: int
