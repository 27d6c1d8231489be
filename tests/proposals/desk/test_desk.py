"""Typing paper forms in: each once, for whoever handed it in, and nobody without an account signs in or gets mail."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts import services as accounts
from app.accounts.models import Person
from app.accounts.queries import actor_of, person_with_email
from app.accounts.rules import NOWHERE
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, NotFound
from app.notifications import queries as mail
from app.notifications import services as notifications
from app.notifications.models import Message
from app.notifications.rules import MailKind
from app.proposals.contacts.models import ProposalContact
from app.proposals.desk import services
from app.proposals.desk.models import PaperForm
from app.proposals.desk.rules import key_of
from app.proposals.desk.services import TakeBack
from app.proposals.names.models import WithheldWords
from app.proposals.review import services as reviews
from app.proposals.review.assigning import rules as assigning
from app.proposals.review.assigning.rules import Barred, Bars, why_kept_away
from app.proposals.rules import Stage
from tests import make
from tests.proposals.desk.forms import CONTACT, paper, today_of
from tests.proposals.said import finding, words


@pytest.fixture
def cycle(app):
    return make.cycle()


@pytest.fixture
def clerk(app):
    return make.actor(Role.CLERK)


def refused(cycle, command, by):
    """The code and the field of a refusal."""
    with pytest.raises(DomainError) as refusal:
        services.type_in(cycle.id, command, by=by)
    return refusal.value.code, refusal.value.field


def messages_to(person_id):
    return db.session.scalar(sa.select(sa.func.count()).where(Message.person_id == person_id))


def test_a_form_is_public_at_once_with_its_contact_kept_apart(cycle, clerk):
    made = services.type_in(cycle.id, paper(cycle), by=clerk)
    form = db.session.get(PaperForm, made.id)
    assert (made.stage, made.number, made.author.public_name) == (Stage.SUBMITTED, 1, "Old Jo")
    assert (form.typed_by_id, form.received_on, form.key) == (clerk.id, today_of(cycle), "12")
    assert db.session.get(ProposalContact, made.id).words == CONTACT
    entries = list(db.session.scalars(sa.select(AuditEntry)))
    assert [entry.kind for entry in entries] == ["PaperProposalTypedIn"]
    assert CONTACT not in str(entries[0].body) and "Old Jo" not in str(entries[0].body)


def test_somebody_without_an_account_never_signs_in(cycle, clerk):
    author = services.type_in(cycle.id, paper(cycle), by=clerk).author
    assert author.email.endswith(NOWHERE) and not author.active and author.password is None
    assert person_with_email(author.email) is None
    with pytest.raises(NotFound):
        accounts.enter_demo(author.id)
    with pytest.raises(IntegrityError, match="nobody_signs_in_from_nowhere"), transaction():
        db.session.execute(sa.update(Person).where(Person.id == author.id).values(active=True))


def test_no_mail_is_left_for_somebody_without_an_account(cycle, clerk):
    made = services.type_in(cycle.id, paper(cycle), by=clerk)
    reviews.review(made.id, finding(), by=make.actor(Role.OFFICER))
    assert messages_to(made.author_id) == 0


def test_the_check_notices_mail_to_nowhere(cycle, clerk, monkeypatch):
    monkeypatch.setattr(notifications, "without_account", lambda people: set())
    made = services.type_in(cycle.id, paper(cycle), by=clerk)
    assert messages_to(made.author_id) == 1
    message = db.session.scalar(sa.select(Message).where(Message.person_id == made.author_id))
    assert mail.letter(message.id) is None


def test_a_resident_with_an_account_is_the_author_and_hears_of_it(cycle, clerk):
    resident = make.person(resident_of=cycle.neighborhood)
    made = services.type_in(cycle.id, paper(cycle, account_id=resident.id), by=clerk)
    kinds = list(db.session.scalars(sa.select(Message.kind).where(Message.person_id == resident.id)))
    assert made.author_id == resident.id and kinds == [MailKind.PROPOSAL_RECEIVED]


def test_nobody_from_elsewhere_is_made_an_author(cycle, clerk):
    for stranger in (make.person(), make.person(resident_of=make.neighborhood())):
        assert refused(cycle, paper(cycle, account_id=stranger.id), clerk) == ("unknown_holder", "account")
        assert refused(cycle, paper(cycle, known_id=stranger.id), clerk) == ("unknown_holder", "public_name")


def test_nobody_types_in_their_own_form(cycle):
    person = make.person(roles=(Role.CLERK,), resident_of=cycle.neighborhood)
    assert refused(cycle, paper(cycle, account_id=person.id), actor_of(person)) == ("own_form", "account")
    made = services.type_in(cycle.id, paper(cycle), by=make.actor(Role.CLERK))
    with pytest.raises(IntegrityError, match="nobody_types_in_their_own"), transaction():
        db.session.execute(sa.update(PaperForm).values(typed_by_id=made.author_id))


@pytest.mark.parametrize("again", ["12", "No. 0012", "# 12"])
def test_a_form_is_typed_in_once(cycle, clerk, again):
    services.type_in(cycle.id, paper(cycle), by=clerk)
    assert refused(cycle, paper(cycle, again), clerk) == ("typed_already", "number")


def test_numbers_that_differ_are_two_forms(cycle, clerk):
    keys = {key_of(typed) for typed in ("12", "112", "A12", "a 13", "120", "Nora 1")}
    assert len(keys) == 6 and key_of("A-012") == key_of("a12") and not key_of("--")


def test_the_limit_counts_by_who_handed_the_form_in(clerk):
    cycle = make.cycle(most_proposals=1)
    first = services.type_in(cycle.id, paper(cycle), by=clerk)
    again = paper(cycle, "13", known_id=first.author_id)
    assert refused(cycle, again, clerk) == ("no_more_proposals", "public_name")
    services.take_back(first.id, TakeBack(signed_on=today_of(cycle), reason="They moved."), by=clerk)
    assert services.type_in(cycle.id, again, by=clerk).author_id == first.author_id


def test_the_days_of_the_cycle_hold(cycle, clerk):
    day = today_of(cycle)
    for off, code in ((1, "in_the_future"), (-30, "before_the_first_day")):
        command = paper(cycle, received_on=day + timedelta(days=off))
        assert refused(cycle, command, clerk) == (code, "received_on")


def test_a_form_that_came_in_time_is_typed_in_for_a_week_after_the_last_day(cycle, clerk):
    with transaction():
        cycle.phases[0].ends_at = now() - timedelta(days=3)
    late, in_time = today_of(cycle), today_of(cycle) - timedelta(days=5)
    assert refused(cycle, paper(cycle, received_on=late), clerk) == ("after_the_last_day", "received_on")
    assert services.type_in(cycle.id, paper(cycle, received_on=in_time), by=clerk).number == 1
    with transaction():
        cycle.phases[0].ends_at = now() - timedelta(days=9)
    assert refused(cycle, paper(cycle, "13", received_on=in_time - timedelta(days=5)), clerk)[0] == "shut"


def test_names_of_others_are_kept_back_as_for_everybody(cycle, clerk):
    told = words(cycle, need="Mrs. Eleanor Whitcombe fell on the dark steps last winter.")
    made = services.type_in(cycle.id, paper(cycle, words=told), by=clerk)
    assert "Whitcombe" not in made.need
    assert db.session.scalar(sa.select(WithheldWords.proposal_id)) == made.id


def test_whoever_typed_it_in_does_not_judge_it(cycle):
    officer = make.actor(Role.OFFICER)
    made = services.type_in(cycle.id, paper(cycle), by=officer)
    with pytest.raises(NoStanding) as refusal:
        reviews.review(made.id, finding(), by=officer)
    assert refusal.value.code == Barred.TYPED_IN
    assert reviews.review(made.id, finding(), by=make.actor(Role.OFFICER)).officer_id != officer.id


def test_the_check_notices_a_bar_that_is_not_looked_at(cycle, monkeypatch):
    bars = Bars(author_ids=frozenset({1}), typed_by_id=2)
    assert (why_kept_away(bars, 2), why_kept_away(bars, 3)) == (Barred.TYPED_IN, None)
    officer = make.actor(Role.OFFICER)
    made = services.type_in(cycle.id, paper(cycle), by=officer)
    monkeypatch.setattr(reviews, "why_barred", lambda bars, id_: None)
    assert reviews.review(made.id, finding(), by=officer).officer_id == officer.id
    assert assigning.why_barred(bars, 2) is Barred.TYPED_IN


def test_a_clerk_takes_it_back_on_a_signed_paper_and_its_contact_goes(cycle, clerk):
    made = services.type_in(cycle.id, paper(cycle), by=clerk)
    signed = TakeBack(signed_on=today_of(cycle), reason="They moved away.")
    with pytest.raises(NoStanding):
        services.take_back(made.id, signed, by=make.actor(Role.OFFICER))
    services.take_back(made.id, signed, by=clerk)
    assert services.take_back(made.id, signed, by=clerk).stage is Stage.WITHDRAWN
    assert db.session.get(PaperForm, made.id).taken_back_on == today_of(cycle)
    assert db.session.get(ProposalContact, made.id) is None


def test_only_what_came_on_paper_is_taken_back_by_the_office(clerk):
    with pytest.raises(NotFound):
        services.take_back(make.proposal().id, TakeBack(signed_on=now().date(), reason="So."), by=clerk)


def test_a_paper_signed_before_the_form_came_in_is_refused_at_its_field(cycle, clerk):
    made = services.type_in(cycle.id, paper(cycle), by=clerk)
    early = TakeBack(signed_on=today_of(cycle) - timedelta(days=1), reason="They moved away.")
    with pytest.raises(DomainError) as refusal:
        services.take_back(made.id, early, by=clerk)
    assert refusal.value.field == "signed_on"
