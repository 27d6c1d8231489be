"""Kinds of organization, and when two are the same."""

from enum import StrEnum


class OrganizationKind(StrEnum):
    """What an organization is."""

    RESIDENTS = "residents"
    COUNCIL = "council"
    AGENCY = "agency"
    FAITH = "faith"
    SCHOOL = "school"
    CHARITY = "charity"
    BUSINESS = "business"
    OVERSIGHT = "oversight"
    OTHER = "other"


def plain(name: str) -> str:
    """The name as it is compared: in small letters, with single spaces."""
    return " ".join(name.split()).casefold()
