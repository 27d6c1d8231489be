"""Why a project cannot take a step, in plain words; each says what to do next."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.projects.stages.rules import WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.NOT_A_STEP: _l("A project moves one step at a time and never back."),
    WhyNot.OTHER_HAND: _l("This step is taken by somebody else: see who on the project's page."),
    WhyNot.YEAR_CLOSED: _l("The budget year is closed: its projects cannot begin any more."),
    WhyNot.PROVISIONAL: _l(
        "Objections to the result are still heard. The project can be handed over once the result is final."
    ),
    WhyNot.NO_TASK_FORCE: _l("Choose a task force that has been constituted."),
    WhyNot.NO_LEAD: _l("Name the organization that leads the work."),
    WhyNot.NO_MANAGER: _l("Name who manages the project."),
    WhyNot.NO_MILESTONES: _l("Add at least one milestone first: a baseline without a date promises nothing."),
    WhyNot.NO_PLAN_MILESTONE: _l(
        "Add a milestone of the kind “Approval”: by which day is the plan itself approved? Work begins after it."
    ),
    WhyNot.NO_DELIVERY_MILESTONE: _l("Add a milestone of the kind “Delivery”: something that is there in the end."),
    WhyNot.PLAN_NOT_VERIFIED: _l(
        "First a milestone of the kind “Approval” has to be done and verified by the other side. "
        "If the promise has none, agree on a new baseline that has one."
    ),
    WhyNot.NO_REASON: _l("Say why, in at least 40 characters. Everybody will read it."),
    WhyNot.NO_COMMITMENT: _l("Delivery begins once at least one contract is in the ledger."),
    WhyNot.NOT_CLAIMED: _l("Every milestone of the kind “Delivery” has to be claimed done first."),
    WhyNot.OPEN_MILESTONES: _l("Every milestone has to be done and verified before the project is completed."),
    WhyNot.NO_SNAG_LIST: _l("Say what remains to be put right and by which day, or that nothing remains."),
    WhyNot.NO_REPORT: _l("First its completion report is published: that completes the project."),
    WhyNot.NO_RESTART: _l("Choose a day to come: when is it expected to go on?"),
    WhyNot.NOT_CONFIRMED: _l("Residents have not been asked yet whether it works (four weeks after completion)."),
    WhyNot.NOT_CHECKED: _l("It has not been checked yet twelve months after completion."),
}
