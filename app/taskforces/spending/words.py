"""Ledger entries in plain words, and a project's money as a picture with its table."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core.charts.bars import Bar, Limit, pot_bar
from app.core.charts.fills import Fill
from app.core.money import written
from app.taskforces.spending.rules import RULE_OF, Balance, EntryKind, Refusal

KINDS: Mapping[EntryKind, LazyString] = {
    EntryKind.ALLOCATE: _l("Given by the vote"),
    EntryKind.COMMIT: _l("Promised in a contract"),
    EntryKind.COMMIT_CHANGE: _l("Contract changed"),
    EntryKind.CONTINGENCY_HOLD: _l("Held in reserve"),
    EntryKind.CONTINGENCY_RELEASE: _l("Released from the reserve"),
    EntryKind.EXPENSE: _l("Paid"),
    EntryKind.EXPENSE_REVERSAL: _l("Payment taken back"),
    EntryKind.EXTERNAL_IN: _l("Given from outside"),
    EntryKind.POT_IN: _l("Put into the pot"),
    EntryKind.REALLOCATE_IN: _l("Moved here from another project"),
    EntryKind.REALLOCATE_OUT: _l("Moved to another project"),
    EntryKind.RETURN_TO_POT: _l("Returned to the pot"),
}

REFUSALS: Mapping[Refusal, LazyString] = {
    Refusal.NOT_AN_AMOUNT: _l("Enter an amount above zero. To correct an entry, take it back with another one."),
    Refusal.TOO_LARGE: _l("No budget here is that large. Check the amount."),
    Refusal.OVER_POT: _l("The pot does not hold that much that is still free. Enter less, or return money first."),
    Refusal.OVER_RESERVE: _l("The reserve does not hold that much. Enter less."),
    Refusal.OVER_ALLOCATION: _l(
        "That is more than the project has left. Promise less, or have money moved or released to it first."
    ),
    Refusal.PROMISED_ALREADY: _l("That money is promised already. Enter less, or change a commitment first."),
    Refusal.OVER_COMMITMENT: _l("That is more than this commitment has left. Have the commitment changed first."),
    Refusal.BELOW_SPENT: _l("More than that has already been paid on this commitment. Take a payment back first."),
    Refusal.ENDED: _l(
        "This commitment has ended and its money has gone back. Have a new commitment signed before anything is paid."
    ),
    Refusal.REVERSAL_OF_REVERSAL: _l("Only a payment can be taken back. If it was right after all, enter it again."),
    Refusal.REVERSED_ALREADY: _l("This payment has been taken back already."),
    Refusal.NOT_WHOLE: _l("A payment is taken back as a whole. Enter the right amount as a new one afterwards."),
}


def refusal(reason: Refusal) -> str:
    """Why an entry cannot be made and what to do, with the number of the rule."""
    rule = _("Rule %(number)s", number=RULE_OF[reason])
    return f"{REFUSALS[reason]} ({rule})"


def money_bar(balance: Balance, currency: str) -> Markup:
    """Paid, promised and not yet promised, as parts of what the project was given."""
    spent, committed = balance.spent_cents, max(0, balance.committed_cents - balance.spent_cents)
    left = max(0, balance.left_cents)
    parts = [
        (_("Paid"), spent, Fill.SOLID),
        (_("Promised, not yet paid"), committed, Fill.STRIPES),
        (_("Not yet promised"), left, Fill.BARE),
    ]
    title = _(
        "Of %(allocated)s, %(spent)s is paid, %(committed)s is promised, and %(left)s is not yet promised.",
        allocated=written(balance.allocated_cents, currency),
        spent=written(spent, currency),
        committed=written(committed, currency),
        left=written(left, currency),
    )
    rows = [Bar(label=label, value=cents, shown=written(cents, currency), fill=fill) for label, cents, fill in parts]
    given = _("Given: %(amount)s", amount=written(balance.allocated_cents, currency))
    return pot_bar(title, rows, total=Limit(value=balance.allocated_cents, shown=given), width=360)
