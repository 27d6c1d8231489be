"""What of a meeting has changed, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

CHANGED: Mapping[str, LazyString] = {
    "title": _l("its title"),
    "place": _l("the place"),
    "access": _l("how people get in"),
    "interpretation": _l("the languages"),
    "childcare": _l("what is offered for children"),
    "online_link": _l("the link to follow it online"),
}
