"""A year of Riverside: proposing, reviewing, voting and counting, by the services everybody uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from app.core.access import Actor
from app.cycles import services as cycles
from app.cycles.rules import CountRule, LeftoverRule, PhaseKind, PublicationLevel, Stage
from app.cycles.services import CreateCycle, PlannedPhase
from app.demo.ground import CATEGORIES
from app.demo.people import Cast
from app.places.models import Neighborhood
from app.proposals import services as proposals
from app.proposals.review import services as reviews
from app.proposals.review.rules import Decision, Reason
from app.proposals.review.services import ReviewProposal
from app.proposals.rules import CostLine
from app.proposals.services import WriteProposal
from app.voting import queries as votes
from app.voting import services as voting
from app.voting.ballots.queries import ready_token, served_token
from app.voting.ballots.services import CastBallot, cast
from app.voting.results import services as counts

LENGTHS = {PhaseKind.COLLECTING: 30, PhaseKind.REVIEWING: 40, PhaseKind.VOTING: 18, PhaseKind.COUNTING: 10}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One cycle of the demo: its texts, the day its collecting begins, its money, how long it delivers."""

    told: Mapping[str, Any]
    starts: int
    pot_cents: int
    contingency_cents: int
    delivers_days: int

    def first(self, kind: PhaseKind) -> int:
        """The first day of a phase."""
        kinds = list(PhaseKind)
        return self.starts + sum(LENGTHS[before] for before in kinds[: kinds.index(kind)])

    def phases(self, cast: Cast) -> tuple[PlannedPhase, ...]:
        """The dated phases, one after the other."""
        lengths = {**LENGTHS, PhaseKind.DELIVERING: self.delivers_days}
        days = cast.calendar
        return tuple(
            PlannedPhase(kind=k, first_on=days.on(self.first(k)), last_on=days.on(self.first(k) + lengths[k] - 1))
            for k in PhaseKind
        )


def begin(plan: Plan, people: Cast, where: Neighborhood) -> int:
    """The cycle, drafted and opened for proposals; returns its id."""
    clerk = people.parts["clerk"]
    with people.calendar.at(plan.starts - 20):
        command = CreateCycle(
            neighborhood_id=where.id,
            name=plan.told["name"],
            summary=plan.told["summary"],
            year=plan.told["year"],
            pot_cents=plan.pot_cents,
            contingency_cents=plan.contingency_cents,
            count_rule=CountRule.SHARED_BUDGET,
            max_ranks=5,
            leftover_rule=LeftoverRule.NEXT_CYCLE,
            publication_level=PublicationLevel.FULL,
            phases=plan.phases(people),
        )
        cycle_id = cycles.create(command, by=clerk).id
    with people.calendar.at(plan.starts, 9):
        cycles.step(cycle_id, Stage.COLLECTING, by=clerk)
    return cycle_id


def propose(plan: Plan, cycle_id: int, people: Cast, where: Neighborhood) -> dict[str, int]:
    """Every proposal by a resident of its own, in the collecting phase; returns ids by title."""
    categories = {category.name: category.id for category in where.categories}
    areas = {area.name: area.id for area in where.areas}
    made = {}
    for number, told in enumerate(plan.told["proposals"]):
        author = people.parts["proposer"] if number == 0 else people.residents[40 - plan.starts % 7 + number * 13]
        command = WriteProposal(
            title=told["title"],
            summary=told["summary"],
            need=told["need"],
            place=told["place"],
            category_id=categories[CATEGORIES[told["category"]]],
            area_id=areas[told["area"]],
            estimate=tuple(CostLine(label=label, amount_cents=dollars * 100) for label, dollars in told["estimate"]),
        )
        with people.calendar.at(plan.starts + 1 + number % 26, 10 + number % 9, number % 60):
            made[told["title"]] = proposals.submit(cycle_id, command, by=author).id
            if told["decision"] == "withdrawn":
                proposals.withdraw(made[told["title"]], by=author)
    return made


