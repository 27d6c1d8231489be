"""What stands beside an entry where the ledgers of all cycles are one file."""

from flask_babel import lazy_gettext as _l

from app.opendata.rules import Field

FIELDS = (
    Field(name="year", type="integer", text=_l("The year of the cycle; only in the file of all cycles.")),
    Field(name="neighborhood", type="string", text=_l("Whose money it is; only in the file of all cycles.")),
    Field(
        name="currency",
        type="string",
        text=_l("The currency, as ISO 4217 writes it; only in the file of all cycles."),
    ),
    Field(
        name="ocid",
        type="string",
        text=_l(
            "Id of the contract behind the commitment, where the council publishes it by the Open Contracting standard;"
            " entered by a clerk, who may correct it, so it is no part of the chain; only in the file of all cycles."
        ),
    ),
)
"""The columns after the hash: they say where an entry belongs and are no part of what is hashed."""
