"""Money is whole cents in an int; this module reads it from people and writes it for them."""

import re
from decimal import Decimal, InvalidOperation

from babel.numbers import get_currency_symbol
from flask_babel import format_currency, get_locale

from app.core.bidi import is_from_the_right, pieces_isolated

_SHAPE = re.compile(r"\d{1,3}(,\d{3})+(\.\d{1,2})?|\d+(\.\d{1,2})?", re.ASCII)
LARGEST_CENTS = 10**14


class NotMoney(ValueError):
    """The text is not an amount of money we can read without guessing."""


def parse_cents(text: str) -> int:
    """Cents from what a person types: `1200`, `1,200`, `1200.50`, `$ 1,200.50`.

    Raises NotMoney for anything else, negative or too large (10^14 cents): an amount is never guessed.
    """
    bare = text.strip().lstrip("$€£").strip().replace("\N{NO-BREAK SPACE}", "")
    if not _SHAPE.fullmatch(bare):
        raise NotMoney(text)
    try:
        cents = int(Decimal(bare.replace(",", "")) * 100)
    except InvalidOperation as reason:
        raise NotMoney(text) from reason
    if cents > LARGEST_CENTS:
        raise NotMoney(text)
    return cents


def as_typed(cents: int) -> str:
    """The text a form shows for an amount, so that reading it again gives the same cents."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}" if rest == 0 else f"{whole:,}.{rest:02d}"


def symbol(currency: str) -> str:
    """What stands before an amount that is typed, in the language of the page: `$`, `€`, `CHF`."""
    return get_currency_symbol(currency, get_locale())


def written(cents: int, currency: str) -> str:
    """Cents for people, in the language of the page: 1234500 cents USD → `$12,345`; cents only where there are any."""
    if cents % 100:
        amount = str(format_currency(cents / 100, currency))
    else:
        pattern = get_locale().currency_formats["standard"].pattern.replace(".00", "")
        amount = str(format_currency(cents // 100, currency, format=pattern, currency_digits=False))
    return pieces_isolated(amount) if is_from_the_right() else amount
