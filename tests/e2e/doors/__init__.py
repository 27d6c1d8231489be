"""Every page there is, who opens it, and where in the demo it is found: one file for each part of the site."""

from tests.e2e.doors import projects, proposals, site, taskforces, voting
from tests.e2e.doors.door import (
    CHAIR,
    CLERK,
    COLLECTED,
    COLLECTING,
    DECIDED,
    FUNDED,
    HOME,
    OBSERVER,
    OFFICER,
    ON_BALLOT,
    OPEN,
    OVERSEER,
    PLANNED,
    RESIDENT,
    RUNNING,
    VISITOR,
    Door,
)
from tests.e2e.doors.projects import MILESTONE
from tests.e2e.doors.proposals import AUTHOR
from tests.e2e.doors.voting import RECOUNTED

__all__ = [
    "AUTHOR",
    "CHAIR",
    "CLERK",
    "COLLECTED",
    "COLLECTING",
    "DECIDED",
    "DOORS",
    "FUNDED",
    "HOME",
    "MILESTONE",
    "NOT_PAGES",
    "OBSERVER",
    "OFFICER",
    "ON_BALLOT",
    "OPEN",
    "OVERSEER",
    "PLANNED",
    "RECOUNTED",
    "RESIDENT",
    "RUNNING",
    "VISITOR",
    "Door",
]

PARTS = (site, proposals, voting, projects, taskforces)
DOORS: dict[str, Door] = {endpoint: door for part in PARTS for endpoint, door in part.DOORS.items()}
NOT_PAGES: dict[str, str] = {endpoint: why for part in PARTS for endpoint, why in part.NOT_PAGES.items()}
