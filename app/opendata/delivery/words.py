"""What each column of the table of delivery means, and what each figure counts."""

from flask_babel import lazy_gettext as _l

from app.opendata.rules import Field

FIELDS = (
    Field(name="neighborhood", type="string", text=_l("Which neighborhood it is about.")),
    Field(name="first_on, last_on", type="date", text=_l("The quarter, by its first and last day.")),
    Field(
        name="figure",
        type="string",
        text=_l(
            "milestones_in_time: of those promised for the quarter, how many both sides saw done by their day."
            " questions_in_time: of the first answers of the quarter, how many came by their day. promised: in"
            " contracts, with changes. paid: less what was taken back. setbacks: those of the quarter."
        ),
    ),
    Field(name="value", type="number", text=_l("The value as it was printed; empty only where why_empty says why.")),
    Field(name="unit", type="string", text=_l("percent, setbacks, or the currency as ISO 4217 writes it.")),
    Field(name="counted", type="integer", text=_l("What the share is of, or how many there were.")),
    Field(name="why_empty", type="string", text=_l("nothing_to_count where nothing was due or answered.")),
    Field(name="as_of", type="date-time", text=_l("When the report was published.")),
    Field(name="report", type="string", text=_l("Code of the edition that printed it.")),
    Field(name="revision", type="integer", text=_l("Number of that edition; a correction is a higher one.")),
    Field(name="stands", type="string", text=_l("yes for the newest edition, no where a later one corrected it.")),
    Field(name="data_hash", type="string", text=_l("SHA-256 of the figures of that edition.")),
)
