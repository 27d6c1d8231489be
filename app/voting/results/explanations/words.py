"""What a result's explanation says in a sentence: the nearest miss of an option, or the margin it was funded with."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.money import written
from app.voting.counting.misses import NearestMiss
from app.voting.results.rules import Ending, OptionEnding


def nearest(miss: NearestMiss, ending: OptionEnding, currency: str) -> str:
    """One or two sentences; empty where a price or a ballot could have changed nothing (withdrawn, without cost)."""
    if ending.ending is Ending.WITHDRAWN or (ending.funded and not ending.cost_cents):
        return ""
    if ending.funded:
        return _margin(miss, ending, currency)
    parts = [_price(miss, ending, currency), _ballots(miss, ending)]
    return " ".join(part for part in parts if part)


def _margin(miss: NearestMiss, ending: OptionEnding, currency: str) -> str:
    most = miss.largest_cost_cents or ending.cost_cents
    if most <= ending.cost_cents:
        return str(_("It would not have been funded at a higher cost."))
    more = written(most - ending.cost_cents, currency)
    sums = {"most": written(most, currency), "more": more}
    return str(_("It would still have been funded if it had cost up to %(most)s: %(more)s more.", **sums))


def _price(miss: NearestMiss, ending: OptionEnding, currency: str) -> str:
    if miss.largest_cost_cents is None:
        return str(_("No lower cost would have changed that."))
    less = written(ending.cost_cents - miss.largest_cost_cents, currency)
    most = written(miss.largest_cost_cents, currency)
    return str(_("It would have been funded at a cost of %(most)s or less: %(less)s less.", most=most, less=less))


def _ballots(miss: NearestMiss, ending: OptionEnding) -> str:
    if ending.ending is Ending.DEARER_THAN_THE_POT:
        return ""
    if miss.extra_ballots is None:
        return str(
            ngettext(
                "Even %(num)d more ballot that ranks only this project would not have been enough.",
                "Even %(num)d more ballots that rank only this project would not have been enough.",
                miss.extra_cap,
            )
        )
    return str(
        ngettext(
            "%(num)d more ballot that ranks only this project would have funded it.",
            "%(num)d more ballots that rank only this project would have funded it.",
            miss.extra_ballots,
        )
    )
