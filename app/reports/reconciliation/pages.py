"""R16 as a document: its words, what blocks it, and its tables as files."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import has_request_context, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from app.core.clock import today
from app.core.errors import NotFound
from app.core.tables import records, sheet
from app.cycles import queries as cycles
from app.reports.pages import Block, Document, Figures
from app.reports.reconciliation import words
from app.reports.reconciliation.figures import figures
from app.reports.rules import Form, Line, plain, told
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.tie_outs import queries as tie_outs


def title(snapshot: Figures) -> str:
    """The name of the certificate with its month."""
    first = told(snapshot).certificate.first_on
    return str(_("Reconciliation certificate, %(month)s", month=format_date(first, "LLLL y")))


def facts(snapshot: Figures) -> Mapping[str, Any]:
    """What the template is given beside the edition."""
    return {"certificate": words.certificate(told(plain(snapshot)).certificate)}


def blocks(line: Line) -> Sequence[Block]:
    """The month must be over and compared with the council's books as it stands; differences may stay open."""
    assert line.period is not None  # the engine asks for a month
    cycle = cycles.facts(line.subject_id)
    if ledger.pot_of(cycle.id) is None:
        raise NotFound
    if line.period.last_on >= today(cycle.time_zone):
        return [Block(said=str(_("This month is not over yet.")))]
    if line.period.first_on not in tie_outs.paid_by_month(cycle.id):
        return []
    compared = {row.month for row in tie_outs.of_cycle(cycle.id)}
    state = tie_outs.reconciled(cycle.id, line.period.first_on, line.period.last_on)
    address = url_for("tie_outs.new", cycle_id=cycle.id) if has_request_context() else None
    if line.period.first_on not in compared:
        said = _("Nobody has compared this month with the council’s books.")
        return [Block(said=str(said), rule=17, url=address)]
    if state.months_changed:
        said = _("Something was entered about this month after it was compared with the council’s books.")
        return [Block(said=str(said), rule=17, url=address)]
    return []


def tables(snapshot: Figures) -> dict[str, bytes]:
    """The certificate as files."""
    return tables_of(plain(snapshot)["certificate"])


def tables_of(certificate: Mapping[str, Any], prefix: str = "") -> dict[str, bytes]:
    """The same of one certificate in a report that holds several."""
    return {
        f"{prefix}accounts.csv": sheet(("account", "line", "entries", "cents"), _accounts(certificate)),
        f"{prefix}months.csv": sheet(MONTH_COLUMNS, map(_month, certificate["months"])),
        f"{prefix}differences.csv": records(DIFFERENCE_COLUMNS, certificate["differences"]),
    }


MONTH_COLUMNS = ("month_on", "state", "paid_cents", "council_cents", "file_name", "file_hash", "by", "made_at")
DIFFERENCE_COLUMNS = (
    "month_on",
    "kind",
    "reference",
    "entry_number",
    "ledger_cents",
    "council_cents",
    "reason",
    "explanation",
)


def _accounts(certificate: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for each in certificate["accounts"]:
        rows.append((each["account"], "opening", None, each["opening_cents"]))
        rows += [(each["account"], move["kind"], move["entries"], move["cents"]) for move in each["movements"]]
        rows.append((each["account"], "closing", None, each["closing_cents"]))
    return rows


def _month(month: Mapping[str, Any]) -> list[Any]:
    tied = month["tie_out"] or {}
    return [month[name] if name in month else tied.get(name) for name in MONTH_COLUMNS]


TEXTS = ("certificate.projects.title certificate.differences.explanation").split()
"""What people wrote in it, which another language needs a translation of."""

DOCUMENT = Document(
    figures=figures,
    title=title,
    facts=facts,
    blocks=blocks,
    tables=tables,
    template="reports/reconciliation/_body.html",
    texts=TEXTS,
    stylesheet="css/report-certificate.css",
    pages=lambda form: 0 if form is Form.LARGE else 1,
)
