"""What has ended stays ended, whoever asks: an agreement moves on only where the domain says so."""

import pytest

from app.core.clock import now
from app.core.db import db, transaction
from app.taskforces.signing import rules
from app.taskforces.signing.models import Agreement
from app.taskforces.signing.rules import Ending
from tests import make
from tests.proposals.review.desk import refusal
from tests.sizes import size
from tests.taskforces.signing.test_matrix import ACTS, before_council, clerk, deadlock, everybody

STILL_OPEN = {
    ("ask the council", Ending.REJECTED): {"community"},
    ("ask the council", Ending.EXPIRED): {"community"},
    ("record its decision", Ending.REJECTED): {"clerk here"},
    ("record its decision", Ending.EXPIRED): {"clerk here"},
}
"""As domain.md has it: a deadlock may still be taken to the council and decided there; nothing else follows an ending.
What may happen while an agreement waits is the table of test_matrix.py."""


def ended(table, act, ending):
    """An agreement that one side has signed and that has ended so; before the council where a decision is tried."""
    waits = before_council(table) if act == "record its decision" else deadlock(table)
    with transaction():
        row = db.session.get_one(Agreement, waits)
        row.ending, row.ended_at = ending, now()
        row.override = "The council wishes it." if ending is Ending.OVERRIDDEN else None
    return waits


def those_who_sign(body, chairs):
    """The few who can do something while it waits, and a stranger."""
    few = {"community": chairs[0], "institution": chairs[1], "clerk here": clerk(make.person(), body.neighborhood)}
    return {name: make.fresh(who) for name, who in (few | {"stranger": make.actor()}).items()}


WHO = size(commit=those_who_sign, night=everybody)


def moved_by(table, act, ending, people):
    """Who takes the act with what has ended so; those of whom it is expected come last, for it happens once."""
    target, through = ended(table, act, ending), set()
    for who in sorted(people, key=lambda who: who in STILL_OPEN.get((act, ending), ())):
        if refusal(lambda who=who: ACTS[act][1](table, target, people[who])) is None:
            through.add(who)
    return through


@pytest.mark.soak
@pytest.mark.parametrize("ending", list(Ending))
def test_every_step_that_is_not_listed_is_refused_whoever_asks(table, ending):
    people = WHO(table[0], table[1])
    for act in ACTS:
        if act != "propose":
            assert moved_by(table, act, ending, people) == STILL_OPEN.get((act, ending), set()), act


def test_the_table_notices_an_ending_that_holds_nobody_off(table, monkeypatch):
    """The twin: were a withdrawn agreement open to the council, a side would take it there."""
    monkeypatch.setattr(rules, "OPEN_TO_COUNCIL", rules.OPEN_TO_COUNCIL | {Ending.WITHDRAWN})
    people = WHO(table[0], table[1])
    assert moved_by(table, "ask the council", Ending.WITHDRAWN, people) == {"community"}
