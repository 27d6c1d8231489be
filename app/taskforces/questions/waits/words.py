"""How long answers took, in a picture and in sentences."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.core.charts.bars import Bar, bar_table, bars
from app.core.charts.fills import Fill
from app.core.charts.tables import Table
from app.taskforces.questions.rules import DUE_WORKING_DAYS, Verdict
from app.taskforces.questions.waits.rules import Waits


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The picture and the table that says the same."""

    svg: Markup
    table: Table


def drawn(waits: Waits) -> Drawn | None:
    """One bar for each step, those after the due day striped; None where there are too few answers."""
    if not waits.are_enough:
        return None
    rows = [
        Bar(
            label=_days(first, last),
            value=count,
            shown=str(count),
            fill=Fill.SOLID if last is not None and last <= DUE_WORKING_DAYS else Fill.STRIPES,
        )
        for first, last, count in waits.steps()
    ]
    title = _("How many working days people waited for an answer. Striped: longer than was promised.")
    headings = (_("Waited"), _("How many answers"))
    return Drawn(svg=bars(title, rows, width=360), table=bar_table(title, headings, rows))


def middle(waits: Waits) -> str:
    """The middle wait in a sentence."""
    days = waits.median()
    return str(ngettext("Half waited at most %(num)s working day.", "Half waited at most %(num)s working days.", days))


def said(waits: Waits) -> str:
    """What those who asked said of the answers, in a sentence."""
    counts = {each.value: waits.verdicts.get(each, 0) for each in Verdict}
    sentence = ngettext(
        "Whoever asked rated %(num)s answer: %(answered)s answers the question, %(partly)s in part, %(not)s does not.",
        "Those who asked rated %(num)s answers: %(answered)s answer the question, %(partly)s in part, %(not)s do not.",
        waits.rated,
        **counts,
    )
    return str(sentence)


def _days(first: int, last: int | None) -> str:
    if last is None:
        return str(_("%(first)s working days or more", first=first))
    return str(_("%(first)s to %(last)s working days", first=first, last=last))
