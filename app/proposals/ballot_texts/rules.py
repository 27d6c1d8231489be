"""How long a short text is, whose turn it is, and when a clerk may settle one for a silent author."""

import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from app.proposals.rules import Stage

MOST_WORDS = 60
"""Issue 5 and reports.md R2: what a voter reads about each option."""
MOST_CHARACTERS = 500
LEAST_DAYS = 3
"""Days an author has at least for each text, even where the day set for answers has come."""


class ApprovedAs(StrEnum):
    """Whose approval it is."""

    AUTHOR = "author"
    CLERK = "clerk"


class WhyNot(StrEnum):
    """Why something cannot be done with a short text."""

    BALLOT_FIXED = "ballot_fixed"
    STAGE = "stage"
    EMPTY = "empty"
    TOO_MANY_WORDS = "too_many_words"
    LANGUAGE = "language"
    UNCHANGED = "unchanged"
    NONE_YET = "none_yet"
    APPROVED = "approved"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NO_DATE = "no_date"
    NOT_SILENT_YET = "not_silent_yet"
    WRITER_HIMSELF = "writer_himself"
    SAME_LANGUAGE = "same_language"
    KEPT_BACK = "kept_back"


def one_paragraph(text: str) -> str:
    """The text in NFC as one paragraph with single spaces, so that it is the same bytes on a page and on paper."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def count_words(text: str) -> int:
    """How many words a text has: what stands between spaces."""
    return len(text.split())


def text_hash(text: str) -> str:
    """SHA-256 in hex of a text as UTF-8."""
    return sha256(text.encode()).hexdigest()


def why_not_words(text: str) -> WhyNot | None:
    """Why these words cannot be a short text, or None."""
    if not text:
        return WhyNot.EMPTY
    return WhyNot.TOO_MANY_WORDS if count_words(text) > MOST_WORDS or len(text) > MOST_CHARACTERS else None


def why_not_write(
    text: str, language: str, *, stage: Stage, is_open: bool, languages: Collection[str], newest: tuple[str, str] | None
) -> WhyNot | None:
    """Why a short text cannot be proposed, or None; `newest` is the text there is, with its language."""
    if not is_open:
        return WhyNot.BALLOT_FIXED
    if stage is not Stage.FEASIBLE:
        return WhyNot.STAGE
    if language not in languages:
        return WhyNot.LANGUAGE
    return why_not_words(text) or (WhyNot.UNCHANGED if newest == (text, language) else None)


def silent_from(written_at: datetime, answers_until: datetime) -> datetime:
    """From when an author counts as silent: after the day set for answers, and never before three days."""
    return max(answers_until, written_at + timedelta(days=LEAST_DAYS))


def why_not_settle(
    *, approved: bool, written_at: datetime, answers_until: datetime | None, is_writer: bool, now: datetime
) -> WhyNot | None:
    """Why a clerk may not settle the text of a silent author, or None; two persons: never whoever wrote it."""
    if approved:
        return WhyNot.APPROVED
    if answers_until is None:
        return WhyNot.NO_DATE
    if now < silent_from(written_at, answers_until):
        return WhyNot.NOT_SILENT_YET
    return WhyNot.WRITER_HIMSELF if is_writer else None
