"""What both sides sign, in plain words: by name, how it ended, and why somebody may not."""

from collections.abc import Collection, Mapping, Sequence
from textwrap import shorten

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.taskforces.seats.rules import Side
from app.taskforces.seats.words import SIDES
from app.taskforces.signing.rules import Ending, MatterKind, Outcome, Verdict, WhyNot

MATTERS: Mapping[MatterKind, LazyString] = {
    MatterKind.BASELINE: _l("Make the plan the promise"),
    MatterKind.CANCELLATION: _l("Cancel the project"),
    MatterKind.COMMITMENT: _l("Promise money in a contract"),
    MatterKind.COMMITMENT_CHANGE: _l("Change what a contract promises"),
    MatterKind.COMPLETION: _l("Complete the project"),
    MatterKind.CONTINGENCY: _l("Release money kept in reserve"),
    MatterKind.EXPENSE: _l("Pay a large amount"),
    MatterKind.MINUTES: _l("Approve the minutes"),
    MatterKind.PAUSE: _l("Pause the project"),
    MatterKind.REALLOCATION: _l("Move money from one project to another"),
    MatterKind.REPORT: _l("Publish a report"),
    MatterKind.RESUMPTION: _l("Resume the project"),
    MatterKind.RETURN: _l("Return money to the pot"),
    MatterKind.SETBACK_ACCEPTED: _l("Accept a setback without correcting it"),
    MatterKind.SETBACK_PLAN: _l("Agree on what is done about a setback"),
}

PROPOSER = _l("Only whoever proposed it can withdraw it.")

ENDINGS: Mapping[Ending, LazyString] = {
    Ending.EXECUTED: _l("Signed by both sides"),
    Ending.REJECTED: _l("Rejected by a side"),
    Ending.WITHDRAWN: _l("Taken back by whoever proposed it"),
    Ending.EXPIRED: _l("Expired: not everybody signed in time"),
    Ending.OVERRIDDEN: _l("Decided by the council"),
}

VERDICTS: Mapping[Verdict, LazyString] = {
    Verdict.APPROVE: _l("I agree"),
    Verdict.REJECT: _l("I do not agree"),
    Verdict.ABSTAIN: _l("I abstain"),
}

OUTCOMES: Mapping[Outcome, LazyString] = {
    Outcome.STANDS_IN: _l("The council stands in for the missing side: it happens"),
    Outcome.DECLINED: _l("The council does not stand in: it does not happen"),
}

SAID: Mapping[Verdict, LazyString] = {
    Verdict.APPROVE: _l("Agreed"),
    Verdict.REJECT: _l("Did not agree"),
    Verdict.ABSTAIN: _l("Abstained"),
}

TONES: Mapping[Ending, str] = {
    Ending.EXECUTED: "good",
    Ending.REJECTED: "bad",
    Ending.WITHDRAWN: "quiet",
    Ending.EXPIRED: "quiet",
    Ending.OVERRIDDEN: "warning",
}

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.ENDED: _l("This is settled already: it cannot be signed any more."),
    WhyNot.OVERDUE: _l("The last day to sign has passed. Propose it anew."),
    WhyNot.NO_SEAT: _l("Only who chairs a side of this task force, or stands in for them, signs for it."),
    WhyNot.SIGNED_ALREADY: _l("Your side has signed already."),
    WhyNot.OTHER_SIDE: _l("You have signed for the other side. Nobody signs for both."),
    WhyNot.CHANGED: _l(
        "This has changed since you read it. Look at it again; if it cannot be signed, propose it anew."
    ),
    WhyNot.NOT_FRESH: _l("Before you sign, confirm that it is you."),
    WhyNot.NO_SECOND_FACTOR: _l("Before you sign for a task force, connect an authenticator app to your account."),
    WhyNot.OTHER_SHEET: _l("The code on the sheet is not that of this agreement. Compare what is printed on both."),
    WhyNot.NOT_THAT_DAY: _l("The day on the sheet lies between the day it was proposed and today."),
    WhyNot.ASKED_ALREADY: _l("The council has been asked about this already."),
    WhyNot.OWN_SIDE_SILENT: _l("Sign for your own side first: the council stands in for one side, never for both."),
    WhyNot.TOO_LATE: _l("It ended more than four weeks ago. Propose it anew."),
    WhyNot.NOT_ASKED: _l("Nobody waits for the council's decision about this."),
    WhyNot.TOO_EARLY: _l("The other side still has time. Ask the council in the last two days, or when they said no."),
    WhyNot.AGREED_SINCE: _l("The same has been proposed anew since. Look at that agreement; it is not done twice."),
    WhyNot.NO_STATEMENT: _l("Say why, in at least 20 characters. Everybody will read it."),
}


def after_signing(ending: Ending | None) -> str:
    """What whoever has just signed is told."""
    if ending is Ending.REJECTED:
        return str(_("You did not agree, so nothing happens with it. Everybody can read why."))
    return str(ENDINGS[ending]) if ending else str(_("You have signed. The other side is asked to."))


def brief(lines: Sequence[tuple[str, str]]) -> str:
    """The first two lines of what is agreed and the amount, to tell agreements of a kind apart in a list."""
    amount = str(_("Amount"))
    shown = [*lines[:2], *(line for line in lines[2:] if line[0] == amount)]
    return " · ".join(f"{name}: {shorten(said, 80, placeholder=' …')}" for name, said in shown)


def waits_for(missing: Collection[Side]) -> str:
    """Whose signature an open agreement waits for; none is missing where a side has abstained."""
    names = ", ".join(str(SIDES[side]) for side in Side if side in missing)
    said: str = _("Signature missing: %(sides)s", sides=names) if names else _("Not agreed: a side has abstained")
    return said
