"""The board's steps in words: what each does, what it needs, and where its button leads."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.clock import deadline_now
from app.core.databases.durability import durability_problems
from app.cycles import words as cycle_words
from app.cycles.queries import CycleFacts
from app.cycles.rules import PhaseKind, within
from app.voting import queries
from app.voting.fixing.words import Check, checks
from app.voting.objections import queries as objections
from app.voting.paper import words as paper_words
from app.voting.queries import VoteFacts
from app.voting.readiness.words import clock_sentences
from app.voting.reconciling import queries as reconciling
from app.voting.reconciling import words as reconciling_words
from app.voting.roll import queries as rolls
from app.voting.rules import STEP_AFTER, BoardStep, is_certified
from app.voting.trustees import queries as trustees

TITLES: Mapping[BoardStep, LazyString] = {
    BoardStep.FIX: _l("Fix the ballot"),
    BoardStep.OPEN: _l("Open the vote"),
    BoardStep.CLOSE: _l("Close the vote"),
    BoardStep.RECONCILE: _l("Reconcile the numbers"),
    BoardStep.OPEN_ENVELOPES: _l("Open the envelopes"),
    BoardStep.COUNT: _l("Count the ballots"),
    BoardStep.CERTIFY: _l("Certify the result"),
    BoardStep.PUBLISH: _l("Declare the result final"),
    BoardStep.DESTROY: _l("Destroy the envelopes"),
}

EFFECTS: Mapping[BoardStep, LazyString] = {
    BoardStep.FIX: _l(
        "Every feasible proposal becomes an option with a number drawn by lot. The rule card is frozen and hashed, the"
        " lot for ties is promised, and the keys of the key holders are settled. None of it can be changed then."
    ),
    BoardStep.OPEN: _l(
        "The roll is frozen: everybody who may vote at this moment, and nobody who comes later by themselves. Its size"
        " and its hash are published, and ballots are taken from now on."
    ),
    BoardStep.CLOSE: _l("No further ballot is taken. It cannot be opened again."),
    BoardStep.RECONCILE: _l(
        "Voters marked online are held against envelopes, voters marked on paper against accepted slips. Where they"
        " agree, the set of envelopes to open is fixed and named by its root. No paper ballot comes back after this."
    ),
    BoardStep.OPEN_ENVELOPES: _l(
        "The last envelope of every voter is opened, without any link to the roll, and paper ballots join. The closed"
        " set of ballots is written to one file and its hash is published."
    ),
    BoardStep.COUNT: _l(
        "The closed set is counted by the rule on the rule card, and every runoff round is counted a second time by"
        " another program. The lot is revealed."
    ),
    BoardStep.CERTIFY: _l(
        "A clerk and an observer, both named on the rule card, read the result and sign it. Then it is public, and"
        " objections to it are heard for the days on the rule card."
    ),
    BoardStep.PUBLISH: _l(
        "The days for objections are over and every objection is settled. The result is final, and its projects are no"
        " longer provisional."
    ),
    BoardStep.DESTROY: _l(
        "Every envelope is deleted, and a key kept here with it. The key holders destroy theirs. Nobody can open a"
        " ballot after this. It cannot be undone."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something a step needs, in words, and whether it is there; `blocks` where the step is refused without it."""

    text: str
    is_met: bool
    blocks: bool = True
    url: str | None = None
    """Where it is mended, if there is a page for it."""


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
    """The step that is due; None once nothing is left to do: where no objections are heard, after the certification."""
    step = STEP_AFTER.get(vote.stage if vote else None)
    if step is None or (vote is not None and is_certified(vote.stage) and vote.objections_until is None):
        return None
    needs, url = tuple(_needs(step, cycle, vote)), _way_to(step, cycle, vote)
    return DueStep(step=step, title=str(TITLES[step]), effect=str(EFFECTS[step]), needs=needs, url=url)


def _way_to(step: BoardStep, cycle: CycleFacts, vote: VoteFacts | None) -> str:
    if step is BoardStep.OPEN_ENVELOPES and vote is not None and not queries.key_is_kept_here(vote.id):
        return url_for("trustees.show", cycle_id=cycle.id)
    if step is BoardStep.CERTIFY:
        return url_for("results.show", cycle_id=cycle.id)
    return url_for("voting.confirm", cycle_id=cycle.id, step=step.value)


