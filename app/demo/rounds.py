"""A year of Riverside: proposing, reviewing, voting, counting and building, by the services everybody uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import Any

import sqlalchemy as sa

from app.accounts.models import Person
from app.accounts.queries import actor_of
from app.core import jobs
from app.core.access import Actor
from app.core.clock import now
from app.core.db import db
from app.core.jobs import Job
from app.cycles import services as cycles
from app.cycles.priorities import services as priorities
from app.cycles.priorities.queries import priorities as agreed_on
from app.cycles.rules import CountRule, LeftoverRule, PhaseKind, PublicationLevel, Stage
from app.cycles.services import CreateCycle, PlannedPhase
from app.demo import ballots, drawings, texts
from app.demo.days import Diary
from app.demo.desk import type_in
from app.demo.findings import finding
from app.demo.ground import CATEGORIES
from app.demo.key_holders import KeyHolders
from app.demo.people import Cast, voters
from app.demo.spots import say_where
from app.demo.work import delivery, tie_outs
from app.places.models import Neighborhood
from app.proposals import services as proposals
from app.proposals.attachments import services as attachments
from app.proposals.attachments.queries import of_proposal
from app.proposals.attachments.rules import Kind
from app.proposals.attachments.services import AddAttachment
from app.proposals.clashes import services as clashes
from app.proposals.clashes.services import FlagClash
from app.proposals.hiding import services as hiding
from app.proposals.hiding.rules import Part as HiddenPart
from app.proposals.hiding.services import Which
from app.proposals.merging import services as merging
from app.proposals.merging.services import AskToJoin
from app.proposals.names import queries as names
from app.proposals.names.judging import services as judging
from app.proposals.names.judging.services import JudgeWords
from app.proposals.names.rules import Ending
from app.proposals.queries import detail
from app.proposals.review import services as reviews
from app.proposals.review.assigning import services as assigning
from app.proposals.review.models import PreparedFinding
from app.proposals.review.notes import services as notes
from app.proposals.review.publishing import services as publishing
from app.proposals.review.publishing.services import SettleReview
from app.proposals.revisions import services as revisions
from app.proposals.revisions.services import SaveProposal
from app.proposals.rules import CostLine
from app.proposals.second_looks import services as second_looks
from app.proposals.second_looks.rules import Outcome
from app.proposals.second_looks.services import AnswerSecondLook
from app.proposals.services import WriteProposal
from app.proposals.splitting import services as splitting
from app.proposals.splitting.services import AskToSplit, Part
from app.reports import services as reports
from app.reports.rules import RENDER, ReportKind
from app.reports.services import Publish
from app.voting import queries as votes
from app.voting.ballots.queries import ready_token, served_token
from app.voting.ballots.services import CastBallot, cast
from app.voting.board import services as board
from app.voting.board.naming import services as naming
from app.voting.board.naming.services import NameBoard
from app.voting.board.queries import action
from app.voting.board.rules import ActKind
from app.voting.results import services as counts
from app.voting.results.explanations.rules import EXPLAIN

LENGTHS = {PhaseKind.COLLECTING: 30, PhaseKind.REVIEWING: 40, PhaseKind.VOTING: 18, PhaseKind.COUNTING: 10}
OBJECTION_DAYS = 7
TWO_DECIDE_ABOVE = 60_000
"""Dollars above which a second officer of Riverside must agree."""
WITH_PICTURES = 4
VOTING_BEGINS = LENGTHS[PhaseKind.COLLECTING] + LENGTHS[PhaseKind.REVIEWING]
Told = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One cycle of the demo: its texts, its first day, its money, how many vote, and how long it builds."""

    told: Told
    starts: int
    pot_cents: int
    contingency_cents: int
    voters: int
    delivers_days: int

    def first(self, kind: PhaseKind) -> int:
        """The first day of a phase."""
        kinds = list(PhaseKind)
        return self.starts + sum(LENGTHS[before] for before in kinds[: kinds.index(kind)])

    def phases(self, people: Cast) -> tuple[PlannedPhase, ...]:
        """The dated phases, one after the other."""
        lengths = {**LENGTHS, PhaseKind.DELIVERING: self.delivers_days}
        days = people.calendar
        return tuple(
            PlannedPhase(kind=k, first_on=days.on(self.first(k)), last_on=days.on(self.first(k) + lengths[k] - 1))
            for k in PhaseKind
        )


