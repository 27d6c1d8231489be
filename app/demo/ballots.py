"""What happens in the demo between the last finding and the fixed ballot: prices, short texts, two languages."""

from functools import partial

from app.accounts.models import Person
from app.accounts.queries import actor_of
from app.core.db import db
from app.cycles.plans import services as plans
from app.cycles.plans.services import PlanBallot
from app.demo.days import Diary
from app.demo.ground import CATEGORIES
from app.demo.people import Cast
from app.demo.texts import riverside, spanish
from app.places.models import Neighborhood
from app.proposals import queries as proposals
from app.proposals.ballot_texts import queries as said
from app.proposals.ballot_texts import services as texts
from app.proposals.ballot_texts.services import TranslateText, WriteText
from app.proposals.outlooks import services as outlooks
from app.proposals.outlooks.services import SayOutlook
from app.proposals.prices import services as prices
from app.proposals.prices.rules import Outcome
from app.proposals.prices.services import AnswerObjection
from app.taskforces.taking import services as taking
from app.taskforces.taking.services import SettleRemits
from app.voting import queries as votes

PRICES_FIRST, OBJECTED, ANSWERED, WRITTEN, APPROVED, ANSWERS_LAST, SETTLED = -9, -7, -6, -8, -6, -5, -4
"""Days before the first day of voting."""
SAID_AGAINST = "The same work cost a third less two streets away last year. Please look at that bill."
SAID_FOR = "We looked: that street had its cables already. Here they have to be laid, so the price stays."
NO_ANSWER = "Asked by mail twice and once by telephone. The author is abroad until the vote has begun."
READ_ALOUD = "The author has no account here. The clerk read it to her at the ferry kiosk, and she agreed."
AFTER_THE_VOTE, NEXT_ONE, LASTS = 90, 9, (60, 150, 210, 95)
"""Days until the first project begins, from one to the next, and how long each takes."""
LEADS = ("City street department", "Parks and open spaces", "Office of youth services", "Riverside community center")
OBJECTOR, SILENT = 17, 1
"""Which resident objects to the first price, and whose author does not answer."""


def settle_remits(people: Cast, where: Neighborhood) -> None:
    """Each task force takes on the categories it was founded for."""
    kinds = {each.name: each.id for each in where.categories}
    bodies = zip(people.bodies, riverside()["task_forces"], strict=True)
    found = {kinds[CATEGORIES[key]]: body for body, told in bodies for key in told["categories"]}
    taking.settle_remits(where.id, SettleRemits(categories=found, areas={}), by=people.parts["clerk"])


def plan(cycle_id: int, people: Cast, *, opens: int) -> None:
    """What the cycle asks, with its days counted from the day on which voting opens."""
    day = people.calendar.on
    command = PlanBallot(
        asks_short_texts=True,
        asks_task_forces=True,
        asks_confirmation=False,
        texts_last=day(opens + ANSWERS_LAST),
        prices_first=day(opens + PRICES_FIRST),
        prices_last=day(opens + ANSWERS_LAST),
    )
    plans.plan_ballot(cycle_id, command, by=people.parts["clerk"])


def foresee(cycle_id: int, people: Cast, diary: Diary, *, opens: int) -> None:
    """Everything that is asked happens in time; one author stays silent, and one price is objected to."""
    ids = [each.proposal_id for each in votes.feasible(cycle_id)]
    diary.note(opens + OBJECTED, 19, partial(_object, ids[0], people, diary, opens))
    diary.note(opens + WRITTEN, 9, partial(_write, ids, people))
    diary.note(opens + WRITTEN, 10, partial(_expect, ids, people, opens))
    diary.note(opens + APPROVED, 20, partial(_approve, [id_ for at, id_ in enumerate(ids) if at != SILENT]))
    diary.note(opens + SETTLED, 11, partial(_settle, ids, people))


def _object(proposal_id: int, people: Cast, diary: Diary, opens: int) -> None:
    objection_id = prices.object_to(proposal_id, SAID_AGAINST, by=people.residents[OBJECTOR]).id
    kept = AnswerObjection(outcome=Outcome.KEPT, answer=SAID_FOR)
    diary.note(opens + ANSWERED, 15, partial(prices.answer, objection_id, kept, by=people.parts["officer"]))


def _write(ids: list[int], people: Cast) -> None:
    """The officers keep the words of the proposals, which are short, and say them in Spanish."""
    for id_ in ids:
        proposal, by = proposals.detail(id_, None), people.parts["officer"]
        row = texts.write(id_, WriteText(text=proposal.summary, language="en"), by=by)
        title, text = spanish()[proposal.title]
        texts.translate(id_, TranslateText(text_id=row.id, language="es", title=title, text=text), by=by)


def _expect(ids: list[int], people: Cast, opens: int) -> None:
    """Officers say when each would be built: one after the other, as the crews of the city have time."""
    for at, id_ in enumerate(ids):
        first = opens + AFTER_THE_VOTE + NEXT_ONE * at
        days = {"starts_on": people.calendar.on(first), "ends_on": people.calendar.on(first + LASTS[at % len(LASTS)])}
        outlooks.say(id_, SayOutlook(**days, lead=LEADS[at % len(LEADS)]), by=people.parts["officer"])


def _approve(ids: list[int]) -> None:
    for id_, text in said.newest(ids).items():
        author = db.session.get_one(Person, text.author_id)
        if author.active:
            texts.approve(id_, text.id, by=actor_of(author))


def _settle(ids: list[int], people: Cast) -> None:
    """The clerk settles what is left: of the one who stays silent, and of whoever came with a paper form."""
    for id_, text in said.newest(ids).items():
        has_account = db.session.get_one(Person, text.author_id).active
        if id_ == ids[SILENT] or not has_account:
            reason = NO_ANSWER if has_account else READ_ALOUD
            texts.settle(id_, text.id, reason, by=people.parts["clerk"])
