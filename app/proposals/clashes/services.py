"""Two verbs of officers: flag two proposals as incompatible, and lift the flag; each with a public reason."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.core.once import once
from app.cycles.queries import CycleFacts
from app.proposals.clashes import policies, words
from app.proposals.clashes.events import ClashFlagged, ClashLifted
from app.proposals.clashes.models import Clash
from app.proposals.clashes.rules import ordered, why_not_flag
from app.proposals.models import Proposal
from app.proposals.review.policies import is_officer
from app.proposals.rules import open_to_change
from app.proposals.services import named, opened


@dataclass(frozen=True, kw_only=True)
class FlagClash:
    """The code of the other proposal, and why only one of the two can be done."""

    other_code: str
    reason: str


def flag(proposal_id: int, command: FlagClash, *, key: str, by: Actor) -> int:
    """Say that only one of two proposals can be done; both pages show it, and the ballot waits until it is settled."""
    return once(key, lambda: _flagged(proposal_id, command, by))


def lift(clash_id: int, reason: str, *, by: Actor) -> None:
    """Say that both can be done after all; that it was flagged, and why it no longer is, stays in the open."""
    with transaction():
        found = db.session.get(Clash, clash_id)
        if found is None:
            raise NotFound
        first, cycle = opened(found.first_id, by)
        row = locked(Clash, clash_id)
        assert row is not None
        _ensure_may(by, cycle, first, row.second)
        ensure(row.lifted_at is None, "lifted", _("This flag was lifted already."))
        ensure(open_to_change(cycle.stage), "ballot_fixed", _("The ballot of this cycle is fixed: the flag stays."))
        row.lifted_reason, row.lifted_by_id, row.lifted_at = reason, by.id, now()
        publish(ClashLifted(**_told(row, by), reason=reason))


def _flagged(proposal_id: int, command: FlagClash, by: Actor) -> int:
    proposal, cycle = opened(proposal_id, by)
    ensure_standing(is_officer(by, cycle.neighborhood_id), _only_officers())
    other = named(cycle, command.other_code, field="other")
    _ensure_may(by, cycle, proposal, other)
    pair = ordered(proposal.id, other.id)
    why = why_not_flag(pair, (proposal.stage, other.stage), cycle.stage)
    if why is not None:
        raise DomainError(why.value, str(words.WHY_NOT[why]), field="other")
    standing = sa.exists().where(
        Clash.first_id == pair.first_id, Clash.second_id == pair.second_id, Clash.lifted_at.is_(None)
    )
    known = db.session.scalar(sa.select(standing))
    ensure(not known, "flagged", _("These two are flagged already."), field="other")
    row = Clash(
        cycle_id=cycle.id,
        first_id=pair.first_id,
        second_id=pair.second_id,
        reason=command.reason,
        flagged_by_id=by.id,
        flagged_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    authors = tuple(dict.fromkeys((proposal.author_id, other.author_id)))
    publish(ClashFlagged(**_told(row, by), author_ids=authors, reason=command.reason))
    return row.id


def _ensure_may(by: Actor, cycle: CycleFacts, *both: Proposal) -> None:
    ensure_standing(is_officer(by, cycle.neighborhood_id), _only_officers())
    allowed = policies.has_no_stake(by, [proposal.author_id for proposal in both])
    ensure_standing(allowed, _("One of the two is your own proposal, so another officer decides this."))


def _only_officers() -> str:
    sentence: str = _("Only officers of this neighborhood say which proposals are incompatible.")
    return sentence


def _told(row: Clash, by: Actor) -> dict[str, int]:
    return {
        "actor_id": by.id,
        "clash_id": row.id,
        "cycle_id": row.cycle_id,
        "first_id": row.first_id,
        "second_id": row.second_id,
    }
