"""The board's steps in words: what each does, what it needs, and where its button leads."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.clock import deadline_now
from app.core.durability import durability_problems
from app.cycles import words as cycle_words
from app.cycles.queries import CycleFacts
from app.cycles.rules import PhaseKind, Stage, within
from app.voting import queries
from app.voting.queries import VoteFacts
from app.voting.rules import STEP_AFTER, BoardStep

TITLES: Mapping[BoardStep, LazyString] = {
    BoardStep.FIX: _l("Fix the ballot"),
    BoardStep.OPEN: _l("Open the vote"),
    BoardStep.CLOSE: _l("Close the vote"),
    BoardStep.OPEN_ENVELOPES: _l("Open the envelopes"),
    BoardStep.COUNT: _l("Count the ballots"),
    BoardStep.CERTIFY: _l("Certify the result"),
}

EFFECTS: Mapping[BoardStep, LazyString] = {
    BoardStep.FIX: _l(
        "Every feasible proposal becomes an option with a number drawn by lot. The rule card is frozen and hashed, the"
        " lot for ties is promised, and the key for the ballots is made. None of this can be changed afterwards."
    ),
    BoardStep.OPEN: _l(
        "The roll is frozen: everybody with a verified residence at this moment, and nobody who comes later. Its size"
        " and its hash are published, and ballots are taken from now on."
    ),
    BoardStep.CLOSE: _l("No further ballot is taken. It cannot be opened again."),
    BoardStep.OPEN_ENVELOPES: _l(
        "The last envelope of every voter is opened with the key, without any link to the roll. The closed set of"
        " ballots is written to one file and its hash is published."
    ),
    BoardStep.COUNT: _l(
        "The closed set is counted by the rule on the rule card, and every runoff round is counted a second time by"
        " another program. The lot is revealed."
    ),
    BoardStep.CERTIFY: _l(
        "A clerk and an observer, two different people, read the result and sign it. Then it is public."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something a step needs, in words, and whether it is there; `blocks` where the step is refused without it."""

    text: str
    is_met: bool
    blocks: bool = True


@dataclass(frozen=True, kw_only=True)
class BoardLine:
    """A step on the board's page: done, current or ahead."""

    step: BoardStep
    title: str
    effect: str
    stage: str


@dataclass(frozen=True, kw_only=True)
class DueStep:
    """The step that is due, what it needs, and where one goes for it."""

    step: BoardStep
    title: str
    effect: str
    needs: tuple[Need, ...]
    url: str

    @property
    def is_possible(self) -> bool:
        """Whether nothing that it needs is missing."""
        return all(need.is_met or not need.blocks for need in self.needs)


def lines(vote: VoteFacts | None) -> list[BoardLine]:
    """All steps of the board in order, with where the vote stands among them."""
    due = STEP_AFTER.get(vote.stage if vote else None)
    order = list(BoardStep)
    at = order.index(due) if due else len(order)
    stages = ["done" if n < at else "current" if n == at else "ahead" for n in range(len(order))]
    return [
        BoardLine(step=step, title=str(TITLES[step]), effect=str(EFFECTS[step]), stage=stage)
        for step, stage in zip(order, stages, strict=True)
    ]


def due_step(cycle: CycleFacts, vote: VoteFacts | None) -> DueStep | None:
    """The step that is due; None once the result is certified."""
    step = STEP_AFTER.get(vote.stage if vote else None)
    if step is None:
        return None
    url = url_for("voting.confirm", cycle_id=cycle.id, step=step.value)
    if step is BoardStep.CERTIFY:
        url = url_for("results.show", cycle_id=cycle.id)
    return DueStep(
        step=step, title=str(TITLES[step]), effect=str(EFFECTS[step]), needs=tuple(_needs(step, cycle, vote)), url=url
    )


def _needs(step: BoardStep, cycle: CycleFacts, vote: VoteFacts | None) -> list[Need]:
    if step is BoardStep.FIX:
        return _to_fix(cycle)
    if vote is not None and step is BoardStep.OPEN:
        return _to_open(cycle, vote)
    if vote is not None and step is BoardStep.CLOSE:
        return [_announced_end(vote)]
    return []


def _to_fix(cycle: CycleFacts) -> list[Need]:
    feasible, undecided = queries.feasible(cycle.id), queries.undecided(cycle.id)
    dear = [each.title for each in feasible if each.cost_cents > cycle.spendable_cents]
    found = ngettext("%(num)s proposal is feasible", "%(num)s proposals are feasible", len(feasible))
    waiting = ngettext(
        "%(num)s proposal still waits for its review and would miss the ballot",
        "%(num)s proposals still wait for their review and would miss the ballot",
        undecided,
    )
    return [
        Need(text=_("The cycle is in review"), is_met=cycle.stage is Stage.REVIEWING),
        Need(text=found, is_met=bool(feasible)),
        *([Need(text=waiting, is_met=False, blocks=False)] if undecided else []),
        *([Need(text=_("Dearer than the pot: %(titles)s", titles="; ".join(dear)), is_met=False)] if dear else []),
    ]


def _to_open(cycle: CycleFacts, vote: VoteFacts) -> list[Need]:
    residents = len(queries.verified_residents(cycle.neighborhood_id))
    problems = durability_problems()
    dates = cycle_words.dates_of(cycle.phase(PhaseKind.VOTING), cycle.time_zone)
    roll = ngettext("%(num)s verified resident for the roll", "%(num)s verified residents for the roll", residents)
    lasting = _("The database keeps what it has acknowledged") + (f" ({', '.join(problems)})" if problems else "")
    is_on = within(deadline_now(), vote.opens_at, vote.closes_at)
    return [
        Need(text=_("It is a voting day (%(dates)s)", dates=dates), is_met=is_on),
        Need(text=roll, is_met=residents > 0),
        Need(text=lasting, is_met=not problems, blocks=False),
        Need(text=_("The key on this machine fits (tried once more when you open)"), is_met=True),
    ]


def _announced_end(vote: VoteFacts) -> Need:
    is_over = deadline_now() >= vote.closes_at + vote.grace
    over = _("The announced end and its minutes of grace are over")
    early = _("The announced end has not come, so closing now needs a reason that everybody will read")
    return Need(text=over if is_over else early, is_met=is_over, blocks=False)
