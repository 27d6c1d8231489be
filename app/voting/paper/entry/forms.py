"""The one line that is typed for a slip."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from app.core.forms import Form, LineField


class SlipForm(Form):
    """A slip's number and what is on it; `again` carries a third look's first line."""

    line = LineField(_("Slip number, then the options, best first"), most=200)
    again = HiddenField()
