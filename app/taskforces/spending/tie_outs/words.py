"""Tie-outs in plain words: what is wrong with a file or a row, how the books differ, and why."""

from collections.abc import Iterable, Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.spending.tie_outs.rules import DifferenceKind, FileFault, Reason, RowFault

FILES: Mapping[FileFault, LazyString] = {
    FileFault.EMPTY: _l("There is no row in this file. If nothing was booked in that month, say so below."),
    FileFault.TOO_LARGE: _l("This file weighs more than 5 MB. Export one month of one cycle only."),
    FileFault.NOT_UTF8: _l("This file is not in UTF-8. In your program, choose “CSV UTF-8” when you save it."),
    FileFault.NOT_CSV: _l("This cannot be read as CSV. Save it as “CSV UTF-8” and send that."),
    FileFault.NO_HEADER: _l("The first line must name the columns booked_on, reference and amount."),
    FileFault.TOO_MANY_ROWS: _l("This file has more than 20,000 rows. Export one month of one cycle only."),
}

ROWS: Mapping[RowFault, LazyString] = {
    RowFault.CELLS: _l("It has not as many cells as the first line."),
    RowFault.NO_REFERENCE: _l("The number of the booking is missing."),
    RowFault.TOO_LONG: _l("The number of the booking is longer than 60 characters."),
    RowFault.NOT_A_DATE: _l("The day is not written like 2026-05-31."),
    RowFault.OTHER_MONTH: _l("The day is in another month."),
    RowFault.NOT_AN_AMOUNT: _l("The amount is not one like 1200.50 or -1200.50."),
}

KINDS: Mapping[DifferenceKind, LazyString] = {
    DifferenceKind.AMOUNT: _l("The amounts differ"),
    DifferenceKind.ONLY_COUNCIL: _l("Only in the council’s books"),
    DifferenceKind.ONLY_LEDGER: _l("Only in the ledger"),
}

REASONS: Mapping[Reason, LazyString] = {
    Reason.LATER: _l("Booked in another month"),
    Reason.COUNCIL_ERROR: _l("A mistake in the council’s books"),
    Reason.OUR_ERROR: _l("A mistake in the ledger, taken back by another entry"),
    Reason.OTHER_BUDGET: _l("Belongs to another budget"),
    Reason.OTHER: _l("Something else"),
}


def of_row(faults: Iterable[RowFault]) -> str:
    """All that is wrong with a row."""
    return " ".join(str(ROWS[fault]) for fault in faults)
