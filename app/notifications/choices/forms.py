"""Which mail somebody wants."""

from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form
from app.notifications.choices import words
from app.notifications.choices.rules import Topic


class ChoicesForm(Form):
    """One box for each topic; an empty one means no mail of it."""

    wanted = SelectMultipleField(
        _("Send me mail at once about"),
        choices=[SelectChoice(topic.value, words.TOPICS[topic]) for topic in Topic],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def topics(self) -> frozenset[Topic]:
        """What is ticked."""
        return frozenset(Topic(each) for each in self.wanted.data or ())
