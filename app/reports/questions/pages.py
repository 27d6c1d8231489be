"""R12 as a document: its words, its histogram with the table beside it, and its table as a file."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from flask_babel import LazyString, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core.charts.bars import Bar, bars
from app.core.languages import LANGUAGES
from app.core.tables import sheet
from app.reports.pages import Document, Figures
from app.reports.questions.figures import figures
from app.reports.rules import told
from app.reports.works.words import written
from app.taskforces.questions import words
from app.taskforces.questions.rules import MARKS, Verdict

MOST_IN_FULL = 150
"""So many are told in full; all of them stand in the list and in the file."""
SAID: Mapping[Verdict, LazyString] = {
    Verdict.ANSWERED: _l("answered"),
    Verdict.PARTLY: _l("partly answered"),
    Verdict.NOT: _l("not answered"),
}
"""What whoever asked says of the answer, in the middle of a sentence."""
COLUMNS = (
    "code about stage asked_on due_on owner answered_on waited_days on_time days_over decline_reason merged_into"
    " language question answer verdict"
).split()


def facts(snapshot: Figures) -> dict[str, Any]:
    """What the template is given: the report, the histogram, and the words of its codes."""
    report = told(snapshot)
    return {
        "report": report,
        "histogram": _histogram(report.waited) if report.counts.answered else None,
        "in_full": report.questions[:MOST_IN_FULL],
        "step": _step,
        "written": written,
        "days": _days,
        "question_words": words,
        "said": SAID,
        "language_names": LANGUAGES,
        "told_in": str(get_locale()),
    }


def tables(snapshot: Figures) -> dict[str, bytes]:
    """The log as CSV, from the same figures; words that were taken out are three dots in brackets."""
    return {"questions.csv": sheet(COLUMNS, [_cells(row) for row in snapshot["questions"]])}


def _cells(row: Figures) -> list[Any]:
    last = row["answers"][-1] if row["answers"] else None
    own = {
        "on_time": row["is_on_time"] if last else None,
        "question": _without_marks(row["words"]),
        "answer": last["plain"] if last else None,
        "verdict": last["verdict"] if last else None,
    }
    return [own[name] if name in own else row[name] for name in COLUMNS]


def _without_marks(text: str | None) -> str | None:
    return text and text.translate({ord(mark): "[…]" for mark in MARKS.values()})


def _histogram(steps: tuple[SimpleNamespace, ...]) -> Markup:
    title = _("Working days from the question to its first answer; the table below says the same.")
    rows = [Bar(label=_step(each), value=each.answers, shown=str(each.answers)) for each in steps]
    return bars(title, rows)


def _step(of: SimpleNamespace) -> str:
    if of.to_days is None:
        return str(_("%(first)s working days and more", first=of.from_days))
    return str(_("%(first)s to %(last)s working days", first=of.from_days, last=of.to_days))


def _days(number: int) -> str:
    return str(ngettext("%(num)s day", "%(num)s days", number))


TEXTS = ("questions.words@ questions.declined_words answers.plain").split()
"""What people wrote in it, which another language needs a translation of."""

DOCUMENT = Document(
    figures=figures,
    title=lambda snapshot: str(_("Questions and answers")),
    facts=facts,
    template="reports/questions/_body.html",
    tables=tables,
    texts=TEXTS,
)
