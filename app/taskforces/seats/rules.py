"""Sides, kinds of seat, and which kind belongs to which side."""

from collections.abc import Mapping
from enum import StrEnum


class Side(StrEnum):
    """The two sides of every task force."""

    COMMUNITY = "community"
    INSTITUTION = "institution"


class SeatKind(StrEnum):
    """What a seat is for."""

    CO_CHAIR = "co_chair"
    MEMBER = "member"
    OBSERVER = "observer"


PUBLISHES: Mapping[SeatKind, bool] = {SeatKind.CO_CHAIR: True, SeatKind.MEMBER: False, SeatKind.OBSERVER: False}
