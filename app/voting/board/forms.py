"""What a second member is asked: whether to agree with exactly what the page shows."""

from wtforms import HiddenField
from wtforms.validators import Length

from app.core.forms import Form


class ApproveForm(Form):
    """A button; the hash of the payload on the page travels with it."""

    seen = HiddenField(validators=[Length(min=64, max=64)])
