"""What we put into the fields of the infrastructure standard."""

from flask_babel import lazy_gettext as _l

from app.opendata.rules import Field

FIELDS = (
    Field(
        name="id",
        type="string",
        text=_l("The registered prefix of this site, if it has one, the neighborhood, the cycle, and the public id."),
    ),
    Field(name="updated", type="date-time", text=_l("The last update, or the day the project was opened.")),
    Field(name="title, description", type="string", text=_l("What it is called and what was promised.")),
    Field(
        name="status",
        type="string",
        text=_l(
            "preparation until planning is done; implementation while it is bought, built or paused; completion at"
            " handover; then completed or cancelled."
        ),
    ),
    Field(name="period", type="object", text=_l("From when it was opened to when it is done or expected to be.")),
    Field(
        name="locations",
        type="array",
        text=_l("Area and neighborhood by name; degrees, longitude first, only where everybody may see the spot."),
    ),
    Field(
        name="additionalClassifications",
        type="array",
        text=_l("The kind of safety project, by the neighborhood’s own list (x_safety)."),
    ),
    Field(name="budget.amount", type="object", text=_l("What the project has now, by its ledger.")),
    Field(
        name="parties",
        type="array",
        text=_l("Who leads it and who was promised money; private payees stand there only by what they do."),
    ),
    Field(
        name="budget.budgetBreakdown",
        type="array",
        text=_l("What was given, moved in and moved out, with the numbers of the entries; it adds up to the budget."),
    ),
    Field(name="contractingProcesses", type="array", text=_l("Each promise to pay: value, supplier, days, payments.")),
    Field(
        name="contractingProcesses.id",
        type="string",
        text=_l(
            "The OCID under which the council has published the contract, if a clerk has entered it; else, and for"
            " further promises on the same contract, an id of our own."
        ),
    ),
    Field(
        name="contractingProcesses.summary.ocid",
        type="string",
        text=_l("The same OCID, on every promise that stands on that contract; left out where there is none."),
    ),
    Field(
        name="contractingProcesses.summary.documents",
        type="array",
        text=_l("Where the council’s own publication of the contract is read, if that was entered."),
    ),
    Field(
        name="contractingProcesses.summary.contractValue",
        type="object",
        text=_l("What was promised first; every later change stands among the modifications."),
    ),
    Field(
        name="contractingProcesses.summary.modifications",
        type="array",
        text=_l("Each change of a promise that both sides signed: value before and after, and why."),
    ),
    Field(
        name="contractingProcesses.summary.transactions",
        type="array",
        text=_l("Each payment, with the number of its entry in the ledger; below zero where it was taken back."),
    ),
    Field(
        name="milestones.status",
        type="string",
        text=_l(
            "met once both sides agree, partiallyMet while one says so, notMet when the promised day is past, else"
            " scheduled."
        ),
    ),
    Field(name="milestones.dueDate", type="date-time", text=_l("The day that was promised, not the one expected now.")),
    Field(
        name="documents",
        type="array",
        text=_l("The page of the project, and its reports that stand: project page and completion report."),
    ),
    Field(
        name="forecasts",
        type="array",
        text=_l("How many milestones were to be done by each day: as promised, and as expected now."),
    ),
    Field(
        name="metrics",
        type="array",
        text=_l("How many milestones were done by each day, both sides agreeing, and what was paid so far by month."),
    ),
    Field(name="completion", type="object", text=_l("When it was finished, what it cost, and what was built.")),
)
