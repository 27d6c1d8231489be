"""What can be said of a report that somebody holds."""

from enum import StrEnum

from app.reports.rules import EditionStage

MOST_BYTES = 12_000_000
"""How large a file may be that is sent to us to be checked; the browser checks larger ones itself."""
CHECKS_AN_HOUR = 30


class Verdict(StrEnum):
    """Whether a paper or a file is ours, and whether it still stands."""

    STANDS = "stands"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"
    UNPUBLISHED = "unpublished"
    GIVEN_UP = "given_up"


def verdict(stage: EditionStage, *, number: int, newest: int, is_draft: bool = False) -> Verdict:
    """What is true of edition `number` while `newest` is the last one of its line that is or was public.

    `is_draft`: the file, or the code at its foot, is that of a draft, which stays one when it is signed and published.
    """
    if stage is EditionStage.WITHDRAWN:
        return Verdict.WITHDRAWN
    if stage is EditionStage.DROPPED:
        return Verdict.GIVEN_UP
    if stage is EditionStage.SIGNING or is_draft:
        return Verdict.DRAFT
    if stage is not EditionStage.PUBLISHED:
        return Verdict.UNPUBLISHED
    return Verdict.STANDS if number >= newest else Verdict.SUPERSEDED
