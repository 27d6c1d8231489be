"""What the other side found, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.projects.claims.rules import Finding

FINDINGS: Mapping[Finding, LazyString] = {
    Finding.VERIFIED: _l("Verified"),
    Finding.RETURNED: _l("Sent back"),
}
NOT_YOURS = _l("Only the co-chairs of its task force can do this.")
OTHER_SIDE = _l("Rule 20: whoever claims a milestone done never verifies it. Somebody of the other side looks.")
