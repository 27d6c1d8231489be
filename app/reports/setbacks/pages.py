"""R14 as a document: its words, its drawing, and its tables as files."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core.charts.bars import Bar, bars
from app.core.charts.fills import Fill
from app.core.tables import records, sheet
from app.reports.pages import Document, Figures
from app.reports.rules import told
from app.reports.setbacks.figures import figures
from app.reports.setbacks.rules import FEWEST, Outcome
from app.reports.works.words import written
from app.taskforces.seats.words import SIDES
from app.taskforces.setbacks import words
from app.taskforces.setbacks.rules import Source

MOST_BARS = 12
MOST_IN_FULL = 150
"""So many are told in full; all of them stand in the list and in the file."""
OUTCOMES: Mapping[Outcome, LazyString] = {
    Outcome.CORRECTED: _l("Corrected"),
    Outcome.PARTLY: _l("Partly corrected"),
    Outcome.NOT: _l("Not corrected yet"),
    Outcome.ACCEPTED: _l("Accepted by both sides"),
}
TONES: Mapping[Outcome, str] = {
    Outcome.CORRECTED: "good",
    Outcome.PARTLY: "waiting",
    Outcome.NOT: "bad",
    Outcome.ACCEPTED: "quiet",
}
SETBACKS = (
    "code about title severity source found_on age_days stage outcome due_on days_over effect_days effect_cents"
    " effect_people cause resolved_on"
).split()
ACTIONS = ("plan", "step", "owner", "due_on", "stage", "finding", "days_over")


def facts(snapshot: Figures) -> dict[str, Any]:
    """What the template is given: the report, the drawing of ages, and the words of its codes."""
    report = told(snapshot)
    for row in report.setbacks:
        row.title = called(row.title, row.source, row.rule, getattr(row, "milestone", None))
    return {
        "report": report,
        "ages": _ages([row for row in report.setbacks if row.is_open]),
        "most_bars": MOST_BARS,
        "in_full": report.setbacks[:MOST_IN_FULL],
        "written": written,
        "days": _days,
        "people": _people,
        "setback_words": words,
        "outcomes": OUTCOMES,
        "outcome_tones": TONES,
        "side_words": SIDES,
    }


def tables(snapshot: Figures) -> dict[str, bytes]:
    """The register and its corrective actions as CSV, from the same figures."""
    rows = [{**row, "title": _title(row)} for row in snapshot["setbacks"]]
    actions = [[row["code"], *(each[name] for name in ACTIONS)] for row in rows for each in row["actions"]]
    return {
        "setbacks.csv": records(SETBACKS, rows),
        "corrective-actions.csv": sheet(("setback", *ACTIONS), actions),
    }


def called(title: str | None, source: str, rule: int | None, milestone: str | None) -> str:
    """What a setback is called: by its task force, or by the rule or the report that opened it."""
    facts = {"milestone": milestone} if milestone else {}
    return words.title(title, Source(source), rule, facts)


def _title(row: Mapping[str, Any]) -> str:
    return called(row["title"], row["source"], row["rule"], row.get("milestone"))


def _ages(rows: list[SimpleNamespace]) -> Markup | None:
    """How long the open ones have been open, as bars; the oldest only, since the table has all."""
    oldest = sorted(rows, key=lambda row: -row.age_days)[:MOST_BARS]
    if not oldest:
        return None
    title = _("Days since each open setback was found; the table says the same.")
    drawn = [
        Bar(
            label=f"{row.code} {row.title}",
            value=row.age_days,
            shown=_days(row.age_days),
            note=_("%(days)s past its day", days=_days(row.days_over)) if row.days_over else "",
            fill=Fill.STRIPES if row.days_over else Fill.SOLID,
        )
        for row in oldest
    ]
    return bars(title, drawn)


def _days(number: int) -> str:
    return str(ngettext("%(num)s day", "%(num)s days", number))


def _people(row: SimpleNamespace) -> str:
    if row.few_people:
        return str(_("fewer than %(number)s people", number=FEWEST))
    if row.effect_people is None:
        return ""
    return str(ngettext("%(num)s person", "%(num)s people", row.effect_people))


TEXTS = (
    "setbacks.title setbacks.milestone setbacks.project_title setbacks.description setbacks.effect setbacks.cause "
    "setbacks.cause_evidence setbacks.accepted_because actions.step actions.found check.measured"
).split()
"""What people wrote in it, which another language needs a translation of."""

DOCUMENT = Document(
    figures=figures,
    title=lambda snapshot: str(_("Register of setbacks and corrections")),
    facts=facts,
    template="reports/setbacks/_body.html",
    tables=tables,
    texts=TEXTS,
)
