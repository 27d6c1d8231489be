"""From feasible proposals to a closed vote: each step once, by a clerk, and only when it may be."""

import pytest
import sqlalchemy as sa

from app.core.access import Role
from app.core.db import db
from app.core.errors import DomainError, NoStanding
from app.cycles import queries as cycles
from app.cycles.rules import Stage
from app.voting import queries, services
from app.voting.counting import lots
from app.voting.models import Option, Vote
from app.voting.rules import VoteStage
from tests import make


def test_fixing_the_ballot_numbers_the_options_by_lot(app):
    vote = make.fixed_vote(options=5)
    found = queries.options(vote.id)
    assert [option.number for option in found] == [1, 2, 3, 4, 5]
    assert cycles.facts(vote.cycle_id).stage is Stage.BALLOT_FIXED


def test_the_rule_card_promises_the_lot_that_is_kept(app):
    vote = queries.vote_facts(make.fixed_vote().cycle_id)
    assert lots.keeps_the_promise(queries.lot_seed(vote.id), bytes.fromhex(vote.lot_commitment))
