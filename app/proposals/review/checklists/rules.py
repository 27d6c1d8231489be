"""The questions officers answer where a clerk has not put others, and what a list of questions may be."""

from collections.abc import Sequence
from enum import StrEnum

MOST_QUESTIONS, MOST_CHARACTERS = 12, 200


class Criterion(StrEnum):
    """The questions of every kind of project; a yes speaks for the proposal."""

    FEASIBLE = "feasible"
    LEGAL = "legal"
    PUBLIC_BENEFIT = "public_benefit"
    DUPLICATION = "duplication"
    RUNNING_COST = "running_cost"
    LEAD_ORGANIZATION = "lead_organization"
    SURVEILLANCE = "surveillance"


DEFAULT: tuple[str, ...] = tuple(criterion.value for criterion in Criterion)
"""Kept as words, so that they are read in the language of whoever reads them."""


class WhyNot(StrEnum):
    """Why a list of questions cannot be kept."""

    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    TWICE = "twice"


def in_lines(text: str) -> tuple[str, ...]:
    """One question a line; empty lines count for nothing."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def why_not_kept(questions: Sequence[str]) -> WhyNot | None:
    """What is wrong with these questions, or None; none at all means those of every kind of project."""
    if len(questions) > MOST_QUESTIONS:
        return WhyNot.TOO_MANY
    if any(len(question) > MOST_CHARACTERS for question in questions):
        return WhyNot.TOO_LONG
    return WhyNot.TWICE if len(set(questions)) < len(questions) else None
