"""What somebody fills in who asks, and what the desk types in from paper."""

from collections.abc import Iterable
from typing import Any

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired

from app.accounts.forms import is_address
from app.core.forms import Form, LineField, PlainTextField, clean, offered
from app.core.languages import LANGUAGES
from app.taskforces.questions import words
from app.taskforces.questions.asking.queries import About
from app.taskforces.questions.asking.services import Ask, TypeIn
from app.taskforces.questions.rules import LEAST_TEXT, MOST_TEXT, Subject


class AskForm(Form):
    """A question. Call `offer` first."""

    about = SelectField(_("What is it about?"))
    text = PlainTextField(
        _("Your question"),
        least=LEAST_TEXT,
        most=MOST_TEXT,
        description=_("One question at a time. Do not name neighbors, and do not report crimes here: call 911."),
    )
    public_name = LineField(
        _("Name to show"), least=0, most=60, description=_("A first name is enough. Empty: “a resident”.")
    )
    language = SelectField(_("Language of your question"))
    email = StringField(
        _("E-mail address for the answer"),
        filters=[clean],
        description=_("Nobody sees it but the mail machine, and it is deleted two weeks after the question is closed."),
    )
    by_mail = BooleanField(_("Mail me when something happens with it"), default=True)

    def offer(self, subjects: Iterable[About], chosen: str) -> None:
        """What one can ask about in this place, `chosen` first; and the languages."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in subjects:
            groups.setdefault(str(words.SUBJECTS[each.subject]), []).append((each.key, each.name))
        self.about.choices = [SelectChoice(*pair, optgroup=group) for group, pairs in groups.items() for pair in pairs]
        self.language.choices = offered(LANGUAGES.items())
        if not self.is_submitted():
            self.about.data = chosen or next(key for pairs in groups.values() for key, _name in pairs)
            self.language.data = str(get_locale() or "en")

    def validate_email(self, field: StringField) -> None:
        """An address has the shape of one; none is fine."""
        if field.data and (len(field.data) > 254 or not is_address(field.data)):
            raise ValidationError(gettext("Enter an e-mail address like name@example.org."))

    def command(self) -> Ask:
        """The answers as a command."""
        subject, _dash, id_ = self.about.data.rpartition("-")
        return Ask(
            subject=Subject(subject),
            subject_id=int(id_),
            text=self.text.data or "",
            language=self.language.data,
            public_name=self.public_name.data or "",
            email=(self.email.data or "").lower(),
            to_account=bool(self.by_mail.data),
        )


class TypeInForm(AskForm):
    """A question on paper, on one page in the order of the paper."""

    received_on = DateField(_("Day it was handed in"), validators=[InputRequired(_("Please enter the day."))])
    otherwise = LineField(
        _("How else do they hear the answer?"),
        least=0,
        most=200,
        description=_("For example a telephone number, or: comes by on Fridays. Only the office sees it."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; and one way to reach them is enough."""
        good = bool(super().validate(extra_validators))
        if self.email.data and self.otherwise.data:
            self.otherwise.errors = [gettext("Please choose one: mail, or another way.")]
            return False
        return good

    def typed(self) -> TypeIn:
        """The answers as a command."""
        assert self.received_on.data is not None
        return TypeIn(ask=self.command(), received_on=self.received_on.data, otherwise=self.otherwise.data or "")
