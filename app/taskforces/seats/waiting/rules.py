"""The kinds of things that wait in the seats of task forces."""

from enum import StrEnum


class Wait(StrEnum):
    """Something that waits for somebody."""

    OFFER = "offer"
    CONSTITUTING = "constituting"
    VACANCY = "vacancy"
    TERM = "term"
    CHARTER = "charter"