def review(plan: Plan, cycle_id: int, made: Mapping[str, int], people: Cast) -> None:
    """Officers find and price, in the open; then the ballot is fixed."""
    first = plan.first(PhaseKind.REVIEWING)
    with people.calendar.at(first, 9):
        cycles.step(cycle_id, Stage.REVIEWING, by=people.parts["clerk"])
    judged = [told for told in plan.told["proposals"] if told["decision"] != "withdrawn"]
    for number, told in enumerate(judged):
        officer = people.parts["officer" if number % 3 else "officer2"]
        with people.calendar.at(first + 2 + number, 14, number % 60):
            reviews.review(made[told["title"]], _finding(told), by=officer)
    with people.calendar.at(first + LENGTHS[PhaseKind.REVIEWING] - 3, 11):
        voting.fix_ballot(cycle_id, by=people.parts["clerk"])


def _finding(told: Mapping[str, Any]) -> ReviewProposal:
    cost = (told["cost"] or 0) * 100
    return ReviewProposal(
        decision=Decision(told["decision"]),
        reason=Reason(told.get("reason") or "meets_criteria"),
        explanation=told["explanation"],
        lines=_lines(told, cost) if cost else (),
        running_cost_cents=(told["running"] or 0) * 100,
        note=told["note"] or "",
    )


def _lines(told: Mapping[str, Any], cost_cents: int) -> tuple[CostLine, ...]:
    """The officers' price along the proposer's own lines, the rest on the last one."""
    asked = sum(dollars for _, dollars in told["estimate"]) * 100
    shares = [dollars * 100 * cost_cents // asked // 100_00 * 100_00 for _, dollars in told["estimate"]]
    shares[-1] = cost_cents - sum(shares[:-1])
    return tuple(CostLine(label=label, amount_cents=s) for (label, _), s in zip(told["estimate"], shares, strict=True))


def vote(plan: Plan, cycle_id: int, people: Cast, voters: Sequence[Actor]) -> None:
    """The vote opens, and `voters` rank what they care about."""
    with people.calendar.at(plan.first(PhaseKind.VOTING), 9):
        voting.open_vote(cycle_id, by=people.parts["clerk"])
        facts = votes.vote_facts(cycle_id)
        numbers = {option.title: option.number for option in votes.options(facts.id)}
        on_ballot = [told for told in plan.told["proposals"] if told["title"] in numbers]
        random = Random(f"tastes {plan.starts}")
        for voter in voters:
            ranking = tuple(numbers[told["title"]] for told in tastes(on_ballot, random))
            token = ready_token(facts, served_token(facts, voter), voter)
            cast(cycle_id, CastBallot(ranking=ranking, token=token), by=voter)


def tastes(on_ballot: Sequence[Mapping[str, Any]], random: Random) -> list[Mapping[str, Any]]:
    """A few projects drawn one after the other: one's own area and one or two causes weigh most."""
    area = random.choice(on_ballot)["area"]
    causes = random.sample(list(CATEGORIES), 2)
    left = list(on_ballot)
    picked = []
    for _ in range(min(len(left), random.choice((2, 3, 4, 5, 5, 5)))):
        weights = [1.0 + 6 * (t["area"] == area) + 5 * (t["category"] in causes) + _charm(t) for t in left]
        picked.append(left.pop(random.choices(range(len(left)), weights)[0]))
    return picked


def _charm(told: Mapping[str, Any]) -> float:
    return Random(told["title"]).random() * 4


def decide(plan: Plan, cycle_id: int, people: Cast) -> None:
    """The vote closes, the envelopes are opened and counted, a clerk and the observer certify, and building begins."""
    clerk, first = people.parts["clerk"], plan.first(PhaseKind.COUNTING)
    with people.calendar.at(first, 10):
        voting.close_vote(cycle_id, by=clerk)
        counts.open_envelopes(cycle_id, by=clerk)
        counts.count(cycle_id, by=clerk)
    with people.calendar.at(first + 2, 15):
        counts.certify(cycle_id, by=clerk)
        counts.certify(cycle_id, by=people.parts["observer"])
    with people.calendar.at(plan.first(PhaseKind.DELIVERING), 9):
        cycles.step(cycle_id, Stage.DELIVERING, by=clerk)
