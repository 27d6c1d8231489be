"""From a closed ballot set to a certified result: count twice, sign twice, and recount without a withdrawn option."""

import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from app.core import jobs
from app.core.access import Actor, Grant, Role
from app.core.clock import deadline_now, now
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.cycles.rules import PublicationLevel, Stage, canonical
from app.cycles.services import advance
from app.proposals.services import record_outcomes
from app.voting import queries as votes
from app.voting.board.rules import Approval
from app.voting.board.services import take
from app.voting.counting import records
from app.voting.counting.count import count as count_ballots
from app.voting.counting.outcomes import Outcome
from app.voting.counting.ranked import first_difference
from app.voting.models import Explanation, Option, Result, Vote
from app.voting.results import policies, queries
from app.voting.results.events import (
    FundedOption,
    ResultCertified,
    ResultChecked,
    ResultSigned,
    VoteCounted,
    VoteRecounted,
)
from app.voting.results.explanations.rules import EXPLAIN
from app.voting.results.publication.rules import below_full, problems
from app.voting.results.queries import Lot
from app.voting.results.rules import checks_at_once, read_outcome
from app.voting.rules import BoardStep, CheckStage, VoteStage, is_certified
from app.voting.services import ensure_due, ensure_now, locked_vote

CHECK = "results.check"
Payload = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One count of record: what was counted, its outcome also as canonical JSON, and the lot it used."""

    vote: records.Vote
    outcome: Outcome
    text: str
    lot: Lot


def to_count(cycle_id: int, _answers: Payload) -> Payload:
    """The closed set that would be counted, and the rule."""
    vote = votes.vote_facts(cycle_id)
    ensure_now(BoardStep.COUNT, vote.stage)
    return {"vote": vote.id.hex(), "closed_set": vote.closed_set_hash, "rule": vote.cycle.count_rule}


def count(approval: Approval) -> Result:
    """Count the closed set and keep the outcome; the same file always gives the same bytes.

    The second count follows at once, or in the background where the board would have to wait for it.
    """
    vote = votes.vote_facts(approval.cycle_id)
    ensure_now(BoardStep.COUNT, vote.stage)
    counted = _counted(vote)
    with transaction():
        row = locked_vote(vote.cycle.id)
        take(approval)
        return _count_of_record(row, vote, counted, by_id=approval.id)


def count_imported(cycle_id: int, *, by: Actor) -> Result:
    """Count a vote that was held elsewhere: no board of ours ran it, so whoever imported it has it counted."""
    vote = votes.vote_facts(cycle_id)
    may = vote.is_imported and policies.may_count_imported(by, vote.cycle.neighborhood_id)
    ensure_standing(may, _("Only a clerk of this neighborhood has an imported vote counted."))
    ensure_now(BoardStep.COUNT, vote.stage)
    counted = _counted(vote)
    with transaction():
        return _count_of_record(locked_vote(cycle_id), vote, counted, by_id=by.id)


def _count_of_record(row: Vote, vote: votes.VoteFacts, counted: "Counted", *, by_id: int) -> Result:
    ensure_now(BoardStep.COUNT, row.stage)
    result = _kept(vote, counted)
    row.stage = VoteStage.COUNTED
    publish(
        VoteCounted(
            actor_id=by_id,
            cycle_id=row.cycle_id,
            result_id=result.id,
            closed_set_hash=result.closed_set_hash,
            lot_seed=result.lot_seed,
            outcome_hash=result.outcome_hash,
        )
    )
    return result


def to_recount(cycle_id: int, answers: Payload) -> Payload:
    """The count that would be replaced, the options left out (all of them, also of counts before) and the reason."""
    vote = votes.vote_facts(cycle_id)
    reason = str(answers.get("reason") or "").strip()
    ensure(bool(reason), "no_reason", _("Everybody will read why. Give the reason."), field="reason")
    before = _recountable(vote)
    withdrawn = _withdrawn(before, answers["options"], votes.options(vote.id))
    return {"vote": vote.id.hex(), "count": before.number, "options": list(withdrawn), "reason": reason}


def recount(approval: Approval) -> Result:
    """Count the same ballots without the options named; the count before stays on record beside the new one.

    For an option withdrawn after the vote (a cost error, a legal bar), until the result is certified. Signatures are
    given anew, since they were given to another count. Source: counting.md, "Common ground".
    """
    vote, asked = votes.vote_facts(approval.cycle_id), approval.payload
    counted = _counted(vote, asked["options"])
    with transaction():
        locked_vote(vote.cycle.id)
        take(approval)
        ensure(to_recount(vote.cycle.id, asked) == asked, "counted_meanwhile", _recounted_meanwhile())
        result = _kept(vote, counted, number=asked["count"] + 1, reason=asked["reason"])
        publish(
            VoteRecounted(
                actor_id=approval.id,
                cycle_id=vote.cycle.id,
                result_id=result.id,
                withdrawn=tuple(asked["options"]),
                reason=asked["reason"],
                outcome_hash=result.outcome_hash,
            )
        )
    return result


def certify(cycle_id: int, *, by: Actor) -> Result:
    """Sign the result as clerk or as observer; the second signature, by another person, makes it the result.

    The ballots are counted once more before each signature, and a result that differs by a byte is not signed, nor one
    whose second count has not agreed. Signing twice changes nothing.
    """
    vote = votes.vote_facts(cycle_id)
    may = queries.open_signatures(vote, by)
    ensure_standing(bool(may), _("A clerk and an observer, named on the rule card, certify a result."))
    ensure_due(BoardStep.CERTIFY, vote.stage)
    kept = _latest(vote.id)
    if by.id in (kept.clerk_id, kept.observer_id):
        return kept
    _revive_check(kept)
    _ensure_checked(kept)
    counted = _counted(vote, kept.withdrawn)
    _ensure_same(kept, counted)
    _ensure_publishable(cycle_id, counted)
    with transaction():
        row, result = locked(Vote, vote.id), locked(Result, kept.id)
        if row is None or result is None:
            raise NotFound
        ensure(_latest(vote.id).id == kept.id, "counted_meanwhile", _recounted_meanwhile())
        if by.id not in (result.clerk_id, result.observer_id):
            _sign(result, row, by, may)
    return result


def check(lease: jobs.Lease) -> None:
    """The worker's part for a large vote: count every runoff again with pyrankvote and keep what came of it."""
    result_id = int(lease.arguments["result_id"])
    kept = db.session.get_one(Result, result_id)
    vote = votes.vote_facts(kept.vote.cycle_id)
    counted = _counted(vote, kept.withdrawn, at_once=False)
    _ensure_same(kept, counted)
    difference = first_difference(counted.vote, counted.outcome, jobs.telling(lease, _tell_check))
    with lease.finishing():
        row = db.session.get_one(Result, result_id)
        row.check_stage = CheckStage.AGREED if difference is None else CheckStage.DIFFERS
        row.check_percent, row.check_note = 100, difference
        publish(
            ResultChecked(
                actor_id=None,
                cycle_id=vote.cycle.id,
                result_id=result_id,
                agreed=difference is None,
                difference=difference,
            )
        )