class Round:
    """One cycle as it is lived; each step is a note in the diary, and steps yet to come are never taken."""

    def __init__(self, plan: Plan, people: Cast, where: Neighborhood, diary: Diary) -> None:
        self.plan, self.people, self.where, self.diary = plan, people, where, diary
        self.cycle_id = 0
        self.serves: dict[str, int] = {}
        self.made: dict[str, int] = {}
        self.authors: dict[str, Actor] = {}
        self.holders: KeyHolders

    def foresee(self) -> None:
        """Write the whole cycle into the diary."""
        note, first = self.diary.note, self.plan.first
        note(self.plan.starts - 20, 12, self._draft)
        note(self.plan.starts, 9, partial(self._step, Stage.COLLECTING))
        self._foresee_proposals()
        note(first(PhaseKind.REVIEWING), 9, partial(self._step, Stage.REVIEWING))
        self._foresee_reviews()
        note(first(PhaseKind.VOTING) - 10, 11, self._name_board)
        note(first(PhaseKind.VOTING) + ballots.PRICES_FIRST, 8, self._foresee_ballot)
        note(first(PhaseKind.VOTING) - 3, 11, self._fix)
        note(first(PhaseKind.VOTING), 9, self._vote)
        note(first(PhaseKind.COUNTING), 10, self._count)
        note(first(PhaseKind.COUNTING) + 1, 15, self._certify)
        note(first(PhaseKind.COUNTING) + 1 + OBJECTION_DAYS, 16, partial(self._agree, ActKind.PUBLISH))
        note(first(PhaseKind.DELIVERING) + 20, 10, partial(self._agree, ActKind.DESTROY))
        note(first(PhaseKind.DELIVERING), 9, self._build)
        note(first(PhaseKind.DELIVERING) + 1, 11, self._report)
        note(first(PhaseKind.DELIVERING) + self.plan.delivers_days + 2, 12, partial(self._step, Stage.CLOSED))

    def _step(self, to: Stage) -> None:
        cycles.step(self.cycle_id, to, by=self.people.parts["clerk"])

    def _draft(self) -> None:
        told = self.plan.told
        command = CreateCycle(
            neighborhood_id=self.where.id,
            name=told["name"],
            summary=told["summary"],
            year=told["year"],
            pot_cents=self.plan.pot_cents,
            contingency_cents=self.plan.contingency_cents,
            count_rule=CountRule.SHARED_BUDGET,
            max_ranks=5,
            leftover_rule=LeftoverRule.NEXT_CYCLE,
            publication_level=PublicationLevel.FULL,
            phases=self.plan.phases(self.people),
        )
        clerk = self.people.parts["clerk"]
        self.cycle_id = cycles.create(command, by=clerk).id
        two_above = SettleReview(second_above_cents=TWO_DECIDE_ABOVE * 100, together=False)
        publishing.settle(self.cycle_id, two_above, by=clerk)
        self._agree_on_priorities(texts.agreed(told["name"]))
        ballots.plan(self.cycle_id, self.people, opens=self.plan.first(PhaseKind.VOTING))

    def _agree_on_priorities(self, said: Told | None) -> None:
        if said is None:
            return
        day = self.people.calendar.on(self.plan.starts - 30)
        command = priorities.StatePriorities(
            text=said["text"], assembly=said["assembly"], agreed_on=day, names=tuple(said["names"])
        )
        priorities.state(self.cycle_id, command, by=self.people.parts["clerk"])
        ids = [each.id for each in agreed_on(self.cycle_id)]
        self.serves = {kind: ids[place] for kind, place in said["kinds"].items()}

    def _foresee_proposals(self) -> None:
        for number, told in enumerate(self.plan.told["proposals"]):
            day, minute = self.plan.starts + 1 + number * 26 // len(self.plan.told["proposals"]), number * 17 % 60
            self.diary.note(day, 8 + number * 5 % 13, partial(self._propose, number, told), minute=minute)

    def _propose(self, number: int, told: Told) -> None:
        people = self.people
        author = people.parts["proposer"] if number == 0 else people.residents[40 - self.plan.starts % 7 + number * 13]
        command = self._words({**told, **told.get("first", {})})
        if "paper" in told:
            proposal_id, author = type_in(self.cycle_id, command, told["paper"], by=people.parts["clerk"])
        else:
            proposal_id = proposals.draft(self.cycle_id, command, by=author).id
            say_where(proposal_id, number, told, by=author)
            proposals.send(proposal_id, by=author)
        self.made[told["title"]] = proposal_id
        self._foresee_names(proposal_id, told)
        if number < WITH_PICTURES:
            _show(proposal_id, told, by=author)
        if "hides_picture" in told:
            act = partial(self._hide_picture, proposal_id, told["hides_picture"])
            self.diary.note(self.plan.first(PhaseKind.REVIEWING), 9, act, minute=45)
        if "first" in told:
            better = SaveProposal(words=self._words(told), read_up_to=1, changed=told["changed"])
            day = self.plan.first(PhaseKind.REVIEWING) - 2
            self.diary.note(day, 19, partial(revisions.save, proposal_id, better, by=author))
        self.authors[told["title"]] = author
        ends = self.plan.first(PhaseKind.REVIEWING)
        if told["decision"] == "withdrawn":
            self.diary.note(ends + 1, 21, partial(proposals.withdraw, proposal_id, by=author, reason=texts.WITHDRAWN))
        if "clash" in told:
            self.diary.note(ends + 1, 11, partial(self._flag, told))
        if "split" in told:
            self.diary.note(ends + 2, 19, partial(self._ask_to_split, proposal_id, told["split"], author))
        if told["decision"] == "merged":
            self.diary.note(ends, 20, partial(self._ask_to_join, told))

    def _foresee_names(self, proposal_id: int, told: Told) -> None:
        """The office looks at words that were kept back; those of one proposal wait for whoever tries the demo."""
        if told["decision"] == "needs_changes":
            return
        ending, reason = (Ending.REMOVED, told["names"]) if "names" in told else (Ending.NO_NAME, "")
        for held in names.around(proposal_id, None).held:
            verdict = JudgeWords(ending=ending, reason=reason)
            act = partial(judging.judge, held.id, verdict, by=self.people.parts["officer"])
            self.diary.note(self.plan.first(PhaseKind.REVIEWING), 9, act, minute=30)

    def _hide_picture(self, proposal_id: int, reason: str) -> None:
        which = Which(proposal_id=proposal_id, part=HiddenPart.ATTACHMENT, part_id=of_proposal(proposal_id)[1].id)
        hiding.hide(which, reason, by=self.people.parts["officer"])

    def _flag(self, told: Told) -> None:
        made, other = (self.made[title] for title in (told["title"], told["clash"]["with"]))
        command = FlagClash(other_code=detail(other, None).code, reason=told["clash"]["reason"])
        clashes.flag(made, command, key=f"clash {made}", by=self.people.parts["officer"])

    def _ask_to_join(self, told: Told) -> None:
        """The author of the other proposal thinks about it for a day, and agrees."""
        other = detail(self.made[told["into"]], None).code
        command = AskToJoin(into_code=other, message=told["message"])
        made, author = self.made[told["title"]], self.authors[told["title"]]
        request_id = merging.ask(made, command, key=f"join {made}", by=author)
        day = self.plan.first(PhaseKind.REVIEWING) + 1
        self.diary.note(day, 18, partial(merging.agree, request_id, by=self.authors[told["into"]]))

    def _ask_to_split(self, proposal_id: int, told: Told, author: Actor) -> None:
        parts = tuple(Part(title=title, summary=summary) for title, summary in told["parts"])
        neighbor = next(each for each in self.people.residents if each.id != author.id)
        splitting.ask(proposal_id, AskToSplit(parts=parts, message=told["message"]), key="a split", by=neighbor)

    def _words(self, told: Told) -> WriteProposal:
        where = self.where
        return WriteProposal(
            title=told["title"],
            summary=told["summary"],
            need=told["need"],
            place=told["place"],
            gains=told.get("gains", ""),
            helpers=told.get("helpers", ""),
            category_id=next(c.id for c in where.categories if c.name == CATEGORIES[told["category"]]),
            area_id=next(a.id for a in where.areas if a.name == told["area"]),
            estimate=tuple(CostLine(label=label, amount_cents=dollars * 100) for label, dollars in told["estimate"]),
            priority_id=self.serves.get(told["category"]),
        )

    def _foresee_reviews(self) -> None:
        judged = [told for told in self.plan.told["proposals"] if told["decision"] not in ("withdrawn", "merged")]
        for number, told in enumerate(judged):
            officer = self.people.parts["officer" if number % 3 else "officer2"]
            day = self.plan.first(PhaseKind.REVIEWING) + 2 + number
            self.diary.note(day, 10 + number % 7, partial(self._review, told, officer, day), minute=number * 7 % 60)

    def _review(self, told: Told, officer: Any, day: int) -> None:
        proposal_id = self.made[told["title"]]
        assigning.take(proposal_id, by=officer)
        made = reviews.review(proposal_id, finding(told), by=officer)
        author_id = made.proposal.author_id
        if isinstance(made, PreparedFinding):
            note = "The price rests on two offers; both are in the folder of the street department."
            notes.write(proposal_id, note, by=officer)
            publishing.agree(made.id, by=self._other(officer))
        if "second_look" in told:
            author = actor_of(db.session.get_one(Person, author_id))
            self.diary.note(day + 1, 9, partial(self._ask_again, told, officer, author, day + 1))

    def _ask_again(self, told: Told, officer: Any, author: Any, day: int) -> None:
        """Its author asks for a second look, and the other officer answers a day later."""
        look_id = second_looks.ask(self.made[told["title"]], told["second_look"]["asked"], by=author).id
        command = AnswerSecondLook(outcome=Outcome.STANDS, answer=told["second_look"]["answer"])
        answered = partial(second_looks.answer, look_id, command, by=self._other(officer))
        self.diary.note(day + 1, 10, answered)

    def _other(self, officer: Any) -> Any:
        parts = self.people.parts
        return parts["officer2"] if officer.id == parts["officer"].id else parts["officer"]

    def _foresee_ballot(self) -> None:
        ballots.foresee(self.cycle_id, self.people, self.diary, opens=self.plan.first(PhaseKind.VOTING))

    def _name_board(self) -> None:
        parts = self.people.parts
        naming.name_board(
            self.cycle_id,
            NameBoard(
                running=(parts["clerk"].id, parts["clerk2"].id),
                observing=(parts["observer"].id,),
                objection_days=OBJECTION_DAYS,
            ),
            by=parts["clerk"],
        )
        self.holders = KeyHolders(self.cycle_id, parts["clerk"])

    def _agree(self, kind: ActKind, **answers: Any) -> None:
        """One clerk asks, the other agrees, and it happens."""
        first, second = (replace(self.people.parts[part], confirmed_at=now()) for part in ("clerk", "clerk2"))
        asked = board.request(self.cycle_id, kind, answers, by=first)
        board.approve(asked, action(self.cycle_id, asked.hex()).hash, by=second)

    def _fix(self) -> None:
        self._agree(ActKind.FIX)

    def _vote(self) -> None:
        self.holders.show_that_keys_work()
        self._agree(ActKind.OPEN)
        facts = votes.vote_facts(self.cycle_id)
        numbers = {option.title: option.number for option in votes.options(facts.id)}
        on_ballot = [told for told in self.plan.told["proposals"] if told["title"] in numbers]
        random = Random(f"tastes of {self.plan.starts}")
        for voter in voters(self.people, self.plan.voters, random):
            ranking = tuple(numbers[told["title"]] for told in tastes(on_ballot, random))
            token = ready_token(facts, served_token(facts, voter), voter)
            cast(self.cycle_id, CastBallot(ranking=ranking, token=token), by=voter)

    def _count(self) -> None:
        self._agree(ActKind.CLOSE)
        self._agree(ActKind.RECONCILE)
        self._agree(ActKind.OPEN_ENVELOPES, result_file=self.holders.open_envelopes())
        self._agree(ActKind.COUNT)
        work_through(EXPLAIN)

    def _certify(self) -> None:
        counts.certify(self.cycle_id, by=self.people.parts["clerk"])
        counts.certify(self.cycle_id, by=self.people.parts["observer"])

    def _build(self) -> None:
        self._step(Stage.DELIVERING)
        begins = self.plan.first(PhaseKind.DELIVERING) + 5
        delivery.foresee(self.cycle_id, self.people, self.diary, starts=begins, work=partial(work_through, RENDER))
        tie_outs.foresee(self.cycle_id, self.people, self.diary, starts=begins)

    def _report(self) -> None:
        """Published, and rendered at once, so that the PDF carries the date of its time."""
        command = Publish(kind=ReportKind.RESULTS, subject_id=self.cycle_id, languages=("en",))
        reports.publish(command, by=self.people.parts["clerk"])
        work_through(RENDER)


