"""The verbs of the desk: type a paper form in, take its proposal back, and say where forms are handed in."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Person, Residence
from app.accounts.rules import ResidenceStage
from app.accounts.services import person_without_account
from app.core.access import Actor
from app.core.clock import deadline_now, now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles.queries import CycleFacts
from app.proposals import services as proposals
from app.proposals.contacts.models import ProposalContact
from app.proposals.desk import policies, queries, words
from app.proposals.desk.events import FormDeskNamed, PaperProposalTypedIn
from app.proposals.desk.models import FormDesk, PaperForm
from app.proposals.desk.rules import WhyNotTyped, key_of, today_in, why_not_received, why_shut
from app.proposals.limits.queries import why_no_more
from app.proposals.limits.services import ensure_cost
from app.proposals.models import Proposal
from app.proposals.rules import Stage
from app.proposals.services import WriteProposal


@dataclass(frozen=True, kw_only=True)
class TypeIn:
    """A paper form: its words, and who handed it in.

    `account_id` is a resident's; without one, `known_id` is whoever handed in a form here before, else somebody new
    of that `public_name`.
    """

    words: WriteProposal
    number: str
    received_on: date
    language: str
    was_helped: bool
    account_id: int | None = None
    known_id: int | None = None
    public_name: str = ""
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class TakeBack:
    """What a signed paper says that takes a proposal back."""

    signed_on: date
    reason: str


def type_in(cycle_id: int, command: TypeIn, *, by: Actor) -> Proposal:
    """Make the proposal of a paper form public at once, with the next number; each form only once."""
    with transaction():
        cycle = proposals.locked_cycle(cycle_id)
        _ensure_may_be_typed(cycle, command, by)
        ensure_cost(command.words.estimate, cycle)
        holder = _holder(cycle, command, by)
        proposal = proposals.begun(cycle, command.words, author_id=holder.id)
        db.session.add(_form(proposal, command, holder, by))
        if command.contact:
            db.session.add(ProposalContact(proposal_id=proposal.id, words=command.contact, kept_at=now()))
        db.session.flush()
        facts = {"received_on": command.received_on, "form_key": key_of(command.number), "has_account": holder.active}
        proposals.make_public(proposal, cycle, by, PaperProposalTypedIn, **facts)
    return proposal


def take_back(proposal_id: int, command: TakeBack, *, by: Actor) -> Proposal:
    """Withdraw a proposal that came on paper, as its author asks on a signed paper; a second time changes nothing."""
    with transaction():
        proposal, cycle = proposals.opened(proposal_id, by)
        form = locked(PaperForm, proposal_id)
        if form is None:
            raise NotFound
        ensure_standing(policies.may_lead(by, cycle.neighborhood_id), str(words.ONLY_CLERK))
        if proposal.stage is Stage.WITHDRAWN:
            return proposal
        today = today_in(cycle, deadline_now())
        fits = form.received_on <= command.signed_on <= today
        early = _("The paper was signed between the day the form came in and today. Please check the day.")
        ensure(fits, "not_that_day", early, field="signed_on")
        proposals.take_back(proposal, cycle, reason=command.reason, by=by)
        form.taken_back_on = command.signed_on
        db.session.flush()
    return proposal


def name_desk(cycle_id: int, place: str, *, by: Actor) -> None:
    """Say where paper forms of a cycle are handed in; it is printed on the form."""
    with transaction():
        cycle = proposals.locked_cycle(cycle_id)
        ensure_standing(policies.may_lead(by, cycle.neighborhood_id), str(words.ONLY_CLERK))
        if queries.place(cycle_id) == place:
            return
        db.session.merge(FormDesk(cycle_id=cycle_id, place=place))
        db.session.flush()
        publish(FormDeskNamed(actor_id=by.id, cycle_id=cycle_id, place=place))


def _ensure_may_be_typed(cycle: CycleFacts, command: TypeIn, by: Actor) -> None:
    ensure_standing(policies.may_type(by, cycle.neighborhood_id), str(words.ONLY_OFFICE))
    key, moment = key_of(command.number), deadline_now()
    ensure(bool(key), "no_number", _("A number has at least one letter or digit."), field="number")
    _ensure_no_reason(why_shut(cycle, moment) or why_not_received(cycle, command.received_on, moment))
    ensure(command.language in cycle.languages, "no_language", _("Choose one of the languages."), field="language")
    before = queries.typed_before(cycle.id, key)
    if before is not None:
        raise DomainError("typed_already", words.typed_already(before[1]), field="number")


def _ensure_no_reason(reason: WhyNotTyped | None) -> None:
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_NOT[reason]), field="received_on")


def _holder(cycle: CycleFacts, command: TypeIn, by: Actor) -> Person:
    """Whoever handed it in, with room for another proposal; refused at the field that says who."""
    if command.account_id is None and command.known_id is None:
        ensure(bool(command.public_name), "no_name", str(words.WHO_IS_IT), field="public_name")
        paper = f"form-{cycle.id}-{key_of(command.number)}"
        return person_without_account(command.public_name, command.language, paper=paper)
    id_ = command.account_id or command.known_id or 0
    ensure(id_ != by.id, "own_form", str(words.OWN), field="account")
    holder = db.session.get(Person, id_)
    known = _lives_here(id_, cycle) if command.account_id else _was_here_before(id_, cycle)
    field = "account" if command.account_id else "public_name"
    if holder is None or not known:
        raise DomainError("unknown_holder", str(words.WHO_IS_IT), field=field)
    ensure(not why_no_more(id_, cycle), "no_more_proposals", str(words.NO_MORE), field=field)
    return holder


def _lives_here(person_id: int, cycle: CycleFacts) -> bool:
    query = sa.exists().where(
        Residence.person_id == person_id,
        Residence.neighborhood_id == cycle.neighborhood_id,
        Residence.stage == ResidenceStage.VERIFIED,
        Person.id == Residence.person_id,
        Person.active,
    )
    return bool(db.session.scalar(sa.select(query)))


def _was_here_before(person_id: int, cycle: CycleFacts) -> bool:
    found = db.session.get(Person, person_id)
    if found is None:
        return False
    return any(each.id == person_id for each in queries.without_account(cycle.neighborhood_id, found.public_name))


def _form(proposal: Proposal, command: TypeIn, holder: Person, by: Actor) -> PaperForm:
    return PaperForm(
        proposal_id=proposal.id,
        cycle_id=proposal.cycle_id,
        number=command.number,
        key=key_of(command.number),
        holder_id=holder.id,
        typed_by_id=by.id,
        received_on=command.received_on,
        language=command.language,
        was_helped=command.was_helped,
        typed_at=now(),
    )
