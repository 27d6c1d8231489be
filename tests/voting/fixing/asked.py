"""A cycle that asks for everything before its ballot is fixed, and the verbs that give it."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.core.access import Actor, Role
from app.core.clock import now, today
from app.core.db import db, transaction
from app.cycles.models import Cycle
from app.cycles.plans.models import BallotPlan
from app.proposals.ballot_texts import services as texts
from app.proposals.ballot_texts.services import TranslateText, WriteText
from app.proposals.models import Proposal
from app.proposals.review import services as reviews
from app.proposals.rules import Stage
from app.taskforces.taking import services as taking
from app.taskforces.taking.services import SettleRemits
from app.voting.fixing import queries
from app.voting.fixing.council import services as council
from app.voting.fixing.council.services import RecordConfirmation
from tests import make
from tests.proposals import said

TEXT = "Six warm lamps between the school and the bus stop. “Light the way” & no dark corner."
TEXTO = "Seis faroles cálidos entre la escuela y la parada. Ningún rincón oscuro."


def a_plan(of: Cycle, **more: Any) -> None:
    """What a cycle asks: everything, with a prices phase that is over and a day for answers that has come."""
    facts: dict[str, Any] = {
        "asks_short_texts": True,
        "asks_task_forces": True,
        "asks_confirmation": True,
        "texts_until": now() - timedelta(days=1),
        "prices_from": now() - timedelta(days=9),
        "prices_until": now() - timedelta(days=2),
    }
    with transaction():
        db.session.merge(BallotPlan(cycle_id=of.id, **facts | more))


def cycle_that_asks(*, options: int = 2, languages: tuple[str, ...] = ("en", "es"), **more: Any) -> Cycle:
    """A cycle under review that asks for everything, of which nothing is there but feasible proposals and a board."""
    row = make.votable_cycle(options=options, where=make.neighborhood(languages=list(languages)))
    a_plan(row, **more)
    return row


def feasible(of: Cycle) -> list[Proposal]:
    """Its feasible proposals."""
    query = sa.select(Proposal).where(Proposal.cycle_id == of.id, Proposal.stage == Stage.FEASIBLE)
    return list(db.session.scalars(query.order_by(Proposal.id)))


def author_of(proposal: Proposal) -> Actor:
    """Who proposed it."""
    return actor_of(proposal.author)


def words(of: Cycle, text: str = TEXT) -> None:
    """A short text of each proposal by its author, and the same in Spanish."""
    for proposal in feasible(of):
        row = texts.write(proposal.id, WriteText(text=text, language="en"), by=author_of(proposal))
        command = TranslateText(text_id=row.id, language="es", title="Faroles", text=TEXTO)
        texts.translate(proposal.id, command, by=author_of(proposal))


def bodies(of: Cycle) -> None:
    """One task force for its only category."""
    body = make.task_force(where=of.neighborhood)
    command = SettleRemits(categories={of.neighborhood.categories[0].id: body.id}, areas={})
    taking.settle_remits(of.neighborhood_id, command, by=make.actor(Role.CLERK))


def confirmed(of: Cycle) -> None:
    """The council's word about the list as it is."""
    command = RecordConfirmation(
        confirmed_by="City council",
        decided_on=today(),
        reference="Resolution 7",
        seen=queries.hash_now(of.id),
        address="https://council.example.org/7",
    )
    council.record_confirmation(of.id, command, by=make.actor(Role.CLERK))


def costed(proposal: Proposal, by: Actor, *, running_cents: int = 500_00) -> int:
    """A finding with a price; the id of its costing."""
    found = reviews.review(proposal.id, said.finding(running_cost_cents=running_cents, running_payer="The city"), by=by)
    assert found.costing is not None
    return found.costing.id


def ready(**more: Any) -> Cycle:
    """A cycle that asks for everything and has it all."""
    row = cycle_that_asks(**more)
    words(row)
    bodies(row)
    confirmed(row)
    return row
