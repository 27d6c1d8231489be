"""Why a comment is reported, what can become of it, and when neither is possible."""

from enum import StrEnum


class Concern(StrEnum):
    """What somebody finds wrong with a comment."""

    INSULT = "insult"
    PRIVATE = "private"
    THREAT = "threat"
    FALSE = "false"
    ADVERTISING = "advertising"
    OTHER = "other"


class Ending(StrEnum):
    """What the office did about a report."""

    HIDDEN = "hidden"
    LEFT = "left"


class WhyNotReport(StrEnum):
    """Why a comment cannot be reported by this person."""

    HIDDEN = "hidden"
    OWN = "own"
    ALREADY = "already"


class WhyNotJudge(StrEnum):
    """Why there is nothing to judge."""

    HIDDEN = "hidden"
    NOTHING_WAITS = "nothing_waits"


def why_not_report(*, is_hidden: bool, is_own: bool, has_reported: bool) -> WhyNotReport | None:
    """Why this person cannot report this comment, or None: once each, never their own, and not what is hidden."""
    if is_hidden:
        return WhyNotReport.HIDDEN
    if is_own:
        return WhyNotReport.OWN
    return WhyNotReport.ALREADY if has_reported else None


def why_not_judge(*, is_hidden: bool, waiting: int) -> WhyNotJudge | None:
    """Why the office has nothing to decide about a comment, or None: it judges only what somebody has reported."""
    if is_hidden:
        return WhyNotJudge.HIDDEN
    return None if waiting else WhyNotJudge.NOTHING_WAITS