def _needs(step: BoardStep, cycle: CycleFacts, vote: VoteFacts | None) -> list[Need]:
    if step is BoardStep.FIX:
        return _to_fix(cycle)
    if vote is not None and step is BoardStep.OPEN:
        return _to_open(cycle, vote)
    if vote is not None and step is BoardStep.CLOSE:
        return [_announced_end(vote)]
    if vote is not None and step is BoardStep.RECONCILE:
        return _to_reconcile(vote)
    if vote is not None and step is BoardStep.PUBLISH:
        return _to_publish(vote)
    return []


def _to_fix(cycle: CycleFacts) -> list[Need]:
    return [
        Need(text=check.text, is_met=check.is_met, blocks=check.blocks, url=_door(check)) for check in checks(cycle)
    ]


def _door(check: Check) -> str | None:
    """Where it is mended; for what is there already nobody needs a way."""
    return url_for(check.door[0], **check.door[1]) if check.door and not check.is_met else None


def _to_open(cycle: CycleFacts, vote: VoteFacts) -> list[Need]:
    voters, unsettled = rolls.counts(cycle).on_roll, len(rolls.likenesses(cycle))
    problems = durability_problems()
    dates = cycle_words.dates_of(cycle.phase(PhaseKind.VOTING), cycle.time_zone)
    roll = ngettext("%(num)s person for the roll", "%(num)s people for the roll", voters)
    pairs = ngettext(
        "%(num)s pair of lines may be one person: settle it on the roll’s page",
        "%(num)s pairs of lines may be one person each: settle them on the roll’s page",
        unsettled,
    )
    lasting = _("The database keeps what it has acknowledged") + (f" ({', '.join(problems)})" if problems else "")
    is_on = within(deadline_now(), vote.opens_at, vote.closes_at)
    return [
        Need(text=_("It is a voting day (%(dates)s)", dates=dates), is_met=is_on),
        Need(text=roll, is_met=voters > 0),
        *([Need(text=pairs, is_met=False)] if unsettled else []),
        Need(text=lasting, is_met=not problems, blocks=False),
        *_clock_needs(),
        *_keys(vote),
    ]


def _keys(vote: VoteFacts) -> list[Need]:
    if not trustees.holders(vote.cycle.id):
        return [Need(text=_("The key on this machine fits (tried once more when you open)"), is_met=True)]
    holders = queries.trustees(vote.id)
    return [
        Need(text=_("%(name)s has shown that their key works", name=each.holder), is_met=each.checked_at is not None)
        for each in holders
    ]


def _to_reconcile(vote: VoteFacts) -> list[Need]:
    numbers = reconciling.numbers(vote.id)
    online = _("%(n)s voted online; %(e)s envelopes", n=numbers.voters_online, e=numbers.envelopes)
    paper = _("%(n)s voted on paper; %(s)s slips are accepted", n=numbers.voters_on_paper, s=numbers.slips)
    return [
        Need(text=online, is_met=numbers.voters_online == numbers.envelopes),
        Need(text=paper, is_met=not numbers.red),
        *(Need(text=problem, is_met=False) for problem in reconciling_words.problems(numbers)),
        *(Need(text=paper_words.missing(each).said, is_met=False, blocks=False) for each in numbers.explained),
    ]


def _to_publish(vote: VoteFacts) -> list[Need]:
    until = vote.objections_until
    over = until is not None and deadline_now() >= until
    waiting = objections.unsettled(vote.cycle.id)
    settled = ngettext("%(num)s objection waits for an answer", "%(num)s objections wait for an answer", waiting)
    return [
        Need(text=_("The days for objections are over"), is_met=over),
        Need(text=settled if waiting else _("No objection waits for an answer"), is_met=waiting == 0),
    ]


def _clock_needs() -> list[Need]:
    wrong = clock_sentences()
    right = [Need(text=_("The clocks of web server and database agree and have not gone back"), is_met=True)]
    return [Need(text=sentence, is_met=False) for sentence in wrong] or right


def _announced_end(vote: VoteFacts) -> Need:
    is_over = deadline_now() >= vote.closes_at + vote.grace
    over = _("The announced end and its minutes of grace are over")
    early = _("The announced end has not come, so closing now needs a reason that everybody will read")
    return Need(text=over if is_over else early, is_met=is_over, blocks=False)
