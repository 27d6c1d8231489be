"""The acts of a board that a test can ask for, each with what it takes and what would change it; and all that is wrong.

`WRONGS` are the ways of T40 in which a second member must not bring an act about: each changes something, and gives
back whoever then tries to agree, with the hash they send.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person, RoleGrant
from app.core.access import Actor, Role
from app.core.clock import today
from app.core.db import db, transaction
from app.voting.board import services
from app.voting.board.models import BoardChange, BoardMember, PendingAction
from app.voting.board.rules import ActKind, Part, WhyNot
from app.voting.log.models import Witness
from app.voting.paper.models import PaperBatch, PaperDifference
from app.voting.results.checkers.models import Checker
from tests import make
from tests.voting.board.sat import Asked, change, earlier, member
from tests.voting.paper.station import SEARCHED, lost

KEY = "ab" * 32


@dataclass(frozen=True)
class AskedFor(Asked):
    """A request for any act: whether it is done, and what changes so that it would be another one."""

    done: Callable[[], bool]
    changes: Callable[[], None]

    @property
    def is_done(self) -> bool:
        """Whether the act has happened."""
        db.session.rollback()
        return self.done()


def asked_for(kind: ActKind) -> AskedFor:
    """A request that waits for its second member."""
    cycle_id, answers, done, changes = PREPARED[kind]()
    first, second, observer = make.board_of(cycle_id)
    waits = services.request(cycle_id, kind, answers, by=first)
    return AskedFor(cycle_id, waits, first, second, observer, done, changes)


Prepared = tuple[int, dict[str, Any], Callable[[], bool], Callable[[], None]]


def is_there(model: type) -> Callable[[], bool]:
    """Whether there is a row of that kind."""
    return lambda: db.session.execute(sa.select(model)).first() is not None


def naming_a_witness() -> Prepared:
    """A witness that somebody else has named in the meantime would make it another act."""
    vote = make.fixed_vote()
    cycle_id, vote_id = vote.cycle_id, vote.id
    mine = (Witness.vote_id == vote_id, Witness.public_key == bytes.fromhex(KEY))

    def changes() -> None:
        make.agreed(ActKind.NAME_WITNESS, cycle_id, name="Library", public_key="cd" * 32)

    def done() -> bool:
        return db.session.scalar(sa.select(Witness.name).where(*mine)) is not None

    return cycle_id, {"name": "Library", "public_key": KEY}, done, changes


def accrediting() -> Prepared:
    """Under another address it would be another account that is accredited."""
    cycle_id, person = make.fixed_vote().cycle_id, make.person()
    person_id = person.id
    days = {"starts_on": today().isoformat(), "ends_on": (today() + timedelta(9)).isoformat()}

    def changes() -> None:
        change(Person, Person.id == person_id, email="another@example.org")

    return cycle_id, {"email": person.email, **days}, is_there(Checker), changes


def replacing() -> Prepared:
    """Under another name it would be somebody else who comes."""
    cycle_id, third = make.fixed_vote().cycle_id, make.person(roles=(Role.CLERK,))
    leaves = BoardMember(cycle_id=cycle_id, person_id=make.person(roles=(Role.CLERK,)).id, part=Part.RUNS)
    leaves.named_at = earlier(days=2)
    with transaction():
        db.session.add(leaves)
    asked = {"leaves": leaves.person_id, "joins": third.id, "reason": "She has moved to another town."}
    third_id = third.id

    def changes() -> None:
        change(Person, Person.id == third_id, public_name="Somebody Else")

    return cycle_id, asked, is_there(BoardChange), changes


def explaining() -> Prepared:
    """Where another slip is missing it would be another difference."""
    at = lost(1)
    asked = {"box": at.box_id, "sum": "slips", "missing": 1, "reason": SEARCHED}

    def changes() -> None:
        change(PaperBatch, PaperBatch.vote_id == at.vote_id, void_reason="Fell apart.")

    return at.cycle_id, asked, is_there(PaperDifference), changes


PREPARED: dict[ActKind, Callable[[], Prepared]] = {
    ActKind.NAME_WITNESS: naming_a_witness,
    ActKind.ACCREDIT: accrediting,
    ActKind.REPLACE_MEMBER: replacing,
    ActKind.EXPLAIN_DIFFERENCE: explaining,
}


@contextmanager
def for_now(kind: type, where: Any, **values: Any) -> Iterator[None]:
    """Columns changed, and put back afterwards."""
    columns = [getattr(kind, name) for name in values]
    before = dict(zip(values, db.session.execute(sa.select(*columns).where(where)).one(), strict=True))
    change(kind, where, **values)
    yield
    change(kind, where, **before)


Wrong = Callable[[AskedFor], Iterator[Actor]]


@contextmanager
def same_person(of: AskedFor) -> Iterator[Actor]:
    """Whoever asked agrees."""
    yield of.first


@contextmanager
def second_account(of: AskedFor) -> Iterator[Actor]:
    """Another account of whoever asked."""
    email = db.session.get_one(Person, of.first.id).email.replace("@", "+2@")
    with for_now(Person, Person.id == of.second.id, email=email):
        yield of.second


@contextmanager
def namesake(of: AskedFor) -> Iterator[Actor]:
    """Somebody who bears the name of whoever asked, written otherwise."""
    name = db.session.get_one(Person, of.first.id).public_name.upper()
    with for_now(Person, Person.id == of.second.id, public_name=name):
        yield of.second


@contextmanager
def expired(of: AskedFor) -> Iterator[Actor]:
    """A day later."""
    days = {"requested_at": earlier(hours=25), "expires_at": earlier(hours=1)}
    with for_now(PendingAction, PendingAction.id == of.id, **days):
        yield of.second


@contextmanager
def changed_payload(of: AskedFor) -> Iterator[Actor]:
    """The payload rewritten in the database."""
    payload = db.session.get_one(PendingAction, of.id).payload
    with for_now(PendingAction, PendingAction.id == of.id, payload=payload.replace('"vote":"', '"vote":"0')):
        yield of.second


@contextmanager
def fresh_member(of: AskedFor) -> Iterator[Actor]:
    """Somebody named today."""
    with for_now(BoardMember, sa.and_(member(of.second), BoardMember.cycle_id == of.cycle_id), named_at=earlier()):
        yield of.second


@contextmanager
def fresh_role(of: AskedFor) -> Iterator[Actor]:
    """Somebody given their role today."""
    with for_now(RoleGrant, RoleGrant.person_id == of.second.id, granted_at=earlier()):
        yield of.second


@contextmanager
def stale_visit(of: AskedFor) -> Iterator[Actor]:
    """Somebody who has not just proved who they are."""
    yield replace(of.second, confirmed_at=earlier(minutes=11))


WRONGS = {
    same_person: WhyNot.SAME_PERSON,
    second_account: WhyNot.SAME_PERSON,
    namesake: WhyNot.SAME_PERSON,
    expired: WhyNot.EXPIRED,
    changed_payload: WhyNot.CHANGED,
    fresh_member: WhyNot.NEW_MEMBER,
    fresh_role: WhyNot.NEW_MEMBER,
    stale_visit: WhyNot.NOT_FRESH,
}
