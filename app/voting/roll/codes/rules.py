"""What a postal code looks like, how long a visit lasts, and how often one may guess."""

import ipaddress
from datetime import timedelta
from enum import StrEnum
from functools import reduce

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
BITS = 64
LENGTH = 13
GROUPS = (5, 5, 4)
TRIES = 10
TRIES_UNDER_BRAKE = 3
WRONG_ON_THE_SITE = 300
"""So many wrong codes in a window, from wherever, and every place has fewer tries."""
WINDOW = timedelta(minutes=15)
IDLE = timedelta(minutes=15)
IDLE_AT_STATION = timedelta(minutes=3)
AFTER_CAST = timedelta(minutes=2)
MOST_CARDS = 1000


class Purpose(StrEnum):
    """What a postal code proves or allows."""

    RESIDENCE = "residence"
    VOTING = "voting"


class BatchStage(StrEnum):
    """Where a batch of cards is."""

    MAKING = "making"
    READY = "ready"
    TAKEN = "taken"
    REPLACED = "replaced"


LIVE = (BatchStage.READY, BatchStage.TAKEN)
"""The stages in which the codes of a batch work."""


def written(value: int) -> str:
    """A 64-bit value as it is printed: 13 characters and a check character, in groups."""
    digits = [(value >> shift) & 31 for shift in range(5 * (LENGTH - 1), -1, -5)]
    text = "".join(ALPHABET[digit] for digit in [*digits, _check(digits)])
    first, second, _third = GROUPS
    return "-".join((text[:first], text[first : first + second], text[first + second :]))


def read(typed: str) -> int | None:
    """The value of a code as somebody typed it; None where a character is wrong, missing or swapped with another."""
    plain = "".join(c for c in typed.upper() if c.isalnum()).translate(str.maketrans("OIL", "011"))
    if len(plain) != LENGTH + 1 or any(c not in ALPHABET for c in plain):
        return None
    *digits, check = (ALPHABET.index(c) for c in plain)
    value = reduce(lambda whole, digit: whole << 5 | digit, digits, 0)
    return value if _check(digits) == check and value < 1 << BITS else None


def place_of(address: str | None) -> str:
    """Where a try comes from: an IPv4 address, or the /64 network that one IPv6 household has."""
    try:
        where = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(where, ipaddress.IPv4Address):
        return str(where)
    return str(ipaddress.ip_network((where, 64), strict=False))


def _check(digits: list[int]) -> int:
    """A weighted sum in the field of 32 elements: it changes with any one character and with any two swapped."""
    return reduce(lambda total, digit: _times_two(total ^ digit), digits, 0)


def _times_two(value: int) -> int:
    # x⁵ = x² + 1
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 32 else doubled
