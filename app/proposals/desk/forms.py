"""The desk's page for one paper form, and the small ones beside it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, Field, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.core.access import Actor
from app.core.errors import DomainError, NoStanding
from app.core.forms import Form, LineField, PlainTextField
from app.core.languages import LANGUAGES
from app.cycles.queries import CycleFacts
from app.proposals.desk import queries, words
from app.proposals.desk.queries import Holder
from app.proposals.desk.rules import LEAST_CONTACT, LEAST_NAME, LINES, key_of
from app.proposals.desk.services import TakeBack, TypeIn
from app.proposals.forms import MOST_LINES, ProposalForm

Made = TypeVar("Made")
SOMEBODY_ELSE = "new"


class TypeInForm(ProposalForm):
    """A paper form on one page, in the order of the paper. Call `offer` and `at_desk` first."""

    number = LineField(_("Number written on the form"), most=20)
    received_on = DateField(_("Day it was received"), validators=[InputRequired(_("Please enter the day."))])
    language = SelectField(_("Language of the form"))
    was_helped = BooleanField(_("Somebody helped to write it"))
    has_account = RadioField(
        _("Who handed it in?"),
        choices=[
            SelectChoice("yes", _("A resident with an account here")),
            SelectChoice("no", _("Somebody without an account")),
        ],
        validators=[InputRequired(_("Please choose one."))],
    )
    account = LineField(_("E-mail, name or home address of the account"), least=0, most=300)
    public_name = LineField(_("Name as they want it shown"), least=0, most=120)
    person_id = RadioField(_("Who is it?"), choices=[], validate_choice=False)
    contact = LineField(_("How can officers reach them?"), least=0, most=200)

    def at_desk(self, cycle: CycleFacts, typist: Actor) -> None:
        """The cycle whose forms are typed in, and by whom; room for as many cost lines as the paper has."""
        self.cycle, self.typist = cycle, typist
        self.holder_id: int | None = None
        self.again: tuple[int, str] | None = None
        self.language.choices = [SelectChoice(each, LANGUAGES.get(each, each)) for each in cycle.languages]
        full = len(self.estimate.lines) == len(self.estimate.entries)
        while len(self.estimate.entries) < LINES or (full and len(self.estimate.entries) < MOST_LINES):
            self.estimate.append_entry()
            full = full and len(self.estimate.entries) % LINES != 0

    def validate(self, extra_validators: object = None) -> bool:
        """Each field for itself, then whether it is in already, and who handed it in."""
        good = super().validate(extra_validators)
        return all([self._is_new(), self._is_clear_who(), good])

    def accepted(self, verb: Callable[[], Made], *, keeps: bool = True) -> Made | None:
        """Every refusal but one of standing stands at a field, so that nothing that was typed is lost."""
        try:
            return super().accepted(verb)
        except NoStanding:
            raise
        except DomainError as refusal:
            self._wrong(self.estimate if refusal.field == "label" else self.number, refusal.message)
            return None

    def what_they_typed(self) -> TypeIn:
        """The answers as a command."""
        known = self.holder_id
        has_account = self.has_account.data == "yes"
        assert self.received_on.data is not None
        return TypeIn(
            words=self.command(),
            number=self.number.data or "",
            received_on=self.received_on.data,
            language=self.language.data,
            was_helped=bool(self.was_helped.data),
            account_id=known if has_account else None,
            known_id=None if has_account else known,
            public_name="" if has_account else self.public_name.data or "",
            contact=self.contact.data or "",
        )

    def _is_new(self) -> bool:
        self.again = queries.typed_before(self.cycle.id, key_of(self.number.data or ""))
        return self.again is None or self._wrong(self.number, words.typed_already(self.again[1]))

    def _is_clear_who(self) -> bool:
        if self.has_account.data == "yes":
            return self._is_account_clear(self.account.data or "")
        return self.has_account.data == "no" and self._is_name_clear(self.public_name.data or "")

    def _is_account_clear(self, typed: str) -> bool:
        found = queries.accounts(self.cycle.neighborhood_id, typed, self.typist) if typed else []
        if not found:
            return self._wrong(self.account, words.NOBODY_FOUND)
        if len(found) == 1 and found[0].is_certain:
            self.holder_id = found[0].id
            return True
        return self._is_chosen(found, [])

    def _is_name_clear(self, typed: str) -> bool:
        named = len(typed) >= LEAST_NAME or self._wrong(self.public_name, gettext("Please enter a name."))
        needed = gettext("Without an account this is the only way to tell them what was decided.")
        reachable = len(self.contact.data or "") >= LEAST_CONTACT or self._wrong(self.contact, needed)
        found = queries.without_account(self.cycle.neighborhood_id, typed) if named else []
        other = SelectChoice(SOMEBODY_ELSE, gettext("Somebody else of the same name"))
        clear = not found or self._is_chosen(found, [other])
        return named and reachable and clear

    def _is_chosen(self, found: Sequence[Holder], more: Sequence[SelectChoice]) -> bool:
        choices = [SelectChoice(str(each.id), _who(each)) for each in found]
        self.person_id.choices = [*choices, *more]
        if self.person_id.data not in [choice.value for choice in self.person_id.choices]:
            return self._wrong(self.person_id, words.WHO_IS_IT)
        self.holder_id = None if self.person_id.data == SOMEBODY_ELSE else int(self.person_id.data)
        return True

    def _wrong(self, field: Field, message: object) -> bool:
        field.errors = [*(each for each in field.errors if isinstance(each, str)), str(message)]
        return False


def _who(holder: Holder) -> str:
    return f"{holder.name} ({holder.detail})"


class TakeBackForm(Form):
    """What the signed paper says."""

    signed_on = DateField(_("Day on the signed paper"), validators=[InputRequired(_("Please enter the day."))])
    reason = PlainTextField(_("Why does its author take it back? Everybody will read it."), least=3, most=500)

    def command(self) -> TakeBack:
        """The answers as a command."""
        assert self.signed_on.data is not None
        return TakeBack(signed_on=self.signed_on.data, reason=self.reason.data or "")


class PlaceForm(Form):
    """Where forms are handed in."""

    place = LineField(_("Where are forms handed in, and when is it open?"), least=3, most=300)