def _tell_check(arguments: jobs.Arguments, percent: int) -> None:
    result = locked(Result, int(arguments["result_id"]))
    if result is not None and result.check_stage is CheckStage.WAITING:
        result.check_percent = max(result.check_percent, percent)


def _sign(result: Result, vote: Vote, by: Actor, may: frozenset[Role]) -> None:
    role = policies.signs_as(may, clerk_id=result.clerk_id, observer_id=result.observer_id)
    if role is None:
        missing = _("an observer's") if result.observer_id is None else _("a clerk's")
        ensure(result.certified_at is None, "certified", _("This result is already certified."))
        raise DomainError("signed", _("This signature is already given. What is missing is %(whose)s.", whose=missing))
    if role is Role.CLERK:
        result.clerk_id = by.id
    else:
        result.observer_id = by.id
    if result.clerk_id is not None and result.observer_id is not None:
        _make_official(result, vote, by)
        return
    publish(
        ResultSigned(
            actor_id=by.id,
            cycle_id=vote.cycle_id,
            result_id=result.id,
            outcome_hash=result.outcome_hash,
            signed_as=role,
        )
    )


def _make_official(result: Result, vote: Vote, by: Actor) -> None:
    result.certified_at, vote.stage = now(), VoteStage.CERTIFIED
    if result.lot_seed is not None:  # objections to a vote held elsewhere were for its own board to hear
        vote.objections_until = deadline_now() + timedelta(days=vote.objection_days)
    funded = _funded(result, vote)
    record_outcomes(vote.cycle_id, [option.proposal_id for option in funded], by_id=by.id)
    advance(vote.cycle_id, Stage.CERTIFIED, by=_as_clerk(vote, by))
    publish(ResultCertified(actor_id=by.id, cycle_id=vote.cycle_id, result_id=result.id, funded=funded))


def _as_clerk(vote: Vote, by: Actor) -> Actor:
    """Both signatures together move the cycle on, whoever gave the second."""
    where = votes.vote_facts(vote.cycle_id).cycle.neighborhood_id
    return replace(by, grants=by.grants | {Grant(role=Role.CLERK, neighborhood_id=where)})


def _recounted_meanwhile() -> str:
    return str(_("Somebody else has just had it recounted."))


def _funded(result: Result, vote: Vote) -> tuple[FundedOption, ...]:
    options = {
        option.number: option for option in db.session.scalars(sa.select(Option).where(Option.vote_id == vote.id))
    }
    return tuple(
        FundedOption(
            proposal_id=options[won.number].proposal_id,
            number=won.number,
            title=options[won.number].title,
            summary=options[won.number].summary,
            cost_cents=won.cost_cents,
        )
        for won in read_outcome(result.outcome).won
    )


