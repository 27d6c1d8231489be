"""Ledger entries in plain words, and a project's money as a picture with its table."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core.charts.bars import Bar, Limit, pot_bar
from app.core.charts.fills import Fill
from app.core.money import written
from app.taskforces.spending.rules import Balance, EntryKind, Refusal

KINDS: Mapping[EntryKind, LazyString] = {
    EntryKind.ALLOCATE: _l("Given by the vote"),
    EntryKind.COMMIT: _l("Promised in a contract"),
    EntryKind.EXPENSE: _l("Paid"),
}

REFUSALS: Mapping[Refusal, LazyString] = {
    Refusal.OVER_ALLOCATION: _l("That is more than the project was given."),
    Refusal.OVER_COMMITMENT: _l("That is more than was promised. Enter the commitment first."),
    Refusal.BELOW_SPENT: _l("More than that has already been paid."),
    Refusal.BELOW_ZERO: _l("That takes back more than was entered."),
}


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
    return pot_bar(title, rows, total=Limit(value=balance.allocated_cents, shown=given), width=420)
