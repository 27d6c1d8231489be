"""Why a table or one of its rows is refused, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.projects.sheets.rules import FileFault, RowFault

FILES: Mapping[FileFault, LazyString] = {
    FileFault.EMPTY: _l("There is nothing in it. The first line names the columns."),
    FileFault.NOT_CSV: _l("This is no CSV table. In your program, choose “Save as CSV”."),
    FileFault.NO_HEADER: _l("The first line has to name the columns title, done_means and promised_on."),
    FileFault.STRANGE_COLUMN: _l("It has a column that we do not know, or one twice."),
    FileFault.TOO_MANY_ROWS: _l("A plan has at most 200 milestones. Fewer are easier to keep."),
}

ROWS: Mapping[RowFault, LazyString] = {
    RowFault.CELLS: _l("It has more or fewer cells than the first line."),
    RowFault.NO_TITLE: _l("It has no title."),
    RowFault.NO_MEANING: _l("It does not say in at least 10 characters when it is done."),
    RowFault.TOO_LONG: _l("A cell is too long (160 characters, 1,000 for done_means)."),
    RowFault.UNKNOWN_KIND: _l(
        "Its kind is none of approval, engagement, procurement, delivery, assessment and reporting."
    ),
    RowFault.NOT_A_DATE: _l("Its day is not written like 2027-03-31."),
    RowFault.IN_THE_PAST: _l("Its day has passed."),
    RowFault.NEEDS_NO_EARLIER: _l("It depends on something that is not the number of an earlier row."),
}
