"""Why a file or a row of it is turned away, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.numbers import numeral
from app.voting.roll.imports.rules import MOST_ROWS, BadFile, FileFault, ImportStage, RowFault

ROWS: Mapping[RowFault, LazyString] = {
    RowFault.CELLS: _l("not as many cells as there are columns"),
    RowFault.NO_REFERENCE: _l("reference is missing"),
    RowFault.NO_NAME: _l("name is missing"),
    RowFault.NO_ADDRESS: _l("address is missing"),
    RowFault.TOO_LONG: _l("a cell is too long"),
    RowFault.NOT_A_DATE: _l("birth date is not a date like 1984-05-31"),
    RowFault.UNKNOWN_AREA: _l("area is none of this neighborhood’s"),
    RowFault.NOT_AN_EMAIL: _l("email is not an e-mail address"),
    RowFault.NO_BIRTH_DATE: _l("birth date is missing, and this vote has an age"),
    RowFault.TOO_YOUNG: _l("too young on the first day of voting"),
    RowFault.TWICE_IN_FILE: _l("is in this file twice"),
    RowFault.ON_THE_ROLL: _l("is on the list already"),
}
STAGES: Mapping[ImportStage, LazyString] = {
    ImportStage.PREVIEWED: _l("To be confirmed"),
    ImportStage.CONFIRMED: _l("On the roll"),
    ImportStage.UNDONE: _l("Taken back"),
}


def of_row(faults: list[str]) -> str:
    """Everything that speaks against a row."""
    return "; ".join(str(ROWS[RowFault(fault)]) for fault in faults)


def of_file(reason: BadFile) -> str:
    """Why the whole file is refused, and what to do."""
    told = {
        FileFault.EMPTY: _("This file has no rows."),
        FileFault.NOT_UTF8: _(
            "This file is not in UTF-8: line %(line)s cannot be read. Save it as “CSV UTF-8”.", line=reason.detail
        ),
        FileFault.NOT_CSV: _("This file cannot be read as CSV: a quotation mark is open, or a cell is far too long."),
        FileFault.NO_HEADER: _(
            "The first row has to name the columns. Missing: %(names)s. Needed are reference, name and address.",
            names=reason.detail,
        ),
        FileFault.STRANGE_COLUMN: _(
            "We do not know these columns: %(names)s. Leave out what the roll does not need.", names=reason.detail
        ),
        FileFault.COLUMN_TWICE: _("A column is there twice."),
        FileFault.TOO_MANY_ROWS: _("More than %(rows)s rows. Please split the list.", rows=numeral(MOST_ROWS)),
        FileFault.TOO_LARGE: _("This file is larger than 20 MB. Please split the list."),
    }
    return str(told[reason.fault])
