"""What a clerk answers before letters are made: nothing, but only once."""

from app.core.forms import Form


class OrderForm(Form):
    """The button, which counts once however often it is pressed."""
