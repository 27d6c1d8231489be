"""Random actions through the verb itself: rules hold, the sums are what a replay gives, and the chain verifies."""

from random import Random

import pytest

from app.core.clock import today
from app.core.db import db, transaction
from app.taskforces.projects.models import Project
from app.taskforces.spending import rules, services
from app.taskforces.spending.chain import queries as chain
from app.taskforces.spending.models import Commitment, LedgerEntry
from app.taskforces.spending.rules import EntryKind as Kind
from tests import make
from tests.sizes import size

ACTIONS = size(commit=150, night=2000)
AT_ONCE = 25
"""How many actions one transaction holds, so that the test is not a test of the disk."""


class Town:
    """A cycle with three projects, each with two commitments, and somebody who wishes for anything."""

    def __init__(self, seed):
        self.chance = Random(seed)
        cycle = make.cycle(contingency_cents=20_000_00)
        projects = [make.project(cycle=cycle) for _ in range(3)]
        promises = [make.commitment(each, 1_000_00) for each in projects for _ in range(2)]
        self.cycle_id, self.booked, self.refused = cycle.id, 0, 0
        self.projects, self.promises = [each.id for each in projects], [each.id for each in promises]

    def act(self):
        """Wish for something; it is booked or refused."""
        try:
            services.book(self.cycle_id, self.wish(), by_id=None)
            self.booked += 1
        except services.MoneyRefused as reason:
            assert reason.rule in range(9, 15)
            self.refused += 1

    def wish(self):
        kind = self.chance.choice([kind for kind in Kind if kind not in (Kind.ALLOCATE, Kind.REALLOCATE_IN)])
        cents = self.chance.choice([1, 100, self.chance.randrange(1, 9_000_00), 15_000_00, 10**14 + 1])
        if kind is Kind.REALLOCATE_OUT:
            out, into = self.chance.sample(self.projects, 2)
            return [self.booking(kind, -cents, out), self.booking(Kind.REALLOCATE_IN, cents, into)]
        sign = -1 if kind in rules.BELOW_ZERO else self.chance.choice((1, 1, -1))
        if kind is Kind.EXPENSE_REVERSAL:
            return [self.taking_back()]
        if kind in rules.OF_A_COMMITMENT:
            row = db.session.get_one(Commitment, self.chance.choice(self.promises))
            return [self.booking(kind, sign * cents, row.project_id, commitment=row, document_id=row.document_id)]
        project = None if kind in rules.OF_THE_POT else self.chance.choice(self.projects)
        return [self.booking(kind, sign * cents, project)]

    def taking_back(self):
        paid = db.session.query(LedgerEntry).filter(LedgerEntry.commitment_id.is_not(None)).all()
        entry = self.chance.choice(paid)
        more = {"commitment": entry.commitment, "reverses": entry, "document_id": entry.document_id}
        return self.booking(Kind.EXPENSE_REVERSAL, -abs(entry.amount_cents), entry.project_id, **more)

    def booking(self, kind, cents, project_id, **more):
        project = None if project_id is None else db.session.get_one(Project, project_id)
        return services.Booking(kind=kind, amount_cents=cents, on=today(), purpose="x", project=project, **more)


@pytest.mark.soak
def test_random_actions_break_no_rule_and_a_replay_equals_what_is_kept(app, seed):
    town = Town(seed)
    for _ in range(ACTIONS // AT_ONCE):
        with transaction():
            for _n in range(AT_ONCE):
                town.act()
    assert rules.broken_rules(chain.replayed(town.cycle_id)) == set()
    found = chain.checked(town.cycle_id)
    assert found.holds, found
    moved = db.session.query(LedgerEntry).filter(LedgerEntry.kind.in_((Kind.REALLOCATE_IN, Kind.REALLOCATE_OUT)))
    assert sum(entry.amount_cents for entry in moved) == 0
    assert town.booked and town.refused
