"""What key holders fill in. A file can be one that lies in the folder, or any other of this machine."""

from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FileField, IntegerField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import EqualTo, InputRequired, Length, NumberRange, ValidationError

from ceremony import folders
from ceremony.folders import Kind
from ceremony.strength import LEAST, Weak, weakness

UNEQUAL = _("The two are not the same. Please type both anew.")
NEEDED = _("This is needed. Please fill it in.")
WEAK = {
    Weak.SHORT: _("Too short: please use at least %(n)d characters, for example four words.", n=LEAST),
    Weak.MONOTONOUS: _("Too few different characters."),
    Weak.FAMILIAR: _("Words that everybody tries first do not count. Please add some of your own."),
    Weak.DIGITS: _("Only digits and signs: please use letters too."),
}
MOST_CHARACTERS = 200


class ChoosesFiles(FlaskForm):
    """A form with one or more pairs of fields `NAME_stored` and `NAME_upload`."""

    KINDS: dict[str, Kind] = {}

    def __init__(self, folder: Path, **more: Any) -> None:
        super().__init__(**more)
        self.folder = folder
        for name, kind in self.KINDS.items():
            stored, lying = self[f"{name}_stored"], folders.names(folder, kind)
            stored.choices = [*((each, each) for each in lying), ("", _("Another file, chosen below"))]
            if not self.is_submitted():
                stored.data = lying[0] if lying else ""

    def file(self, name: str) -> bytes | None:
        """The chosen file: an uploaded one goes before one of the folder. None, with a line at the field, for none."""
        upload, stored = self[f"{name}_upload"], self[f"{name}_stored"]
        if upload.data and upload.data.filename:
            return bytes(upload.data.read())
        data = folders.read(self.folder, stored.data or "", self.KINDS[name])
        if data is None:
            self.refuse(f"{name}_upload", _("Please choose a file."))
        return data

    def refuse(self, field: str, reason: Any) -> None:
        """Say at a field what is wrong with it."""
        self[field].errors = [*self[field].errors, reason]


class MakeKeyForm(FlaskForm):
    """A passphrase, twice."""

    passphrase = PasswordField(_("Passphrase"), validators=[InputRequired(NEEDED), Length(max=MOST_CHARACTERS)])
    again = PasswordField(
        _("The same passphrase again"),
        validators=[InputRequired(NEEDED), EqualTo("passphrase", UNEQUAL)],
    )

    def validate_passphrase(self, field: PasswordField) -> None:
        """Refuse what could be guessed."""
        weak = weakness(field.data or "")
        if weak:
            raise ValidationError(WEAK[weak])


class RestoreForm(FlaskForm):
    """What stands on the paper backup, and the passphrase that shows it was typed well."""

    lines = TextAreaField(_("What stands on the paper"), validators=[InputRequired(NEEDED), Length(max=5000)])
    passphrase = PasswordField(_("Passphrase of this key"), validators=[InputRequired(NEEDED)])


class CheckForm(ChoosesFiles):
    """The clerk's key check, and the key that answers it."""

    KINDS = {"question": Kind.QUESTION, "key": Kind.KEY}
    question_stored = SelectField(_("Key check from the clerk"), validate_choice=False)
    question_upload = FileField(_("Another key check file"))
    key_stored = SelectField(_("Your key file"), validate_choice=False)
    key_upload = FileField(_("Another key file"))
    passphrase = PasswordField(_("Passphrase of this key"), validators=[InputRequired(NEEDED)])


class CountSetForm(ChoosesFiles):
    """The count set the clerk exported."""

    KINDS = {"set": Kind.COUNT_SET}
    set_stored = SelectField(_("Count set from the clerk"), validate_choice=False)
    set_upload = FileField(_("Another count set file"))


class AddKeyForm(ChoosesFiles):
    """One key holder's key, at the opening."""

    KINDS = {"key": Kind.KEY}
    key_stored = SelectField(_("Your key file"), validate_choice=False)
    key_upload = FileField(_("Another key file"))
    passphrase = PasswordField(_("Passphrase of this key"), validators=[InputRequired(NEEDED)])


class DrillForm(FlaskForm):
    """How large the invented vote is."""

    threshold = IntegerField(
        _("How many keys open the envelopes"), default=2, validators=[InputRequired(NEEDED), NumberRange(1, 9)]
    )
    ballots = IntegerField(
        _("How many ballots are invented"), default=40, validators=[InputRequired(NEEDED), NumberRange(1, 20000)]
    )
    name = StringField(_("Name of the invented vote"), default="Drill", validators=[Length(max=60)])
