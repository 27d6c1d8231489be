"""Where a station stands."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, LineField


class StartForm(Form):
    """The name of the place."""

    location = LineField(_("Where this computer stands"), most=120, least=3)
