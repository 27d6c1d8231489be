"""When a comment may be written, answered or changed, and what in its text is a link."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Stance(StrEnum):
    """What a comment says about the proposal as a whole."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


class WhyNoAnswer(StrEnum):
    """Why a comment takes no answer."""

    IS_ANSWER = "is_answer"
    HIDDEN = "hidden"


class WhyFixed(StrEnum):
    """Why the words of a comment stay as they are."""

    SHUT = "shut"
    HIDDEN = "hidden"
    REPORTED = "reported"
    TIME_IS_UP = "time_is_up"


EDIT_WINDOW = timedelta(minutes=15)
_ADDRESS = re.compile(r"https?://[!#-;=?-~]+", re.IGNORECASE)
_ENDS_A_SENTENCE = ".,;:!?'"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A part of a text: words, or an address that may be followed."""

    text: str
    is_link: bool


def why_no_answer(*, is_answer: bool, is_hidden: bool) -> WhyNoAnswer | None:
    """Why a comment takes no answer, or None: there is one level of them, and what is hidden is not argued with."""
    if is_answer:
        return WhyNoAnswer.IS_ANSWER
    return WhyNoAnswer.HIDDEN if is_hidden else None


def why_fixed(
    *, written_at: datetime, now: datetime, is_shut: bool, is_hidden: bool, is_reported: bool
) -> WhyFixed | None:
    """Why its author can no longer change a comment, or None within the first minutes of an open discussion.

    Words that somebody has asked the office to look at stay, so that the office sees what they saw.
    """
    if is_shut:
        return WhyFixed.SHUT
    if is_hidden:
        return WhyFixed.HIDDEN
    if is_reported:
        return WhyFixed.REPORTED
    return None if now < written_at + EDIT_WINDOW else WhyFixed.TIME_IS_UP


def pieces(text: str) -> list[Piece]:
    """The text in its order, addresses of the web apart; nothing else ever becomes a link."""
    found, at = [], 0
    for match in _ADDRESS.finditer(text):
        address = _without_the_end_of_a_sentence(match[0])
        if address.endswith("://"):
            continue
        found += [Piece(text=text[at : match.start()], is_link=False), Piece(text=address, is_link=True)]
        at = match.start() + len(address)
    found.append(Piece(text=text[at:], is_link=False))
    return [piece for piece in found if piece.text]


def _without_the_end_of_a_sentence(address: str) -> str:
    shorter = address.rstrip(_ENDS_A_SENTENCE)
    if shorter.endswith(")") and shorter.count("(") < shorter.count(")"):
        return _without_the_end_of_a_sentence(shorter[:-1])
    return shorter
