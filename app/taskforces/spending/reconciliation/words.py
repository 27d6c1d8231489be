"""A reconciliation in plain words: its accounts, how a month stands, and what every check found."""

from collections.abc import Mapping

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.money import written
from app.taskforces.spending.chain import words as chain
from app.taskforces.spending.reconciliation.queries import Figures, Month
from app.taskforces.spending.reconciliation.rules import Account, MonthState

ACCOUNTS: Mapping[Account, LazyString] = {
    Account.FREE: _l("With no project"),
    Account.HELD: _l("Held in reserve"),
    Account.ALLOCATED: _l("With projects"),
    Account.COMMITTED: _l("Promised in contracts"),
    Account.SPENT: _l("Paid"),
}

MONTHS: Mapping[MonthState, LazyString] = {
    MonthState.RECONCILED: _l("Reconciled"),
    MonthState.UNEXPLAINED: _l("Not explained"),
    MonthState.CHANGED: _l("Changed since"),
    MonthState.NOT_COMPARED: _l("Not compared"),
    MonthState.RUNNING: _l("Not over yet"),
    MonthState.NOTHING_PAID: _l("Nothing paid"),
}

TONES: Mapping[MonthState, str] = {
    MonthState.RECONCILED: "good",
    MonthState.UNEXPLAINED: "warning",
    MonthState.CHANGED: "warning",
    MonthState.NOT_COMPARED: "bad",
    MonthState.RUNNING: "waiting",
    MonthState.NOTHING_PAID: "quiet",
}


def checks(found: Figures) -> list[tuple[str, bool, str]]:
    """What was checked, whether it agrees, and what was found: the chain, the sums, the projects, the months."""
    return [
        (str(_("The chain of entries")), found.chain.break_ is None, _of_chain(found)),
        (str(_("The sums of the cycle")), all(each.agrees for each in found.totals), _of_totals(found)),
        (str(_("Each project and contract")), not _differing(found), _of_projects(found)),
        (str(_("The council’s books")), not found.unreconciled, _of_months(found)),
    ]


def of_month(month: Month, currency: str) -> str:
    """How a month stands against the council's books, in one sentence."""
    tied, paid = month.tie_out, written(month.paid_cents, currency)
    if month.state is MonthState.NOT_COMPARED:
        return str(_("%(amount)s was paid, and nobody has compared it with the council’s books.", amount=paid))
    if month.state is MonthState.RUNNING:
        return str(_("%(amount)s paid so far; it is compared once the month is over.", amount=paid))
    if tied is None:
        return str(_("The ledger has no payment in this month."))
    if month.state is MonthState.CHANGED:
        return str(_("A payment of this month was entered after it was compared. Compare it again."))
    if month.state is MonthState.UNEXPLAINED:
        return str(
            ngettext(
                "%(num)s difference of %(amount)s is not explained.",
                "%(num)s differences of %(amount)s in all are not explained.",
                tied.unexplained,
                amount=written(tied.unexplained_cents, currency),
            )
        )
    if not tied.differences:
        return str(_("The two books agree."))
    return str(ngettext("%(num)s difference, explained.", "%(num)s differences, all explained.", tied.differences))


def _of_chain(found: Figures) -> str:
    if found.chain.break_ is not None:
        return chain.break_words(found.chain.break_)
    if found.chain.begins > 1:
        return str(_("From entry %(number)s on every entry fits the one before it.", number=found.chain.begins))
    return str(
        ngettext("The one entry is what its hash says.", "All %(num)s entries fit together.", found.chain.entries)
    )


def _of_totals(found: Figures) -> str:
    wrong = [str(ACCOUNTS[each.account]) for each in found.totals if not each.agrees]
    if wrong:
        return str(_("These sums are not what the entries add up to: %(which)s.", which=", ".join(wrong)))
    return str(_("The entries, the projects added up and the sums as they are kept are the same, to the cent."))


def _of_projects(found: Figures) -> str:
    wrong = _differing(found)
    if wrong:
        return str(_("These sums are not what the entries add up to: %(which)s.", which=", ".join(wrong)))
    return str(
        ngettext(
            "The balance of the one project and its contracts is what the entries add up to.",
            "The balances of all %(num)s projects and their contracts are what the entries add up to.",
            len(found.projects),
        )
    )


def _differing(found: Figures) -> list[str]:
    return [each.code for each in found.projects if not each.agrees] + list(found.commitments_differ)


def _of_months(found: Figures) -> str:
    number = len(found.unreconciled)
    if number:
        return str(
            ngettext(
                "%(num)s month is open: not compared, changed since, or with a difference nobody has explained.",
                "%(num)s months are open: not compared, changed since, or with differences nobody has explained.",
                number,
            )
        )
    return str(_("Every month with a payment is compared, and every difference is explained."))
