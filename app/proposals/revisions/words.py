"""A revision as people read it: each part under its name, and what two of them differ in."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.core.money import written
from app.proposals.revisions.queries import RevisionFacts
from app.proposals.revisions.rules import Piece, difference


@dataclass(frozen=True, kw_only=True)
class Change:
    """A part of a proposal that two revisions differ in, with the difference."""

    part: str
    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Meanwhile:
    """What others have changed while somebody was writing, and who was the last of them."""

    by: str
    written_at: datetime
    changes: list[Change]


def told(revision: RevisionFacts, currency: str) -> dict[str, tuple[str, str]]:
    """Every part of a revision: its name for people and its text, under the name of its field."""
    lines = [f"{line.label}: {written(line.amount_cents, currency)}" for line in revision.estimate]
    return {
        "title": (_("Title"), revision.title),
        "summary": (_("What should happen"), revision.summary),
        "need": (_("Why it is needed"), revision.need),
        "place": (_("Where"), revision.place),
        "gains": (_("Who gains"), revision.gains),
        "helpers": (_("Who would help"), revision.helpers),
        "area_id": (_("Area"), revision.area or _("The whole neighborhood")),
        "category_id": (_("Kind of project"), revision.category),
        "priority_id": (_("Serves the priority"), revision.priority or _("None")),
        "estimate": (_("Its author's estimate"), "\n".join(lines)),
        "watches_people": (
            _("Would it add cameras, sensors, or sharing of data about people?"),
            _("Yes") if revision.watches_people else _("No"),
        ),
    }


def changes(old: RevisionFacts, new: RevisionFacts, currency: str) -> list[Change]:
    """What two revisions differ in, part by part; nothing where they say the same."""
    before, after = told(old, currency), told(new, currency)
    return [
        Change(part=part, name=name, pieces=difference(before[part][1], text))
        for part, (name, text) in after.items()
        if text != before[part][1]
    ]


def meanwhile(base: RevisionFacts, newest: RevisionFacts, currency: str) -> Meanwhile:
    """What has been changed between the revision that somebody began from and the newest one."""
    return Meanwhile(by=newest.author, written_at=newest.written_at, changes=changes(base, newest, currency))
