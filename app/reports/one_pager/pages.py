"""R8 as a document: one page for hands, and in large print the poster for the site."""

from typing import Any

from app.core.languages import LANGUAGES
from app.reports.one_pager.figures import figures
from app.reports.pages import Document, Figures
from app.reports.rules import told
from app.reports.works import figures as works
from app.reports.works import words

SHORT_NOTE = 160
"""So much of what changed since the edition before stands at the foot; its page says all of it."""


def facts(snapshot: Figures) -> dict[str, Any]:
    """What the template is given: the report, its sentences, and its steps."""
    report = told(snapshot)
    return {
        "report": report,
        "steps": words.steps(report.project),
        "standing": words.standing(report.project),
        "chosen": words.chosen(report.vote, report.project.year),
        "written": words.written,
        "language_names": LANGUAGES,
        "SHORT_NOTE": SHORT_NOTE,
    }


TEXTS = (
    "project.title project.scope project.scope_now project.need project.place main.words before.words after.words"
).split()
"""What people wrote in it, which another language needs a translation of."""

DOCUMENT = Document(
    figures=figures,
    title=lambda snapshot: str(snapshot["project"]["title"]),
    facts=facts,
    template="reports/one_pager/_body.html",
    pictures=lambda snapshot: works.content(words.pictures_of(snapshot)),
    stylesheet="css/report-poster.css",
    sheet="reports/one_pager/sheet.html",
    texts=TEXTS,
    pages=lambda form: 1,
)
