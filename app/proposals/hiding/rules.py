"""What of a proposal is reported and hidden, and when neither is possible."""

from enum import StrEnum


class Part(StrEnum):
    """What somebody reports, or the office hides."""

    PROPOSAL = "proposal"
    ATTACHMENT = "attachment"
    REVISION = "revision"
    COMMENT = "comment"


class Ending(StrEnum):
    """What the office did about a report."""

    HIDDEN = "hidden"
    LEFT = "left"


class WhyNotHide(StrEnum):
    """Why a part cannot be hidden."""

    HIDDEN = "hidden"
    NEWEST = "newest"
    WHOLE = "whole"


REPORTABLE = (Part.PROPOSAL, Part.ATTACHMENT, Part.REVISION)
"""Comments have their own reports, in the discussion."""


def why_not_hide(part: Part, part_id: int, *, is_hidden: bool, newest: int) -> WhyNotHide | None:
    """Why a part cannot be hidden, or None: only files and texts that a newer one has replaced, and not twice."""
    if part is Part.PROPOSAL:
        return WhyNotHide.WHOLE
    if is_hidden:
        return WhyNotHide.HIDDEN
    return WhyNotHide.NEWEST if part is Part.REVISION and part_id >= newest else None
