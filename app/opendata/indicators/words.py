"""What each column of the table of indicators means."""

from flask_babel import lazy_gettext as _l

from app.opendata.rules import Field

FIELDS = (
    Field(name="neighborhood", type="string", text=_l("Which neighborhood it is about.")),
    Field(
        name="indicator",
        type="string",
        text=_l("The neighborhood’s name in addresses, and the indicator’s number there."),
    ),
    Field(name="title", type="string", text=_l("What it is called, by the definition that the value was measured by.")),
    Field(
        name="definition",
        type="integer",
        text=_l("Version of the definition. Values of different versions are not to be compared."),
    ),
    Field(name="first_on, last_on", type="date", text=_l("The period, by its first and last day.")),
    Field(name="value", type="number", text=_l("The value; empty only where why_empty says why.")),
    Field(name="unit", type="string", text=_l("percent, days, hours, count, or per_thousand residents.")),
    Field(name="n", type="integer", text=_l("Of how many cases it is; empty where it is kept back.")),
    Field(name="numerator, denominator", type="integer", text=_l("Of a share: how many, and of how many.")),
    Field(
        name="why_empty",
        type="string",
        text=_l("few where the value is of fewer cases than least_shown; nothing_to_count where there was none."),
    ),
    Field(name="least_shown", type="integer", text=_l("Values of fewer cases are kept back.")),
    Field(name="state", type="string", text=_l("provisional or final.")),
    Field(name="as_of", type="date-time", text=_l("When it was entered.")),
    Field(name="revision", type="integer", text=_l("1 for the first value of a period; a correction is a higher one.")),
    Field(name="stands", type="string", text=_l("yes for the newest value of a period, no where it was corrected.")),
    Field(name="note", type="string", text=_l("Why it was corrected, or where it comes from.")),
    Field(name="better", type="string", text=_l("Which way is better: up, down or neither.")),
    Field(name="target", type="number", text=_l("Where the value should be; empty where no target was agreed.")),
    Field(name="frequency", type="string", text=_l("month, quarter, half_year or year.")),
    Field(name="formula", type="string", text=_l("How it is counted.")),
    Field(name="weakness", type="string", text=_l("What it does not show.")),
    Field(name="source, owner", type="string", text=_l("Where the numbers come from, and who answers for them.")),
    Field(
        name="source_hash",
        type="string",
        text=_l("SHA-256 of the file it was taken from, which is not kept; or empty."),
    ),
)
