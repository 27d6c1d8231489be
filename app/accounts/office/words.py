"""How roles and the stages of a residence are called on a page."""

from flask_babel import lazy_gettext as _

from app.accounts.rules import ResidenceStage
from app.core.access import Role

ROLES = {
    Role.OFFICER: _("Officer (reviews and costs proposals)"),
    Role.CLERK: _("Clerk (people, cycles and votes)"),
    Role.OBSERVER: _("Observer (certifies with the clerk)"),
    Role.OVERSEER: _("Overseer (complaints)"),
    Role.ADMIN: _("Administrator (sees the office)"),
}
STAGES = {
    ResidenceStage.REGISTERED: _("Waiting"),
    ResidenceStage.VERIFIED: _("Verified"),
    ResidenceStage.REFUSED: _("Refused"),
    "all": _("All"),
}
