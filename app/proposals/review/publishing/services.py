"""The verbs of prepared findings: agree, send back, take back, publish several at once; and settle a cycle's review."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core.access import Actor
from app.core.clock import now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NoStanding, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles.models import Cycle
from app.cycles.queries import CycleFacts, facts
from app.proposals.coauthors import queries as coauthors
from app.proposals.models import Proposal
from app.proposals.review import services as reviews
from app.proposals.review.assigning import queries as assigning
from app.proposals.review.assigning import words as assigning_words
from app.proposals.review.assigning.rules import why_kept_away
from app.proposals.review.models import PreparedFinding, ReviewSettings
from app.proposals.review.policies import is_officer
from app.proposals.review.publishing import policies, words
from app.proposals.review.publishing.events import FindingAgreed, FindingSentBack, FindingTakenBack, ReviewSettled
from app.proposals.review.publishing.rules import (
    LEAST_WORDS,
    WhyNot,
    why_not_agree,
    why_not_publish,
    why_not_send_back,
)
from app.proposals.review.rules import Ending
from app.proposals.rules import code, open_to_change
from app.proposals.services import opened


@dataclass(frozen=True, kw_only=True)
class SettleReview:
    """From which amount on two officers decide (None: never), and whether decisions come out together."""

    second_above_cents: int | None
    together: bool


def agree(prepared_id: int, *, by: Actor) -> PreparedFinding:
    """Agree as a second officer; unless decisions of the cycle come out together, it is public with that."""
    with transaction():
        row, proposal, cycle = _opened(prepared_id, by)
        _ensure_may_look(proposal, cycle, by)
        _refuse(
            why_not_agree(
                is_ended=row.ending is not None,
                needs_second=row.needs_second,
                is_agreed=row.agreed_by_id is not None,
                is_own=row.officer_id == by.id,
            )
        )
        _ensure_stands(row, proposal, cycle)
        row.agreed_by_id, row.agreed_at = by.id, now()
        settings = db.session.get(ReviewSettings, cycle.id)
        if settings is not None and settings.together:
            publish(FindingAgreed(**_told(row, cycle, by)))
        else:
            _make_public(row, proposal, cycle, by)
    return row


def send_back(prepared_id: int, reason: str, *, by: Actor) -> PreparedFinding:
    """Disagree: the finding does not stand, its writer reads why, and the proposal is reviewed again."""
    with transaction():
        row, proposal, cycle = _opened(prepared_id, by)
        _ensure_may_look(proposal, cycle, by)
        _refuse(why_not_send_back(is_ended=row.ending is not None, is_own=row.officer_id == by.id))
        ensure(
            open_to_change(cycle.stage),
            "ballot_fixed",
            _("The ballot of this cycle is fixed, so reviews can no longer change."),
        )
        said = reason.strip()
        short = _("Please say in a sentence what should be looked at again.")
        ensure(len(said) >= LEAST_WORDS, "no_reason", short, field="reason")
        row.ended_reason = said
        _end(row, Ending.SENT_BACK, by)
        publish(FindingSentBack(**_told(row, cycle, by)))
    return row


def take_back(prepared_id: int, *, by: Actor) -> PreparedFinding:
    """Take one's own finding back, to write another."""
    with transaction():
        row, _proposal, cycle = _opened(prepared_id, by)
        if row.officer_id != by.id:
            raise NoStanding(WhyNot.NOT_YOURS.value, str(words.WHY_NOT[WhyNot.NOT_YOURS]))
        if row.ending is Ending.TAKEN_BACK:
            return row
        _refuse(WhyNot.ENDED if row.ending is not None else None)
        _end(row, Ending.TAKEN_BACK, by)
        publish(FindingTakenBack(**_told(row, cycle, by)))
    return row


def publish_together(prepared_ids: Sequence[int], *, by: Actor) -> int:
    """Make these findings public in one go, all of them or none; how many became public. Each is its own event."""
    ensure(bool(prepared_ids), "none_chosen", _("Please choose at least one finding."), field="chosen")
    with transaction():
        found = _in_order(prepared_ids)
        for prepared_id in found:
            row, proposal, cycle = _opened(prepared_id, by)
            ensure_standing(
                policies.may_publish(
                    by, writers=coauthors.writers_of(proposal), neighborhood_id=cycle.neighborhood_id
                ),
                _("Only officers and clerks of this neighborhood publish findings, and not about their own proposal."),
            )
            _ensure_publishable(row, proposal, cycle)
            _make_public(row, proposal, cycle, by)
    return len(found)


