"""What is filled in for a picture: the file, what it shows, and who can be recognized in it."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.forms import Form, LineField, PlainTextField
from app.taskforces.updates.pictures.rules import LEAST_WORDS, MOST_WORDS, People
from app.taskforces.updates.pictures.services import AddPicture


class PictureWordsForm(Form):
    """What a picture shows."""

    words = LineField(
        _("What does it show?"),
        least=LEAST_WORDS,
        most=MOST_WORDS,
        description=_("One sentence for people who cannot see it, for example: Two of the six lamps, lit at dusk."),
    )


class PictureForm(PictureWordsForm):
    """One picture, what it shows, and who can be recognized in it."""

    people = RadioField(
        _("Can anybody be recognized in it?"),
        choices=[
            SelectChoice(People.NOBODY.value, _("No")),
            SelectChoice(
                People.AGREED.value, _("Yes, and each of them has agreed that it is shown; for a child, a guardian too")
            ),
        ],
        validators=[InputRequired(_("Please choose one."))],
    )
    file = FileField(
        _("The picture"),
        validators=[FileRequired(_("Choose a picture first."))],
        description=_("JPEG, PNG or WebP, at most 12 MB. Where and when it was taken is removed from it."),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )

    def command(self) -> AddPicture:
        """The answers as a command."""
        return AddPicture(file=self.file.data.stream, words=self.words.data or "", people=People(self.people.data))


class TakeDownForm(Form):
    """Why a public picture goes."""

    reason = PlainTextField(
        _("Why is it taken down?"),
        least=10,
        most=500,
        description=_("Everybody reads this in its place. Please name nobody."),
    )
