"""A step in words: which part of the count it belongs to, and one plain sentence made of its facts."""

from collections.abc import Callable, Mapping

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app.core.money import written
from app.voting.counting.outcomes import Phase, TiedBy
from app.voting.counting.records import Rule
from app.voting.results.rules import ResultFacts
from app.voting.results.steps.rules import Step, StepKind, payable

NAMED = 5
"""More projects than these are told by their number; a list under the sentence names them all."""

Titles = Mapping[int, str]


class Teller:
    """Tells the steps of one result: its facts, the titles of its options by number, and its currency."""

    def __init__(self, facts: ResultFacts, titles: Titles, currency: str) -> None:
        self.facts, self.titles, self.currency = facts, titles, currency
        self.costs = {ending.number: ending.cost_cents for ending in facts.endings}
        self._sentences: Mapping[StepKind, Callable[[Step], str]] = {
            StepKind.OPEN: self._open,
            StepKind.WITHDRAWN: self._withdrawn,
            StepKind.TOO_DEAR: self._too_dear,
            StepKind.LOOK: self._look,
            StepKind.REST: self._rest,
            StepKind.FUND: self._fund,
            StepKind.SET_ASIDE: self._set_aside,
            StepKind.RUNOFF: self._runoff,
            StepKind.VOTELESS: self._voteless,
            StepKind.OUT: self._out,
            StepKind.POINTS: self._points,
            StepKind.STOP: self._stop,
        }

    def sentence(self, step: Step) -> str:
        """What happens in this step, in a sentence or two."""
        return " ".join(part for part in (self._sentences[step.kind](step), self._tie(step)) if part)

    def part(self, step: Step) -> str:
        """The part of the count this step belongs to."""
        if step.kind is StepKind.STOP:
            return str(_("The end of the count"))
        if step.phase is Phase.SHARED:
            return str(ngettext("Shared budget: first choices", "Shared budget: first %(num)d choices", step.round))
        if step.phase is Phase.RUNOFFS:
            return self._runoff_part(step)
        if step.phase is Phase.START:
            return str(_("Start"))
        return str(_("Points")) if step.phase is Phase.POINTS else str(_("Equal shares"))

    def _runoff_part(self, step: Step) -> str:
        if step.round == 0:
            return str(_("Before the runoffs"))
        if step.kind is StepKind.SET_ASIDE:
            return str(_("Before runoff %(number)d", number=step.round))
        return str(_("Runoff %(number)d", number=step.round))

    def money(self, cents: int) -> str:
        """An amount in the currency of the pot."""
        return written(cents, self.currency)

    def names(self, step: Step) -> list[str]:
        """The titles of projects that the sentence only counts."""
        return [self.titles[option] for option in step.options] if len(step.options) > NAMED else []

    def named(self, options: tuple[int, ...]) -> str:
        """The titles of a few options, or the number of many."""
        if len(options) > NAMED:
            return str(ngettext("%(num)d project", "%(num)d projects", len(options)))
        return str(format_list([self.title(option) for option in options], locale=get_locale()))

    def title(self, option: int) -> str:
        """A title in quotation marks: in the middle of a sentence it must not be read as its words."""
        return str(_("“%(title)s”", title=self.titles[option]))

    def _open(self, step: Step) -> str:
        count = self.facts.counting_ballots
        ballots = ngettext("%(num)d ballot counts", "%(num)d ballots count", count)
        if not (self._shares and count):
            return str(_("%(ballots)s, and the pot holds %(pot)s.", ballots=ballots, pot=self._pot))
        share = self.money(round(self.facts.pot_cents / count))
        return str(
            _(
                "%(ballots)s, and the pot holds %(pot)s. Every ballot carries an equal share of it: about %(share)s.",
                ballots=ballots,
                pot=self._pot,
                share=share,
            )
        )

    @property
    def _shares(self) -> bool:
        return self.facts.rule in (Rule.SHARED_BUDGET, Rule.EQUAL_SHARES)

    @property
    def _pot(self) -> str:
        return self.money(self.facts.pot_cents)

    def _withdrawn(self, step: Step) -> str:
        return str(_("Taken off every ballot, withdrawn after the vote: %(it)s.", it=self.named(step.options)))

    def _too_dear(self, step: Step) -> str:
        return str(_("Taken off every ballot, too expensive for the whole pot: %(it)s.", it=self.named(step.options)))

    def _look(self, step: Step) -> str:
        looked = ngettext(
            "Now we look at the first choice of every ballot.",
            "Now we look at the first %(num)d choices of every ballot.",
            step.round,
        )
        if self.facts.is_reduced:
            enough = _("At least one group of supporters carries enough money for its project.")
            none = _("No group of supporters carries enough money for a project it wants.")
            return f"{looked} {enough if step.funds_next else none}"
        yes = ngettext(
            "One group of supporters carries enough money for its project.",
            "%(num)d groups of supporters carry enough money for their projects. Who carries the most goes first.",
            max(len(payable(step, self.costs)), 1),
        )
        no = _("No group of supporters carries enough money for a project it wants.")
        return f"{looked} {yes if step.funds_next else no}"

    def _rest(self, step: Step) -> str:
        if not step.standing:
            return str(_("No project that anybody supports is left."))
        return str(
            _("After paying, no other group of supporters carries enough money for a project that still fits the pot.")
        )

    def _fund(self, step: Step) -> str:
        facts = {"title": self.title(step.options[0]), "cost": self.money(step.numbers["cost_cents"])}
        if "support_cents" in step.numbers:
            return str(
                ngettext(
                    "%(title)s is funded: the %(num)d ballot for it carries %(held)s, and it costs %(cost)s.",
                    "%(title)s is funded: the %(num)d ballots for it carry %(held)s together, and it costs %(cost)s.",
                    step.numbers["supporters"],
                    held=self.money(step.numbers["support_cents"]),
                    **facts,
                )
            )
        if "supporters" in step.numbers:
            return str(
                ngettext(
                    "%(title)s is funded: what the %(num)d ballot for it carries covers its cost of %(cost)s.",
                    "%(title)s is funded: what the %(num)d ballots for it carry together covers its cost of %(cost)s.",
                    step.numbers["supporters"],
                    **facts,
                )
            )
        if "standing" in step.numbers:
            return str(
                _(
                    "%(title)s is funded and gets %(cost)s: %(votes)d of %(standing)d ballots stand with it, "
                    "more than half.",
                    votes=step.numbers["votes"],
                    standing=step.numbers["standing"],
                    **facts,
                )
            )
        if "points" in step.numbers:
            return str(
                _(
                    "%(title)s is funded and gets %(cost)s: it is next with %(points)d points, and it still fits.",
                    points=step.numbers["points"],
                    **facts,
                )
            )
        return str(_("%(title)s is funded and gets %(cost)s.", **facts))

    def _set_aside(self, step: Step) -> str:
        left = self.money(step.left_cents)
        return str(_("Set aside, too expensive for the %(left)s left: %(it)s.", left=left, it=self.named(step.options)))

    def _runoff(self, step: Step) -> str:
        stands = ngettext(
            "A runoff among what still fits: %(num)d ballot names such a project and stands with its highest.",
            "A runoff among what still fits: %(num)d ballots name such a project, and each stands with its highest.",
            step.numbers["standing"],
        )
        yes, no = _("One project has more than half of them."), _("No project has more than half of them.")
        return f"{stands} {yes if step.funds_next else no}"

    def _voteless(self, step: Step) -> str:
        return str(_("No ballot stands with these, so they leave this runoff: %(it)s.", it=self.named(step.options)))

    def _out(self, step: Step) -> str:
        gone = ngettext(
            "%(title)s has the fewest, %(num)d ballot, and leaves this runoff.",
            "%(title)s has the fewest, %(num)d ballots, and leaves this runoff.",
            step.numbers["votes"],
            title=self.title(step.options[0]),
        )
        return " ".join(part for part in (gone, self._moved(step), self._exhausted(step)) if part)

    def _moved(self, step: Step) -> str:
        moved = sum(step.moved.values())
        if not moved:
            return ""
        return str(
            ngettext("%(num)d ballot moves to its next choice.", "%(num)d ballots move to their next choices.", moved)
        )

    def _exhausted(self, step: Step) -> str:
        if not step.exhausted:
            return ""
        return str(
            ngettext(
                "%(num)d ballot names no other project that is still in and sits out the rest of this runoff.",
                "%(num)d ballots name no other project that is still in and sit out the rest of this runoff.",
                step.exhausted,
            )
        )

    def _points(self, step: Step) -> str:
        most = self.facts.max_ranks
        return str(_("Every ballot gives points: %(most)d to its first choice, one less to each after.", most=most))

    def _stop(self, step: Step) -> str:
        done = ngettext(
            "The count ends: %(num)d project is funded, and %(left)s stays in the pot.",
            "The count ends: %(num)d projects are funded, and %(left)s stays in the pot.",
            len(self.facts.funded),
            left=self.money(step.left_cents),
        )
        return str(done)

    def _tie(self, step: Step) -> str:
        if step.tie is None or step.kind is StepKind.VOTELESS:
            return ""
        if step.tie.by is TiedBy.LOT:
            return str(
                ngettext(
                    "It stood level with %(num)d other: the lot decided.",
                    "It stood level with %(num)d others: the lot decided.",
                    step.tie.of - 1,
                )
            )
        return str(
            _("Others had as few: what decided is that it had the fewest in count %(count)d.", count=step.tie.count)
        )
