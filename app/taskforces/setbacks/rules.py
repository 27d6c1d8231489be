"""Stages of a setback."""

from enum import StrEnum


class SetbackStage(StrEnum):
    """Where a setback is."""

    REPORTED = "reported"
    CORRECTING = "correcting"
    RESOLVED = "resolved"
