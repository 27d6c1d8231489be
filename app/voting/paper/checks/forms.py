"""What the observer is asked: the seed and the share, then what the paper says."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField
from app.voting.paper.checks.rules import SHARES
from app.voting.paper.checks.services import DrawSample
from app.voting.paper.forms import WholeNumberField


class DrawForm(Form):
    """By which seed the sample is drawn."""

    share_percent = RadioField(
        _("With no error found, it will be 95 percent sure that fewer than this share of the slips are wrong"),
        choices=[SelectChoice(str(share), f"{share}%") for share in SHARES],
        validators=[InputRequired(_("Choose one."))],
    )
    seed = LineField(
        _("Seed"),
        most=200,
        description=_("Throw dice in front of everybody and type what they show, or today's lottery."),
    )

    def command(self) -> DrawSample:
        """The answers as a command."""
        return DrawSample(seed=self.seed.data or "", share_percent=int(self.share_percent.data))


class CheckForm(Form):
    """What the paper of a drawn slip says."""

    batch = WholeNumberField(_("Batch"), least=1)
    line = LineField(_("Slip number, then what the paper says, best first"), most=200)