def _latest(vote_id: bytes) -> Result:
    query = sa.select(Result).where(Result.vote_id == vote_id).order_by(Result.number.desc()).limit(1)
    return db.session.scalars(query).one()


def _counted(vote: votes.VoteFacts, withdrawn: Iterable[int] = (), *, at_once: bool = True) -> Counted:
    """Count the closed set by the rule card, and nothing else; `at_once` the second count too, if it is quick."""
    lot = queries.lot_of(vote)
    counting = queries.counting_vote(vote, lot.order, withdrawn)
    outcome = count_ballots(counting, queries.rule_of(vote))
    if at_once and checks_at_once(options=len(counting.options), ballots=len(counting.ballots)):
        difference = first_difference(counting, outcome)
        message = _("The two counts differ, so nothing can be certified. %(where)s", where=difference)
        ensure(difference is None, "counts_differ", message)
    return Counted(vote=counting, outcome=outcome, text=canonical(outcome.as_json()), lot=lot)


def _recountable(vote: votes.VoteFacts) -> Result:
    stage = db.session.scalar(sa.select(Vote.stage).where(Vote.id == vote.id))
    certified = stage is not None and stage is not VoteStage.COUNTED and is_certified(stage)
    ensure(not certified, "certified", _("This result is already certified."))
    ensure(stage is VoteStage.COUNTED, "too_early", _("The ballots have to be counted before they are recounted."))
    return _latest(vote.id)


def _withdrawn(before: Result, options: Iterable[int], on_ballot: Iterable[votes.OptionFacts]) -> tuple[int, ...]:
    """Every option the recount leaves out: those left out before, and the new ones."""
    fresh = set(options) - set(before.withdrawn)
    ensure(bool(fresh), "nothing_new", _("Choose the project that is withdrawn."), field="options")
    known = {option.number for option in on_ballot}
    ensure(fresh <= known, "unknown_option", _("That project does not stand on this ballot."), field="options")
    return tuple(sorted(fresh | set(before.withdrawn)))


def _revive_check(kept: Result) -> None:
    """Where the job of the second count was given up, whoever wants to sign has it tried again."""
    if kept.check_stage is not CheckStage.WAITING:
        return
    with transaction():
        locked(Vote, kept.vote_id)
        if not jobs.is_on_its_way(CHECK, result_id=kept.id):
            jobs.enqueue(CHECK, result_id=kept.id)


def _ensure_checked(kept: Result) -> None:
    waits = _("The second count is still running. The result can be signed when both counts agree.")
    ensure(kept.check_stage is not CheckStage.WAITING, "check_waits", waits)
    message = _("The two counts differ, so nothing can be certified. %(where)s", where=kept.check_note)
    ensure(kept.check_stage is CheckStage.AGREED, "counts_differ", message)


def _ensure_same(kept: Result, counted: Counted) -> None:
    same = kept.outcome == counted.text and kept.outcome_hash == sha256(counted.text.encode()).hexdigest()
    same = same and list(kept.lot_order) == list(counted.lot.order)
    ensure(
        same, "result_differs", _("Counting again gives another outcome than the one kept. Nothing may be certified.")
    )


def _ensure_publishable(cycle_id: int, counted: Counted) -> None:
    """Nothing is signed, and so made public, whose files would give a small group away."""
    level = queries.level_of(cycle_id)
    if level is PublicationLevel.FULL:
        return
    found = problems(below_full(level, counted.vote, counted.text))
    message = _("What would be published gives a small group of voters away, so nothing can be certified. %(what)s")
    ensure(not found, "small_group", message % {"what": next(iter(found), "")})


def _kept(vote: votes.VoteFacts, counted: Counted, *, number: int = 1, reason: str | None = None) -> Result:
    quick = checks_at_once(options=len(counted.vote.options), ballots=len(counted.vote.ballots))
    result = Result(
        vote_id=vote.id,
        number=number,
        rule=vote.cycle.count_rule,
        closed_set_hash=vote.closed_set_hash or "",
        lot_seed=counted.lot.seed and counted.lot.seed.hex(),
        lot_order=list(counted.lot.order),
        withdrawn=sorted(counted.vote.withdrawn),
        withdrawn_reason=reason,
        outcome=counted.text,
        outcome_hash=sha256(counted.text.encode()).hexdigest(),
        engine=_engine(),
        counted_at=now(),
        check_stage=CheckStage.AGREED if quick else CheckStage.WAITING,
        check_percent=100 if quick else 0,
    )
    db.session.add(result)
    db.session.flush()
    db.session.add(Explanation(result_id=result.id, percent=0))
    if not quick:
        jobs.enqueue(CHECK, result_id=result.id)
    jobs.enqueue(EXPLAIN, result_id=result.id)
    return result


def _engine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "pyrankvote"))
    return f"Lamplight, Python {platform.python_version()}, {libraries}"
