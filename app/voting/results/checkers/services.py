"""Accrediting checkers, ending it, and giving out the files that hold whole rankings, under the taker's name."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Person
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.voting import queries as votes
from app.voting.board import queries as boards
from app.voting.board.rules import Approval
from app.voting.board.services import take
from app.voting.results import exports, queries
from app.voting.results.checkers import policies
from app.voting.results.checkers.events import CheckerAccredited, CheckerWithdrawn, FullFileTaken
from app.voting.results.checkers.models import Checker, FullCopy
from app.voting.results.checkers.queries import is_checker

Payload = Mapping[str, Any]


def to_accredit(cycle_id: int, answers: Payload) -> Payload:
    """Who would be accredited and for which days; never a member of the board, so that nobody accredits themselves."""
    vote = votes.vote_facts(cycle_id)
    person = _person(str(answers.get("email") or ""))
    own = _("Members of the board are not accredited: a checker comes from outside.")
    ensure(boards.part_of(cycle_id, person.id) is None, "own_person", own, field="email")
    starts_on, ends_on = _day(answers, "starts_on"), _day(answers, "ends_on")
    early = _("The last day cannot be before the first.")
    ensure(starts_on <= ends_on, "before_it_starts", early, field="ends_on")
    return {
        "vote": vote.id.hex(),
        "person": person.id,
        "name": person.public_name,
        "email": person.email,
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
    }


def accredit(approval: Approval) -> Checker:
    """Let somebody take the full files of a vote, in their own name, from the first to the last day agreed on."""
    with transaction():
        take(approval)
        checker = Checker(
            cycle_id=approval.cycle_id,
            person_id=approval.payload["person"],
            accredited_by_id=approval.requester_id,
            agreed_by_id=approval.approver_id,
            starts_on=_day(approval.payload, "starts_on"),
            ends_on=_day(approval.payload, "ends_on"),
        )
        db.session.add(checker)
        db.session.flush()
        publish(
            CheckerAccredited(
                actor_id=approval.id,
                cycle_id=approval.cycle_id,
                checker_id=checker.id,
                person_id=checker.person_id,
                requester_id=approval.requester_id,
                starts_on=checker.starts_on,
                ends_on=checker.ends_on,
            )
        )
    return checker


def withdraw(cycle_id: int, checker_id: int, *, by: Actor) -> Checker:
    """End an accreditation now. Ending it twice changes nothing."""
    where = votes.vote_facts(cycle_id).cycle.neighborhood_id
    message = _("Only a clerk of this neighborhood ends an accreditation.")
    ensure_standing(policies.may_withdraw(by, where), message)
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


def give_out(cycle_id: int, name: str, *, by: Actor) -> bytes:
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


def _day(answers: Payload, name: str) -> date:
    try:
        return date.fromisoformat(str(answers.get(name)))
    except ValueError as reason:
        raise DomainError("no_day", _("Give the day."), field=name) from reason


def _person(email: str) -> Person:
    person = db.session.scalar(sa.select(Person).where(sa.func.lower(Person.email) == email.strip().lower()))
    message = _("Nobody here has an account with this address. Ask them to join first.")
    ensure(person is not None and person.active, "no_account", message, field="email")
    assert person is not None
    return person
