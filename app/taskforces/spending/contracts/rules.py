"""What an id of the Open Contracting Data Standard looks like, and why one is not taken (decision 52)."""

import re
from enum import StrEnum
from urllib.parse import urlsplit

LONGEST_ID, LONGEST_LINK = 120, 300
OCID = re.compile(r"ocds-[a-z0-9]{6}-[A-Za-z0-9][A-Za-z0-9._:/+-]*")
"""The prefix that is registered for whoever publishes, and their own id of the process."""


class WhyNot(StrEnum):
    """Why a published contract is not taken."""

    NOT_AN_OCID = "not_an_ocid"
    NOT_SAFE = "not_safe"
    LINK_ALONE = "link_alone"
    SAID_ALREADY = "said_already"


def why_not_link(
    ocid: str | None, url: str | None, *, now_is: tuple[str | None, str | None] = (None, None)
) -> WhyNot | None:
    """The first reason why this id and this link are not taken for a commitment, or None.

    Without an id what was said before (`now_is`) is taken back.
    """
    if (ocid, url) == now_is:
        return WhyNot.SAID_ALREADY
    if ocid is None:
        return None if url is None else WhyNot.LINK_ALONE
    if len(ocid) > LONGEST_ID or not OCID.fullmatch(ocid):
        return WhyNot.NOT_AN_OCID
    return None if url is None or is_safe(url) else WhyNot.NOT_SAFE


def is_safe(url: str) -> bool:
    """Whether it is a whole web address that is read safely and names no account."""
    if len(url) > LONGEST_LINK or any(each.isspace() or not each.isprintable() for each in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
