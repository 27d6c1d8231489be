"""Kinds of report and stages of an edition."""

from enum import StrEnum


class ReportKind(StrEnum):
    """What a report is about (numbers as in the list of printed documents)."""

    RESULTS = "results"


class EditionStage(StrEnum):
    """Where an edition is: its snapshot is frozen at once, its PDF is made by a worker."""

    RENDERING = "rendering"
    PUBLISHED = "published"
    FAILED = "failed"
