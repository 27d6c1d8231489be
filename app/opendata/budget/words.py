"""What each column of the budget table means."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from app.opendata.rules import Field

FIELDS = (
    Field(name="cycle", type="integer", text=_l("Number of the cycle, as in its ledger.")),
    Field(name="year", type="integer", text=_l("The year of the cycle.")),
    Field(name="neighborhood", type="string", text=_l("The neighborhood whose money it is.")),
    Field(name="project", type="string", text=_l("Public id of the project, its own within the cycle.")),
    Field(name="title", type="string", text=_l("What the project is called.")),
    Field(name="category", type="string", text=_l("The kind of safety project.")),
    Field(name="month", type="date", text=_l("The first day of the month in which it was entered as being about.")),
    Field(
        name="phase",
        type="string",
        text=_l(
            "approved: given by the vote. adjusted: moved in or out afterwards, from the reserve, from outside or back"
            " to the pot. executed: paid, less what was taken back."
        ),
    ),
    Field(name="amount", type="number", text=_l("Sum of the month in that phase; below zero where money left.")),
    Field(
        name="committed",
        type="number",
        text=_l(
            "Promised in contracts that month, with changes of promises. The standard has no phase for it, so it stands"
            " beside what was executed and is zero in the other phases."
        ),
    ),
    Field(name="currency", type="string", text=_l("The currency, as ISO 4217 writes it.")),
)

COLUMN_TYPES: Mapping[str, str] = {
    "year": "date:fiscal-year",
    "neighborhood": "administrative-classification:generic:level1:label",
    "project": "activity:generic:project:code",
    "title": "activity:generic:project:label",
    "category": "functional-classification:generic:level1:label",
    "month": "date:fiscal:activity-start",
    "phase": "phase:id",
    "amount": "value",
    "currency": "value-currency:code",
}
"""The fiscal concept of each column; the others have none in the standard."""
