"""What is said of a report that somebody holds, and the shape that goes with it."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.reports.checking.rules import Verdict

TITLES: Mapping[Verdict, LazyString] = {
    Verdict.STANDS: _l("Yes, this is ours, and it stands."),
    Verdict.SUPERSEDED: _l("Yes, this is ours, but there is a newer edition."),
    Verdict.WITHDRAWN: _l("This was ours, but it was withdrawn. It does not stand any more."),
    Verdict.DRAFT: _l("This is a draft of ours: not for citation. The page of the report says what came of it."),
    Verdict.UNPUBLISHED: _l("These figures are ours, but they are not published yet."),
    Verdict.GIVEN_UP: _l("This was a draft of ours, and it was given up. It was never published and does not stand."),
}
NOTICES: Mapping[Verdict, str] = {
    Verdict.STANDS: "success",
    Verdict.SUPERSEDED: "note",
    Verdict.WITHDRAWN: "warning",
    Verdict.DRAFT: "warning",
    Verdict.UNPUBLISHED: "warning",
    Verdict.GIVEN_UP: "warning",
}
