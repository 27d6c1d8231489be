"""What a check of the chain found, in plain words."""

from flask_babel import gettext as _

from app.taskforces.spending.chain.queries import Checked
from app.taskforces.spending.chain.rules import Break, Fault


def finding(found: Checked) -> str:
    """One sentence on what a check found."""
    if found.holds and found.begins > 1:
        return str(
            _(
                "Checked just now: from entry %(number)s on every entry fits the one before it, and every sum is what"
                " the entries add up to. Take the whole ledger home to check the older ones.",
                number=found.begins,
            )
        )
    if found.holds:
        return str(
            _("Checked just now: every entry fits the one before it, and every sum is what the entries add up to.")
        )
    if found.break_ is None:
        return str(_("These sums are not what the entries add up to: %(which)s.", which=", ".join(found.sums_differ)))
    return break_words(found.break_)


def break_words(broken: Break) -> str:
    """One sentence on where a chain does not hold."""
    number = broken.number
    if broken.fault is Fault.NUMBER:
        return str(_("Entry %(number)s is missing, or not in its place.", number=number))
    if broken.fault is Fault.PREVIOUS:
        return str(_("Entry %(number)s does not fit the entry before it.", number=number))
    if broken.fault is Fault.HASH:
        return str(_("Entry %(number)s is not what its hash says.", number=number))
    return str(_("The chain ends before entry %(number)s, but it was longer.", number=number))
