"""How numbers are written for people, in the language of the page."""

from babel.numbers import format_decimal, format_percent
from flask_babel import get_locale


def numeral(number: int) -> str:
    """A whole number with its thousands apart: `1,234` in English, `1.234` in Spanish."""
    return format_decimal(number, locale=get_locale() or "en")


def percent(share: float) -> str:
    """A share of one in whole percent: `0.254` is `25%` in English, `25 %` in Spanish, on one line."""
    return format_percent(share, locale=get_locale() or "en")
