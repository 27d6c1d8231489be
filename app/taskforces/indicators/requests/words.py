"""What is wrong with a file of reports or with one of them, in plain words."""

from collections.abc import Iterable, Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.indicators.requests.rules import FileFault, RowFault

FILES: Mapping[FileFault, LazyString] = {
    FileFault.EMPTY: _l("There is no report in this file."),
    FileFault.TOO_LARGE: _l("This file weighs more than 20 MB. Export one period only, without texts and pictures."),
    FileFault.NOT_UTF8: _l("This file is not in UTF-8. In your program, choose “CSV UTF-8” when you save it."),
    FileFault.NOT_CSV: _l("This cannot be read as CSV. Save it as “CSV UTF-8” and send that."),
    FileFault.NOT_JSON: _l("This begins like JSON and cannot be read as such. Was the file cut off?"),
    FileFault.NO_HEADER: _l(
        "The first line must name the columns requested_datetime, updated_datetime, expected_datetime, status and"
        " service_code."
    ),
    FileFault.NO_LIST: _l("There is no list of reports in this file, and nothing called service_requests."),
    FileFault.TOO_MANY_ROWS: _l("This file has more than 50,000 reports. Export one period only."),
}

ROWS: Mapping[RowFault, LazyString] = {
    RowFault.CELLS: _l("It has not as many cells as the first line."),
    RowFault.NOT_AN_OBJECT: _l("It is no report with named fields."),
    RowFault.NO_REQUEST: _l("It does not say when it came in."),
    RowFault.NOT_A_MOMENT: _l("A day or moment is not written like 2026-05-31 or 2026-05-31T14:05:00-04:00."),
    RowFault.STATUS: _l("Its status is neither open nor closed."),
    RowFault.NO_CODE: _l("Its service_code is missing or longer than 60 characters."),
    RowFault.CLOSED_WHEN: _l("It is closed and does not say since when (updated_datetime)."),
    RowFault.CLOSED_BEFORE: _l("It was closed before it came in."),
    RowFault.IN_THE_FUTURE: _l("It came in or was updated on a day that has not come yet."),
    RowFault.TWICE: _l("A report with this service_request_id stands above already."),
}


def of_row(faults: Iterable[RowFault]) -> str:
    """All that is wrong with a report."""
    return " ".join(str(ROWS[fault]) for fault in faults)
