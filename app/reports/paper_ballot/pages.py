"""R3 as a document: the specimen in the language of the reader, what counts, the steps and the forms."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from app.core.tables import records
from app.reports.booklet.words import in_the_language
from app.reports.pages import Document
from app.reports.paper_ballot import figures
from app.reports.rules import told
from app.voting.paper import words
from app.voting.paper.rules import Rejected

COLUMNS = ("number", "code", "title", "cost_cents", "running_cost_cents", "task_force")


def facts(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What the template is given beside head and edition."""
    report = told(figures)
    return {
        "report": report,
        "options": in_the_language(report.options, figures["options"]),
        "ranks": [str(rank) for rank in range(1, report.vote.max_ranks + 1)],
        "keys": [(each.key, words.REJECTED[Rejected(each.reason)]) for each in report.keys],
        "account": words.account(),
        "seals": words.seals(),
        "logs": words.logs(report.vote.neighborhood),
    }


def tables(figures: Mapping[str, Any]) -> dict[str, bytes]:
    """The ballot as a CSV file."""
    return {"ballot.csv": records(COLUMNS, figures["options"])}


TEXTS = "options.title options.text".split()
"""What people wrote in it; the ballot was fixed in each of its languages."""

DOCUMENT = Document(
    figures=figures.paper_ballot,
    title=lambda figures: _("Paper ballot and count pack %(year)s", year=figures["vote"]["year"]),
    facts=facts,
    tables=tables,
    texts=TEXTS,
    template="reports/paper_ballot/_body.html",
    stylesheet="css/paper_ballot.css",
)
