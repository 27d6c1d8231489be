"""Stage × person: who may do what about names, and when."""

from dataclasses import replace

import pytest

from app.core.access import Grant, Role
from app.core.errors import DomainError
from app.cycles.rules import Stage as CycleStage
from app.proposals import services as verbs
from app.proposals.names.judging import policies, services
from app.proposals.names.judging.services import JudgeWords, RemoveWords
from app.proposals.names.rules import Ending
from tests import make
from tests.proposals import said
from tests.proposals.names.telling import move, removal, sent, waiting
from tests.sizes import size

EVERY = [stage for stage in CycleStage if stage is not CycleStage.DRAFT]
PHASES = size(commit=[CycleStage.VOTING], night=EVERY)
OFFICE, WATCH = {"officer", "clerk"}, {"observer", "overseer"}
MAY = {"explain": {"author"}, "judge": OFFICE, "remove": OFFICE, "read": WATCH}
SABOTAGE = {"explain": "may_explain", "judge": "may_judge", "remove": "may_judge", "read": "may_read_removed"}


def people(where):
    here = {role.value: one_of(role, where) for role in Role}
    there = make.neighborhood()
    return {
        "stranger": make.actor(),
        "neighbor": make.resident(where),
        "officer elsewhere": one_of(Role.OFFICER, there),
        "observer elsewhere": one_of(Role.OBSERVER, there),
        **here,
    }


def one_of(role, where):
    return replace(make.actor(), grants=frozenset({Grant(role=role, neighborhood_id=where.id)}))


def tries(verb, proposal, row_id, by):
    acts = {
        "explain": lambda: services.explain(proposal.id, "They have agreed.", by=by),
        "judge": lambda: services.judge(row_id, JudgeWords(ending=Ending.MAY_STAND), by=by),
        "remove": lambda: services.remove(proposal.id, RemoveWords(**removal("lamps")), by=by),
        "read": lambda: services.read_removed(row_id, "A neighbor has complained.", by=by),
    }
    try:
        acts[verb]()
    except DomainError:
        return False
    return True


def who_may(verb, phase):
    """Everybody for whom it was done, each with a proposal of their own to try it on."""
    first, author = sent()
    everybody = people(first.cycle.neighborhood) | {"author": author}
    words = said.words(first.cycle, summary="Lamps for my friend Ida, soon.")
    rows = {name: waiting(verbs.submit(first.cycle_id, words, by=author))[0] for name in everybody}
    judging = JudgeWords(ending=Ending.REMOVED, reason="They were not asked about it.")
    for row in rows.values() if verb == "read" else ():
        services.judge(row.id, judging, by=make.actor(Role.CLERK))
    move(first, phase)
    return {name for name, by in everybody.items() if tries(verb, rows[name].proposal, rows[name].id, by)}


@pytest.mark.soak
@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("verb", MAY)
def test_who_may_do_what_about_names(app, verb, phase):
    assert who_may(verb, phase) == MAY[verb]


@pytest.mark.parametrize("verb", SABOTAGE)
def test_the_matrix_notices_when_anybody_may(app, verb, monkeypatch):
    monkeypatch.setattr(policies, SABOTAGE[verb], lambda *_, **__: True)
    assert "stranger" in who_may(verb, CycleStage.COLLECTING)


def test_nobody_decides_about_their_own(app):
    proposal, author = sent()
    own = replace(author, grants=frozenset({Grant(role=Role.OFFICER, neighborhood_id=None)}))
    assert not tries("judge", proposal, waiting(proposal)[0].id, own)
    assert not tries("remove", proposal, 0, own)
