"""What an organization is to a project."""

from enum import StrEnum


class PartnerRole(StrEnum):
    """What an organization does for a project."""

    LEAD = "lead"
    DELIVERY = "delivery"
    FUNDER = "funder"
    REFERRAL = "referral"
    MONITOR = "monitor"
