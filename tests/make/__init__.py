"""Valid rows by default: a test mentions only what it is about. One file for each part of the site."""

from tests.make.cycles import cycle, proposal
from tests.make.people import account, actor, actor_for, electorate, fresh, neighborhood, person, resident
from tests.make.projects import commitment, paid, paper, project, promise_changed
from tests.make.rows import kept, numbers
from tests.make.taskforces import co_chair, organization, seat_of, seat_offer, seated, task_force
from tests.make.votes import (
    agreed,
    board,
    board_of,
    cast,
    cast_in,
    close,
    fixed_vote,
    open_vote,
    seats_of,
    votable_cycle,
)

__all__ = [
    "account",
    "actor",
    "actor_for",
    "agreed",
    "board",
    "board_of",
    "cast",
    "cast_in",
    "close",
    "co_chair",
    "commitment",
    "cycle",
    "electorate",
    "fixed_vote",
    "fresh",
    "kept",
    "neighborhood",
    "numbers",
    "open_vote",
    "organization",
    "paid",
    "paper",
    "person",
    "project",
    "promise_changed",
    "proposal",
    "resident",
    "seat_of",
    "seat_offer",
    "seated",
    "seats_of",
    "task_force",
    "votable_cycle",
]
