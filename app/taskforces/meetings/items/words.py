"""What an item is for, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.taskforces.meetings.items.rules import Purpose

PURPOSES: Mapping[Purpose, LazyString] = {
    Purpose.INFORM: _l("To hear about it"),
    Purpose.DISCUSS: _l("To talk about it"),
    Purpose.DECIDE: _l("To decide"),
}
