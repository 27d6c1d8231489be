"""Why something goes beyond the limits of a cycle, with what would not."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.money import written
from app.cycles.rules import CycleFacts
from app.proposals.limits.rules import WhyNotThisMuch


def why_not_this_much(reason: WhyNotThisMuch, cycle: CycleFacts) -> str:
    """Why an estimate cannot stand, with the sum that could."""
    if reason is WhyNotThisMuch.TOO_LITTLE:
        least = written(cycle.least_cost_cents or 0, cycle.currency)
        return str(_("In this cycle a proposal costs at least %(sum)s.", sum=least))
    if reason is WhyNotThisMuch.TOO_MUCH:
        most = written(cycle.most_cost_cents or 0, cycle.currency)
        return str(_("In this cycle a proposal costs %(sum)s at the most.", sum=most))
    pot = written(cycle.spendable_cents, cycle.currency)
    return str(_("The lines come to more than the whole pot can pay, which is %(sum)s.", sum=pot))


def no_more(most: int) -> str:
    """Why somebody cannot send another proposal, and what they can do."""
    message = ngettext(
        "In this cycle each person may have %(num)s proposal, and you have it already. You can withdraw yours, or ask "
        "to join this idea into another proposal.",
        "In this cycle each person may have %(num)s proposals, and you have them already. You can withdraw one, or "
        "join two into one.",
        most,
    )
    return str(message)