def settle(cycle_id: int, command: SettleReview, *, by: Actor) -> None:
    """Say how a cycle is reviewed; what is prepared already keeps what was asked of it."""
    with transaction():
        locked(Cycle, cycle_id)
        cycle = facts(cycle_id, drafts=True)
        allowed = policies.may_settle(by, cycle.neighborhood_id)
        ensure_standing(allowed, _("Only a clerk of this neighborhood settles how its proposals are reviewed."))
        row = db.session.get(ReviewSettings, cycle_id) or ReviewSettings(cycle_id=cycle_id)
        row.second_above_cents, row.together = command.second_above_cents, command.together
        db.session.add(row)
        publish(
            ReviewSettled(
                actor_id=by.id,
                cycle_id=cycle_id,
                second_above_cents=command.second_above_cents,
                together=command.together,
            )
        )


def _opened(prepared_id: int, by: Actor) -> tuple[PreparedFinding, Proposal, CycleFacts]:
    found = db.session.get(PreparedFinding, prepared_id)
    if found is None:
        raise NotFound
    proposal, cycle = opened(found.proposal_id, by)
    row = locked(PreparedFinding, prepared_id)
    assert row is not None
    return row, proposal, cycle


def _in_order(prepared_ids: Sequence[int]) -> list[int]:
    """By cycle and proposal, so that two who publish at once lock the rows in the same order."""
    query = (
        sa.select(PreparedFinding.id)
        .join(Proposal, Proposal.id == PreparedFinding.proposal_id)
        .where(PreparedFinding.id.in_(prepared_ids))
        .order_by(Proposal.cycle_id, Proposal.id)
    )
    return list(db.session.scalars(query))


def _make_public(row: PreparedFinding, proposal: Proposal, cycle: CycleFacts, by: Actor) -> None:
    command = reviews.from_plain(row.content)
    row.review_id = reviews.made_public(proposal, cycle, command, officer_id=row.officer_id, by=by).id
    _end(row, Ending.PUBLISHED, by)
    db.session.flush()


def _end(row: PreparedFinding, ending: Ending, by: Actor) -> None:
    row.ending, row.ended_by_id, row.ended_at = ending, by.id, now()


def _ensure_may_look(proposal: Proposal, cycle: CycleFacts, by: Actor) -> None:
    allowed = is_officer(by, cycle.neighborhood_id)
    ensure_standing(allowed, _("Only officers of this neighborhood review its proposals."))
    reason = why_kept_away(assigning.bars(proposal.id, proposal.author_id), by.id)
    if reason is not None:
        raise NoStanding(reason.value, str(assigning_words.BARRED[reason]))


def _ensure_publishable(row: PreparedFinding, proposal: Proposal, cycle: CycleFacts) -> None:
    """Refused at the field, with the name of the proposal: the others of the batch wait with it."""
    is_ended, is_agreed = row.ending is not None, row.agreed_by_id is not None
    try:
        _refuse(why_not_publish(is_ended=is_ended, needs_second=row.needs_second, is_agreed=is_agreed))
        _ensure_stands(row, proposal, cycle)
    except DomainError as refusal:
        name = code(cycle.year, proposal.number or 0)
        said = _("%(proposal)s: %(why)s", proposal=name, why=refusal.message)
        raise DomainError(refusal.code, said, field="chosen") from refusal


def _ensure_stands(row: PreparedFinding, proposal: Proposal, cycle: CycleFacts) -> None:
    """The words have not changed since, and nothing else has overtaken the finding."""
    command = reviews.from_plain(row.content)
    bars = assigning.bars(proposal.id, proposal.author_id)
    ensure(
        not any(why_kept_away(bars, id_) for id_ in (row.officer_id, row.agreed_by_id) if id_ is not None),
        "judge_kept_away",
        _("Somebody who had a part in this finding keeps away from the proposal by now. It is written anew."),
    )
    ensure(
        proposal.edited_at == command.read_edited_at,
        "changed_meanwhile",
        _("Its author has changed the proposal since this was written. It goes back to whoever wrote it."),
    )
    try:
        reviews.ensure_still_stands(proposal, cycle, command)
    except DomainError as refusal:
        raise DomainError(refusal.code, refusal.message) from refusal


def _refuse(reason: WhyNot | None) -> None:
    if reason is WhyNot.OWN_FINDING:
        raise NoStanding(reason.value, str(words.WHY_NOT[reason]))
    if reason is not None:
        raise DomainError(reason.value, str(words.WHY_NOT[reason]))


def _told(row: PreparedFinding, cycle: CycleFacts, by: Actor) -> dict[str, int]:
    return {"actor_id": by.id, "proposal_id": row.proposal_id, "cycle_id": cycle.id, "prepared_id": row.id}
