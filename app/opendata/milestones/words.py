"""What each column of the table of milestones means."""

from flask_babel import lazy_gettext as _l

from app.opendata.rules import Field

FIELDS = (
    Field(name="cycle", type="integer", text=_l("Number of the cycle, as in its ledger.")),
    Field(name="year", type="integer", text=_l("The year of the cycle.")),
    Field(name="neighborhood", type="string", text=_l("Where the project is.")),
    Field(name="project", type="string", text=_l("Public id of the project, its own within the cycle.")),
    Field(name="number", type="integer", text=_l("Its place among the milestones of the project, from 1.")),
    Field(name="title", type="string", text=_l("What is to be done.")),
    Field(name="kind", type="string", text=_l("What kind of milestone it is.")),
    Field(name="lead", type="string", text=_l("The organization that leads it; empty where none is named.")),
    Field(name="done_means", type="string", text=_l("How everybody can tell that it is done.")),
    Field(name="promised_on", type="date", text=_l("The day that both sides promised.")),
    Field(name="expected_on", type="date", text=_l("The day that is expected now.")),
    Field(name="done_on", type="date", text=_l("The day it was done; empty until then.")),
    Field(name="timing", type="string", text=_l("ahead, expected_late, late, claimed, done or done_late.")),
    Field(name="days_late", type="integer", text=_l("Days behind the promise: so far, as expected, or in the end.")),
)
