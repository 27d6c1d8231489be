"""Why a published contract is not taken, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.spending.contracts.rules import WhyNot

WHY_NOT: Mapping[WhyNot, LazyString] = {
    WhyNot.NOT_AN_OCID: _l(
        "This is no OCID. It begins with ocds-, then come the six small letters or digits of whoever publishes, a"
        " hyphen, and the id of the process: ocds-213czf-2026-0114."
    ),
    WhyNot.NOT_SAFE: _l("Enter a whole address that begins with https://."),
    WhyNot.LINK_ALONE: _l("A link needs the id of the contract. Enter both, or none."),
    WhyNot.SAID_ALREADY: _l("Nothing here is new. Enter the id of the contract as the council publishes it."),
}
