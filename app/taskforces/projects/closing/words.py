"""Completion and the looks back, in plain words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import LazyString, format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.taskforces.projects.closing.rules import CheckKind, Missing, Works

CHECKS: Mapping[CheckKind, LazyString] = {
    CheckKind.RESIDENTS: _l("Residents are asked, four weeks after completion"),
    CheckKind.YEAR: _l("Checked again, twelve months after completion"),
}

WORKS: Mapping[Works, LazyString] = {
    Works.YES: _l("It does what was promised"),
    Works.PARTLY: _l("It does part of what was promised"),
    Works.NO: _l("It does not do what was promised"),
}

MISSING: Mapping[Missing, LazyString] = {
    Missing.VERIFICATION: _l("Every milestone is verified by the side that did not claim it."),
    Missing.SIGNATURES: _l("Both co-chairs sign that it does what was promised, with a list of what is left."),
    Missing.REPORT: _l("The clerk publishes the completion report. With it the project is completed."),
}
"""What is still to come before a project is completed."""


def told(payload: Mapping[str, Any], _currency: str) -> Sequence[tuple[str, str]]:
    """What both sides sign, line by line: what is done since when, and what is left by which day."""
    done = [(each["title"], str(_("Done on %(day)s", day=_day(each["actual_on"])))) for each in payload["milestones"]]
    left = [
        (_("Still to be put right"), str(_("%(what)s, by %(day)s", what=each["what"], day=_day(each["due_on"]))))
        for each in payload["snags"]
    ]
    nothing = [(_("Still to be put right"), _("Nothing. Both sides have looked."))]
    return done + (left or nothing)


def _day(text: str) -> str:
    return str(format_date(date.fromisoformat(text), "long", rebase=False))
