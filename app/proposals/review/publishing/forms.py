"""What a second officer says, what is published, and how a cycle is reviewed."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, MoneyField, PlainTextField
from app.proposals.review.publishing.queries import ReadyRow, SettingsFacts
from app.proposals.review.publishing.rules import MOST_WORDS
from app.proposals.review.publishing.services import SettleReview

AGREE, SEND_BACK = "agree", "send_back"


class SecondForm(Form):
    """What a second officer says to a prepared finding."""

    answer = RadioField(
        _("What do you say?"),
        choices=[SelectChoice(AGREE, _("I agree")), SelectChoice(SEND_BACK, _("It should be looked at again"))],
        validators=[InputRequired(_("Please choose one."))],
    )
    reason = PlainTextField(
        _("If not: what should be looked at again?"),
        least=0,
        most=MOST_WORDS,
        description=_("Only officers read this."),
    )


class PublishForm(Form):
    """Which findings become public."""

    chosen = SelectMultipleField(
        _("Findings to publish"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, rows: Sequence[ReadyRow]) -> None:
        """Those on this page that have not changed since."""
        self.chosen.choices = [SelectChoice(row.id, f"{row.code} · {row.title}") for row in rows if not row.has_changed]


class SettingsForm(Form):
    """How the proposals of a cycle are reviewed."""

    second_above = MoneyField(
        _("Two officers decide above"),
        description=_("A finding about more than this stands only once another officer agrees. Leave empty for never."),
    )
    together = BooleanField(
        _("Publish decisions together"),
        description=_(
            "Officers prepare their decisions; a clerk or an officer publishes several at once, and only then does"
            " anybody else see them. Wishes for changes always go out at once."
        ),
    )

    def fill(self, settings: SettingsFacts) -> None:
        """Start from what holds."""
        self.second_above.data, self.together.data = settings.second_above_cents, settings.together

    def command(self) -> SettleReview:
        """The answers as a command."""
        return SettleReview(second_above_cents=self.second_above.data, together=bool(self.together.data))
