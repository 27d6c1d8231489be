"""Stages of a draft, who may take which step with it, and what it lacks to be published."""

from collections.abc import Collection, Mapping
from enum import StrEnum


class DraftStage(StrEnum):
    """Where a draft of an update is."""

    WRITING = "writing"
    WAITING = "waiting"
    PUBLISHED = "published"


class Part(StrEnum):
    """What somebody is to a draft; a co-chair who writes is both at once."""

    WRITER = "writer"
    WRITING_CHAIR = "writing_chair"
    CHAIR = "chair"
    MEMBER = "member"
    OUTSIDER = "outsider"


class Step(StrEnum):
    """What can be done with a draft."""

    CHANGE = "change"
    HAND_IN = "hand_in"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    THROW_AWAY = "throw_away"


class WhyNot(StrEnum):
    """Why somebody cannot take a step."""

    NOT_SEATED = "not_seated"
    NOT_YOURS = "not_yours"
    NOT_NOW = "not_now"


_OWN = frozenset({Part.WRITER, Part.WRITING_CHAIR})
_CHAIRS = frozenset({Part.CHAIR, Part.WRITING_CHAIR})
MAY: Mapping[Step, Mapping[DraftStage, frozenset[Part]]] = {
    Step.CHANGE: {DraftStage.WRITING: _OWN, DraftStage.WAITING: _CHAIRS},
    Step.HAND_IN: {DraftStage.WRITING: _OWN},
    Step.TAKE_BACK: {DraftStage.WAITING: _OWN},
    Step.SEND_BACK: {DraftStage.WAITING: frozenset({Part.CHAIR})},
    Step.PUBLISH: {DraftStage.WRITING: frozenset({Part.WRITING_CHAIR}), DraftStage.WAITING: _CHAIRS},
    Step.THROW_AWAY: {DraftStage.WRITING: _OWN, DraftStage.WAITING: _CHAIRS},
}
TOWARDS_THE_PUBLIC = frozenset({Step.CHANGE, Step.HAND_IN, Step.PUBLISH})
"""Steps that make no sense once the project takes no updates any more."""

LEAST, MOST = 10, 2000
"""How many characters each of the three answers has."""
SIGNING_DAYS = 10
"""Working days in which a co-chair publishes or sends back what waits; then it is public without (domain rule 5)."""
WITHOUT_SIGNATURE = 5
"""The number of the rule by which a draft is published on its due date without a signature."""


def part_of(person_id: int, *, writer_id: int, sitting: Collection[int], chairs: Collection[int]) -> Part:
    """What somebody is to a draft today; what a former member left behind is every co-chair's to finish."""
    if person_id not in sitting:
        return Part.OUTSIDER
    is_writer = person_id == writer_id
    if person_id in chairs:
        return Part.WRITING_CHAIR if is_writer or writer_id not in sitting else Part.CHAIR
    return Part.WRITER if is_writer else Part.MEMBER


def why_not(step: Step, stage: DraftStage, part: Part) -> WhyNot | None:
    """The first reason why somebody cannot take a step with a draft, or None if they may."""
    if part is Part.OUTSIDER:
        return WhyNot.NOT_SEATED
    allowed = MAY[step]
    if not any(part in parts for parts in allowed.values()):
        return WhyNot.NOT_YOURS
    if stage not in allowed:
        return WhyNot.NOT_NOW
    return None if part in allowed[stage] else WhyNot.NOT_YOURS


def too_short(answers: Mapping[str, str]) -> list[str]:
    """The names of the answers that say too little to be published."""
    return [name for name, words in answers.items() if len(words.strip()) < LEAST]