def _show(proposal_id: int, told: Told, *, by: Actor) -> None:
    """Two drawings of the place, as its author might send photographs."""
    for seen in ("from the corner", "from the bus stop"):
        words = f"A drawing of {told['place']} at night, seen {seen}."[:200]
        command = AddAttachment(kind=Kind.PICTURE, file=drawings.street(told["title"] + seen), words=words)
        attachments.add(proposal_id, command, key=f"{proposal_id} {seen}", by=by)


def work_through(kind: str) -> None:
    """Do now what a worker would have done then."""
    for job_id in db.session.scalars(sa.select(Job.id).where(Job.kind == kind, Job.tries == 0)).all():
        jobs.run(job_id)


def tastes(on_ballot: Sequence[Told], random: Random) -> list[Told]:
    """A few projects drawn one after the other: one's own area and one or two causes weigh most."""
    area = random.choice(on_ballot)["area"]
    causes = random.sample(list(CATEGORIES), 2)
    left = list(on_ballot)
    picked = []
    for _ in range(min(len(left), random.choice((2, 3, 4, 5, 5, 5)))):
        weights = [1.0 + 6 * (t["area"] == area) + 5 * (t["category"] in causes) + _charm(t) for t in left]
        picked.append(left.pop(random.choices(range(len(left)), weights)[0]))
    return picked


def _charm(told: Told) -> float:
    """How many like it at once; where the story needs a winner, the texts say so."""
    return float(told.get("charm", Random(told["title"]).random() * 4))
