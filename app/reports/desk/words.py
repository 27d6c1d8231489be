"""What the desk says of reports that are published together, and of letters."""

from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import ngettext

from app.reports import words
from app.reports.desk.queries import Row
from app.reports.desk.rules import Outcome


def choice(row: Row) -> str:
    """A report beside its tick, with what the tick sets off where that is not the usual."""
    name = words.full_name(row.duty.line, row.duty.subject)
    return str(_("%(report)s (both co-chairs sign it first)", report=name)) if row.is_signed else name


def done(outcomes: Collection[Outcome]) -> list[str]:
    """What became of those that were not refused: some are being made, some wait for signatures."""
    signed = sum(each.is_signed for each in outcomes)
    made = len(outcomes) - signed
    said = []
    if made:
        said.append(
            ngettext(
                "%(num)s report is frozen. Its PDFs are being made.",
                "%(num)s reports are frozen. Their PDFs are being made.",
                made,
            )
        )
    if signed:
        said.append(
            ngettext(
                "%(num)s report is frozen as a draft, and both co-chairs are asked to sign it.",
                "%(num)s reports are frozen as drafts, and both co-chairs of each are asked to sign them.",
                signed,
            )
        )
    return said
