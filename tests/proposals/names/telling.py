"""Proposals that name somebody, and where such a name could be read."""

import json

import sqlalchemy as sa

from app.core.db import db, transaction
from app.cycles.models import Cycle
from app.cycles.rules import Stage as CycleStage
from app.proposals import services as verbs
from app.proposals.names.models import WithheldWords
from app.proposals.names.rules import Kind
from tests import make
from tests.browser import Browser
from tests.proposals import said

NAME = "Evaristo Quintanilla"
TELLS = f"Our neighbor {NAME} falls here every winter, so put up lamps."
REASON = "It is about somebody who was not asked."
OWN_ROOMS = {"withheld_words", "original_reading"}


def sent(text=TELLS, *, phase=CycleStage.COLLECTING, author=None, **more):
    """A public proposal whose text names somebody, and its author."""
    cycle = make.cycle(stage=CycleStage.COLLECTING)
    by = author or make.resident(cycle.neighborhood)
    proposal = verbs.submit(cycle.id, said.words(cycle, summary=text, **more), by=by)
    move(proposal, phase)
    return proposal, by


def move(proposal, phase):
    """Its cycle is in another phase."""
    with transaction():
        db.session.execute(sa.update(Cycle).where(Cycle.id == proposal.cycle_id).values(stage=phase))


def waiting(proposal):
    """The words of it that wait, the oldest first."""
    query = sa.select(WithheldWords).where(WithheldWords.proposal_id == proposal.id, WithheldWords.ending.is_(None))
    return list(db.session.scalars(query.order_by(WithheldWords.id)))


def tables_that_say(word):
    """Every table in which the word can be read, whatever its case."""
    db.session.rollback()
    found = set()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(sa.select(table)):
            if word.casefold() in json.dumps([str(value) for value in row], ensure_ascii=False).casefold():
                found.add(table.name)
    return found


def pages_that_say(app, proposal, word):
    """Every public page on which the word can be read, and the search if it finds the proposal by it."""
    here = f"/proposals/{proposal.id}"
    addresses = [here, f"{here}/revisions", f"{here}/revisions?number=1", f"/proposals/?cycle_id={proposal.cycle_id}"]
    found = {address for address in addresses if word.casefold() in Browser(app).open(address).html.casefold()}
    search = Browser(app).open(f"/proposals/?q={word}&cycle_id={proposal.cycle_id}")
    return found | ({"search"} if f'href="{here}"' in search.html else set())


def removal(words=NAME):
    """A command to remove words."""
    return {"words": words, "kind": Kind.NAME, "reason": REASON}
