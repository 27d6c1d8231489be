"""Cards, and the codes on them, as a test reads them off."""

from contextlib import contextmanager
from typing import Any

import pytest

from app.core import jobs
from app.core.access import Actor
from app.core.db import db
from app.cycles.models import Cycle
from app.voting.board.rules import ActKind
from app.voting.models import Vote
from app.voting.roll.codes import pages, services
from app.voting.roll.codes.rules import Purpose, written
from app.voting.roll.codes.services import OrderCodes
from tests import make
from tests.voting.roll.lists import clerk_of, listed


@contextmanager
def read_off():
    """The codes drawn by batches made meanwhile, by name; no PDF is rendered, which takes seconds."""
    drawn: dict[str, str] = {}

    def sheet(_cycle: Any, _batch: Any, cards: Any) -> bytes:
        drawn.update({target.name: written(value) for target, value in cards})
        return b"%PDF " + "\n".join(drawn.values()).encode()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "sheet", sheet)
        yield drawn


def batch(cycle_id: int, purpose: Purpose = Purpose.VOTING, *, by: Actor) -> tuple[int, dict[str, str]]:
    """A batch that a worker has made: its id and the codes by name."""
    with read_off() as drawn:
        made = services.order(cycle_id, OrderCodes(purpose=purpose, languages=("en",), is_large=False), by=by)
        jobs.run_waiting()
    db.session.rollback()
    return made, drawn


def open_vote_with_cards(*names: str) -> tuple[Vote, dict[str, str], Actor]:
    """An open vote in which these people have a card, the codes on them, and the clerk."""
    vote = make.fixed_vote()
    cycle: Cycle = vote.cycle
    make.electorate(cycle.neighborhood, 1)
    for name in names:
        listed(cycle, name)
    clerk = clerk_of(cycle.neighborhood_id)
    _made, codes = batch(cycle.id, by=clerk)
    return make.agreed(ActKind.OPEN, cycle.id), codes, clerk
