"""What our stages are in the Open Contracting for Infrastructure Data Standard, and names registered for it."""

import re
from collections.abc import Mapping
from datetime import date

from app.taskforces.projects.promises.rules import Timing
from app.taskforces.projects.rules import ProjectStage

VERSION = "0.9"
PREFIX = re.compile(r"oc4ids-[a-z0-9]{6}")
"""A prefix as the standard's help desk registers it for a publisher."""

STATUSES: Mapping[ProjectStage, str] = {
    ProjectStage.FUNDED: "preparation",
    ProjectStage.MOBILISING: "preparation",
    ProjectStage.PLANNING: "preparation",
    ProjectStage.PROCUREMENT: "implementation",
    ProjectStage.DELIVERY: "implementation",
    ProjectStage.PAUSED: "implementation",
    ProjectStage.HANDOVER: "completion",
    ProjectStage.COMPLETED: "completed",
    ProjectStage.EVALUATED: "completed",
    ProjectStage.CANCELLED: "cancelled",
}
"""The closed list projectStatus; implementation covers procurement and delivery."""

IATI: Mapping[ProjectStage, int] = {
    ProjectStage.FUNDED: 1,
    ProjectStage.MOBILISING: 1,
    ProjectStage.PLANNING: 1,
    ProjectStage.PROCUREMENT: 2,
    ProjectStage.DELIVERY: 2,
    ProjectStage.PAUSED: 6,
    ProjectStage.HANDOVER: 3,
    ProjectStage.COMPLETED: 4,
    ProjectStage.EVALUATED: 4,
    ProjectStage.CANCELLED: 5,
}
"""The codes of ActivityStatus of the International Aid Transparency Initiative, for funders who report there."""

MILESTONES: Mapping[Timing, str] = {
    Timing.AHEAD: "scheduled",
    Timing.EXPECTED_LATE: "scheduled",
    Timing.LATE: "notMet",
    Timing.CLAIMED: "partiallyMet",
    Timing.DONE: "met",
    Timing.DONE_LATE: "met",
}
"""The closed list milestoneStatus: met once the other side has agreed, partly met while it is only said to be."""


def prefixed(prefix: str, name: str) -> str:
    """The id of a project with the registered prefix; without one, where a site has none yet."""
    return f"{prefix}-{name}" if prefix else name


def day(on: date) -> str:
    """A day as a moment, as the standard wants it: its beginning in UTC."""
    return f"{on.isoformat()}T00:00:00Z"
