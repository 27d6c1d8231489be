"""Raising an objection, and settling it with the agreement of two members of the board."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import deadline_now, now
from app.core.db import db, transaction
from app.core.errors import NotFound, ensure
from app.core.events import publish
from app.core.once import once
from app.voting import queries as votes
from app.voting.board.rules import Approval
from app.voting.board.services import take
from app.voting.objections.events import ObjectionRaised, ObjectionSettled
from app.voting.objections.models import Objection
from app.voting.objections.rules import Ending, why_not_raise
from app.voting.rules import VoteStage
from app.voting.services import locked_vote

MOST_A_PERSON = 3


def raise_objection(cycle_id: int, text: str, *, key: str, by: Actor) -> int:
    """Object to a certified result; returns the number under which everybody reads it and its answer."""
    return once(key, lambda: _raised(cycle_id, text, by))


def to_settle(cycle_id: int, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The objection as it stands, and the answer that everybody will read."""
    row = _find(cycle_id, int(answers["number"]))
    ensure(row.ending is None, "settled", _("This objection has been settled already."))
    answer = str(answers.get("answer") or "").strip()
    short = _("Everybody will read the answer. Write at least a sentence.")
    ensure(len(answer) >= 10, "no_answer", short, field="answer")
    return {"number": row.number, "text": row.text, "ending": Ending(answers["ending"]).value, "answer": answer}


def settle(approval: Approval) -> Objection:
    """Answer an objection. Upheld, it obliges the board to act before the result can be final; the answer says how."""
    asked = approval.payload
    with transaction():
        locked_vote(approval.cycle_id)
        take(approval)
        row = _find(approval.cycle_id, asked["number"])
        row.ending, row.answer, row.settled_at = Ending(asked["ending"]), asked["answer"], now()
        publish(
            ObjectionSettled(
                actor_id=approval.id,
                cycle_id=approval.cycle_id,
                objection_id=row.id,
                ending=row.ending,
                answer=asked["answer"],
            )
        )
    return row


def _raised(cycle_id: int, text: str, by: Actor) -> int:
    votes.vote_facts(cycle_id)
    row = locked_vote(cycle_id)
    reason = why_not_raise(
        certified=row.stage is VoteStage.CERTIFIED, until=row.objections_until, now=deadline_now()
    )
    ensure(reason is None, reason.value if reason else "", _("Objections to this result are not heard now."))
    mine = sa.select(sa.func.count()).select_from(Objection).where(Objection.cycle_id == cycle_id)
    count = db.session.execute(mine.where(Objection.person_id == by.id)).scalar_one()
    ensure(count < MOST_A_PERSON, "too_many", _("You have raised three objections already."), field="text")
    last = db.session.scalar(sa.select(sa.func.max(Objection.number)).where(Objection.cycle_id == cycle_id)) or 0
    objection = Objection(cycle_id=cycle_id, number=last + 1, person_id=by.id, text=text, raised_at=now())
    db.session.add(objection)
    db.session.flush()
    publish(ObjectionRaised(actor_id=by.id, cycle_id=cycle_id, objection_id=objection.id, text=text))
    return objection.number


def _find(cycle_id: int, number: int) -> Objection:
    row = db.session.scalar(sa.select(Objection).where(Objection.cycle_id == cycle_id, Objection.number == number))
    if row is None:
        raise NotFound
    return row
