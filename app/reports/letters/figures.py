"""The figures of a decision letter: the path of a proposal, what was decided, by whom and why, and what can follow."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.accounts.models import Person
from app.core.clock import now
from app.core.db import db
from app.core.errors import DomainError
from app.cycles import queries as cycles
from app.cycles.rules import PhaseKind
from app.cycles.rules import Stage as CycleStage
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.proposals.queries import ProposalDetail
from app.proposals.review import queries as reviews
from app.proposals.review.queries import Finding, Moment
from app.proposals.rules import Stage
from app.proposals.second_looks import queries as looks
from app.reports.letters.rules import DECIDED, LAST_STEPS, MOST_TEXT
from app.reports.rules import Line, plain, shortened
from app.voting import queries as votes
from app.voting.results import queries as counts
from app.voting.results.explanations.queries import of_result
from app.voting.results.queries import ResultRecord

LETTER_FORMAT = "lamplight-report/letter/1"


def letter(line: Line) -> dict[str, Any]:
    """What a letter to the proposer says; refused while nothing is decided."""
    proposal = proposals.detail(line.subject_id, None)
    if proposal.stage not in DECIDED:
        raise DomainError("not_decided", _("There is a letter once it is decided what becomes of the proposal."))
    findings, looked = reviews.history(proposal.id), looks.of_proposal(proposal.id)
    on_ballot = proposal.stage is not Stage.NOT_FEASIBLE
    return {
        "format": LETTER_FORMAT,
        "to": {"name": proposal.author, "locale": _locale(proposal.author_id)},
        "proposal": _proposal(proposal),
        "decision": proposal.stage.value,
        "path": [_moment(each) for each in _path(proposal, findings, looks.moments(looked))],
        "finding": _finding(findings[0]) if findings else None,
        "ask_until_at": plain(looks.open_until(proposal, findings, looked, now())),
        "vote": _vote(proposal) if on_ballot else None,
        "next": _next(proposal),
        "similar": None if proposal.stage is Stage.FUNDED else _similar(proposal),
    }


def _proposal(proposal: ProposalDetail) -> dict[str, Any]:
    return {
        "id": proposal.id,
        "code": proposal.code,
        "title": proposal.title,
        "cycle": proposal.cycle_name,
        "cost_cents": proposal.cost_cents,
        "currency": proposal.currency,
    }


def _locale(person_id: int) -> str:
    return db.session.scalars(sa.select(Person.locale).where(Person.id == person_id)).one()


def _path(proposal: ProposalDetail, findings: Sequence[Finding], more: Sequence[Moment]) -> Sequence[Moment]:
    """The first step and the last few of a long way."""
    story = reviews.story(proposal, findings, more)
    return story if len(story) <= LAST_STEPS else [story[0], *story[1 - LAST_STEPS :]]


def _moment(each: Moment) -> dict[str, Any]:
    decision = each.finding.decision.value if each.finding else None
    return {"chapter": each.chapter.value, "said_at": plain(each.at), "decision": decision}


def _finding(finding: Finding) -> dict[str, Any]:
    """The newest finding; a long explanation is cut to what fits the page."""
    return {
        "reason": finding.reason.value,
        "explanation": shortened(finding.explanation, MOST_TEXT),
        "officer": finding.officer,
        "agreed_by": finding.agreed_by,
        "decided_at": plain(finding.decided_at),
    }


def _vote(proposal: ProposalDetail) -> dict[str, Any]:
    """How the vote on it went: its ending in numbers, and who certified; refused before that."""
    record = counts.certified(proposal.cycle_id)
    if record is None:
        raise DomainError("not_certified", _("The letter can be written once the result is certified."))
    vote = votes.vote_facts(proposal.cycle_id)
    options = {option.number: option for option in votes.options(vote.id)}
    number = next(option.number for option in options.values() if option.proposal_id == proposal.id)
    lost = record.facts.defeats.get(number)
    return {
        "ending": plain(record.facts.ending(number)),
        "defeat": plain(lost),
        "winner": options[lost.winner].title if lost else None,
        "miss": _miss(record, number),
        "ballots": record.facts.counting_ballots,
        "funded": len(record.facts.funded),
        "options": len(options),
        "pot_cents": record.facts.pot_cents,
        "clerk": record.clerk_name,
        "observer": record.observer_name,
        "certified_at": plain(record.certified_at),
        "objections_until_at": plain(vote.objections_until if vote.is_provisional else None),
        "cycle_id": proposal.cycle_id,
    }


def _miss(record: ResultRecord, number: int) -> dict[str, Any] | None:
    facts = None if record.facts.is_reduced else of_result(record.id).facts
    return None if facts is None else asdict(facts.misses[number])


def _next(proposal: ProposalDetail) -> dict[str, Any] | None:
    """The next days on which proposals are collected in the neighborhood; None where none are announced."""
    moment = now()
    coming = [
        (phase.starts_at, phase.ends_at, cycle)
        for cycle in cycles.of_neighborhoods([proposal.neighborhood_id])
        if cycle.id != proposal.cycle_id and cycle.stage in (CycleStage.COLLECTING, CycleStage.REVIEWING)
        for phase in cycle.phases
        if phase.kind is PhaseKind.COLLECTING and phase.ends_at > moment
    ]
    if not coming:
        return None
    starts_at, ends_at, cycle = min(coming, key=lambda each: each[0])
    return {"name": cycle.name, "starts_at": plain(starts_at), "ends_at": plain(ends_at)}


def _similar(proposal: ProposalDetail) -> dict[str, Any] | None:
    """A funded project of the same cycle and category, the first by number."""
    query = sa.select(Proposal.id, Proposal.title, Proposal.number).where(
        Proposal.cycle_id == proposal.cycle_id,
        Proposal.category_id == proposal.category_id,
        Proposal.stage == Stage.FUNDED,
    )
    found = db.session.execute(query.order_by(Proposal.number).limit(1)).first()
    return None if found is None else {"id": found.id, "title": found.title}
