"""What follows from an interest, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.interests.rules import Effect

EFFECTS: Mapping[Effect, LazyString] = {
    Effect.RECUSE: _l("Does not sign or vote on it"),
    Effect.NOTE: _l("On record only"),
}
