"""Which proposals get a letter, and how much stands on its one page."""

from app.proposals.rules import Stage

FREEZE, BIND = "letters.freeze", "letters.bind"
"""The two jobs of an order."""
DECIDED = frozenset({Stage.NOT_FEASIBLE, Stage.FUNDED, Stage.NOT_FUNDED})
"""Stages that a decision has brought a proposal to; of a withdrawn or joined one its author decided."""
MOST_TEXT = 700
"""Characters of an explanation that fit the page; the whole stands on the proposal's page."""
LAST_STEPS = 6
