"""What is filled in about a short text."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField
from wtforms.fields import SelectChoice

from app.core.forms import Form, LineField, PlainTextField
from app.proposals.ballot_texts.services import TranslateText, WriteText
from app.proposals.ballot_texts.words import language_name


class WriteForm(Form):
    """A short text."""

    text = PlainTextField(
        _("What the ballot should say"),
        most=3000,
        description=_("At most 60 words: what will be done, where, and for whom. No promises beyond the price."),
    )
    language = SelectField(_("Language of this text"))

    def offer(self, languages: Sequence[str]) -> None:
        """The languages of the neighborhood."""
        self.language.choices = [SelectChoice(each, language_name(each)) for each in languages]

    def command(self) -> WriteText:
        """The answers as a command."""
        return WriteText(text=self.text.data or "", language=self.language.data)


class SeenForm(Form):
    """Which text was read: once there is another one, nothing happens to it unread."""

    text_id = HiddenField()

    @property
    def seen(self) -> int:
        """The id of the text that was read; 0 where the field was tampered with."""
        return int(self.text_id.data) if (self.text_id.data or "").isdecimal() else 0


class SettleForm(SeenForm):
    """Why a clerk settles it for a silent author."""

    reason = PlainTextField(
        _("How the author was asked, and why it is settled now"),
        least=20,
        most=1000,
        description=_("Everybody reads this beside the text, under your name."),
    )


class TranslateForm(SeenForm):
    """Title and text in another language."""

    title = LineField(_("Title"), most=120)
    text = PlainTextField(
        _("Short text"), most=3000, description=_("At most 60 words, and nothing that the approved text does not say.")
    )

    def command(self, language: str) -> TranslateText:
        """The answers as a command."""
        return TranslateText(
            text_id=self.seen, language=language, title=self.title.data or "", text=self.text.data or ""
        )
