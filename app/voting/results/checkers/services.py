"""Accrediting checkers, ending it, and giving out the files that hold whole rankings, under the taker's name."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Person
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import NotFound, ensure, ensure_standing
from app.core.events import publish
from app.voting import queries as votes
from app.voting.results import exports, queries
from app.voting.results.checkers import policies
from app.voting.results.checkers.events import CheckerAccredited, CheckerWithdrawn, FullFileTaken
from app.voting.results.checkers.models import Checker, FullCopy
from app.voting.results.checkers.queries import is_checker


@dataclass(frozen=True, kw_only=True)
class AccreditChecker:
    """Who may count the vote again, from which day until which."""

    email: str
    starts_on: date
    ends_on: date


def accredit(cycle_id: int, command: AccreditChecker, *, by: Actor) -> Checker:
    """Let somebody take the full files of a vote, in their own name; nobody accredits themselves."""
    vote = votes.vote_facts(cycle_id)
    _ensure_clerk(by, vote.cycle.neighborhood_id)
    early = _("The last day cannot be before the first.")
    ensure(command.starts_on <= command.ends_on, "before_it_starts", early, field="ends_on")
    with transaction():
        person = _person(command.email)
        ensure(person.id != by.id, "own_person", _("Another clerk has to accredit you."), field="email")
        checker = Checker(
            cycle_id=cycle_id,
            person_id=person.id,
            accredited_by_id=by.id,
            starts_on=command.starts_on,
            ends_on=command.ends_on,
        )
        db.session.add(checker)
        db.session.flush()
        publish(
            CheckerAccredited(
                actor_id=by.id,
                cycle_id=cycle_id,
                checker_id=checker.id,
                person_id=person.id,
                starts_on=command.starts_on,
                ends_on=command.ends_on,
            )
        )
    return checker


def withdraw(cycle_id: int, checker_id: int, *, by: Actor) -> Checker:
    """End an accreditation now. Ending it twice changes nothing."""
    _ensure_clerk(by, votes.vote_facts(cycle_id).cycle.neighborhood_id)
    with transaction():
        checker = locked(Checker, checker_id)
        if checker is None or checker.cycle_id != cycle_id:
            raise NotFound
        if checker.withdrawn_at is None:
            checker.withdrawn_at = now()
            publish(
                CheckerWithdrawn(actor_id=by.id, cycle_id=cycle_id, checker_id=checker_id, person_id=checker.person_id)
            )
    return checker


def take(cycle_id: int, name: str, *, by: Actor) -> bytes:
    """The full file of that name, after putting down in public who was given it."""
    vote, record = queries.published(cycle_id, by)
    ensure_standing(
        policies.may_take(
            by,
            vote.cycle.neighborhood_id,
            is_checker=is_checker(vote.cycle, by.id),
            is_certified=record.is_certified,
        ),
        _("The full files of this vote are for its clerks, observers and accredited checkers."),
    )
    content = exports.held(name, vote, record)
    digest = sha256(content).hexdigest()
    with transaction():
        db.session.add(
            FullCopy(cycle_id=cycle_id, person_id=by.id, count=record.number, name=name, sha256=digest, taken_at=now())
        )
        publish(FullFileTaken(actor_id=by.id, cycle_id=cycle_id, result_id=record.id, name=name, sha256=digest))
    return content


def _ensure_clerk(by: Actor, neighborhood_id: int) -> None:
    ensure_standing(
        policies.may_accredit(by, neighborhood_id), _("Only a clerk of this neighborhood accredits checkers.")
    )


def _person(email: str) -> Person:
    person = db.session.scalar(sa.select(Person).where(sa.func.lower(Person.email) == email.strip().lower()))
    message = _("Nobody here has an account with this address. Ask them to join first.")
    ensure(person is not None and person.active, "no_account", message, field="email")
    assert person is not None
    return person
