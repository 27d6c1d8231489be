"""The observer's verbs: draw a sample by a seed, and write down what the paper says."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.access import Actor
from app.core.db import db, locked, transaction
from app.core.errors import DomainError, NotFound, ensure, ensure_standing
from app.core.events import publish
from app.voting import queries as votes
from app.voting.models import Vote
from app.voting.paper import policies
from app.voting.paper.checks import queries
from app.voting.paper.checks.events import SampleDrawn, SlipChecked
from app.voting.paper.checks.queries import Drawn
from app.voting.paper.checks.rules import sample_size
from app.voting.paper.entry.services import read_line
from app.voting.paper.models import PaperCheck, PaperSample
from app.voting.paper.queries import problems
from app.voting.paper.services import ensure_stage, held_stage
from app.voting.queries import VoteFacts
from app.voting.rules import VoteStage


@dataclass(frozen=True, kw_only=True)
class DrawSample:
    """By which seed, and below which share of wrong slips one wants to be."""

    seed: str
    share_percent: int


def draw(cycle_id: int, command: DrawSample, *, by: Actor) -> PaperSample:
    """Draw the sample once every sum agrees or is explained; once for a vote, so that nobody draws until it pleases."""
    vote = _checked(cycle_id, by)
    with transaction():
        locked(Vote, vote.id)
        ensure_stage(held_stage(vote.id), VoteStage.CLOSED)
        ensure(db.session.get(PaperSample, vote.id) is None, "drawn", _("The sample has been drawn."))
        slips = queries.size(vote.id)
        ready = slips > 0 and problems(vote.id) == []
        ensure(ready, "not_green", _("The sample is drawn once every sum agrees."))
        sample = PaperSample(
            vote_id=vote.id,
            seed=command.seed,
            share_percent=command.share_percent,
            size=sample_size(slips, command.share_percent),
            observer_id=by.id,
        )
        db.session.add(sample)
        publish(
            SampleDrawn(
                actor_id=by.id,
                cycle_id=cycle_id,
                seed=sample.seed,
                share_percent=sample.share_percent,
                size=sample.size,
            )
        )
    return sample


def check(cycle_id: int, batch: int, line: str, *, by: Actor) -> PaperCheck:
    """Write down what the paper of a drawn slip says; an error stays on record."""
    vote = _checked(cycle_id, by)
    said = read_line(vote, line)
    with transaction():
        ensure_stage(held_stage(vote.id), VoteStage.CLOSED)
        each = _left(vote.id, batch, said.slip)
        row = PaperCheck(
            slip_id=each.slip.id,
            vote_id=vote.id,
            observer_id=by.id,
            ranking=None if said.answer.ranking is None else list(said.answer.ranking),
            rejected=said.answer.rejected,
            agrees=each.slip.decided == said.answer,
        )
        db.session.add(row)
        db.session.flush()
        publish(SlipChecked(actor_id=by.id, cycle_id=cycle_id, batch=batch, agrees=row.agrees))
    return row


def _checked(cycle_id: int, by: Actor) -> VoteFacts:
    vote = votes.vote_facts(cycle_id)
    message = _("Only an observer of this neighborhood checks the paper ballots.")
    ensure_standing(policies.may_check(by, vote.cycle.neighborhood_id), message)
    return vote


def _left(vote_id: bytes, batch: int, number: int) -> Drawn:
    sample = queries.sample(vote_id)
    if sample is None:
        raise NotFound
    found = next((each for each in sample.left if (each.batch, each.slip.number) == (batch, number)), None)
    if found is None:
        message = _("Slip %(number)s is not in the sample of this batch, or it has been checked.", number=number)
        raise DomainError("not_drawn", message, field="line")
    return found
