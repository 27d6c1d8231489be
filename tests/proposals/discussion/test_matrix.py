"""Phase × role: who may do what to a proposal's comments and supports, and when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.core.access import Actor, Role
from app.core.clock import now
from app.core.db import db, transaction
from app.cycles.models import Cycle
from app.cycles.rules import Stage
from app.proposals.discussion import policies, services
from app.proposals.discussion.models import Comment
from app.proposals.discussion.moderation import policies as moderation_policies
from app.proposals.discussion.moderation import services as moderation
from app.proposals.discussion.moderation.rules import Concern
from app.proposals.discussion.moderation.services import ReportComment
from app.proposals.discussion.services import EditComment, WriteComment
from app.proposals.models import Proposal
from app.proposals.supports import policies as support_policies
from app.proposals.supports import services as supports
from app.proposals.supports.models import Support
from tests import make
from tests.proposals.discussion import talk
from tests.sizes import size

EVERY = [stage for stage in Stage if stage is not Stage.DRAFT]
PHASES = size(commit=[Stage.COLLECTING, Stage.REVIEWING, Stage.BALLOT_FIXED, Stage.CLOSED], night=EVERY)
OPEN = {Stage.COLLECTING, Stage.REVIEWING}
OFFICE = {"officer here", "clerk here"}
TALK = {"resident here", "proposer", "author", *OFFICE}
HOME = {"resident here", "proposer", "author"}


@dataclass
class Scene:
    """A proposal, everybody who may come along, and comments by one of them, a fresh one for each try."""

    proposal: Proposal
    people: dict[str, Actor]
    reporter_id: int
    comments: list[int] = field(default_factory=list)
    tries: count = field(default_factory=count)

    def fresh(self) -> int:
        return self.comments[next(self.tries)]


@pytest.fixture
def scene(app):
    cycle = make.cycle()
    here, elsewhere = cycle.neighborhood, make.neighborhood()
    proposal = make.proposal(within=cycle)
    people = {"nobody": make.actor(), "resident here": make.resident(here), "author": make.resident(here)}
    people |= {"resident elsewhere": make.resident(elsewhere), "proposer": actor_of(proposal.author)}
    for role in (Role.OFFICER, Role.CLERK):
        people |= {f"{role} here": talk.officer_of(here, role), f"{role} elsewhere": talk.officer_of(elsewhere, role)}
    people |= {role.value: talk.officer_of(here, role) for role in (Role.OBSERVER, Role.OVERSEER, Role.ADMIN)}
    return Scene(proposal, people, make.person().id)


WORDS = {"text": talk.TEXT}
VERBS: dict[str, Callable[[Scene, Actor], object]] = {
    "write": lambda s, by: services.write(s.proposal.id, WriteComment(**WORDS), by=by),
    "answer": lambda s, by: services.write(s.proposal.id, WriteComment(**WORDS, parent_id=s.fresh()), by=by),
    "edit": lambda s, by: services.edit(s.fresh(), EditComment(**WORDS), by=by),
    "report": lambda s, by: moderation.report(s.fresh(), ReportComment(concern=Concern.FALSE), by=by),
    "hide": lambda s, by: moderation.hide(s.fresh(), talk.REASON, by=by),
    "leave": lambda s, by: moderation.leave(s.fresh(), by=by),
    "show again": lambda s, by: moderation.show_again(s.fresh(), talk.REASON, by=by),
    "support": lambda s, by: supports.support(s.proposal.id, by=by),
    "take back": lambda s, by: supports.take_back(s.proposal.id, by=by),
}
ALWAYS = {"report": "everybody but author", "hide": OFFICE, "leave": OFFICE, "show again": OFFICE}
WHILE_OPEN = {"write": TALK, "answer": TALK, "edit": {"author"}, "support": HOME, "take back": HOME}


def allowed(verb: str, phase: Stage, everybody: set[str]) -> set[str]:
    if verb == "report":
        return everybody - {"author"}
    return ALWAYS[verb] if verb in ALWAYS else WHILE_OPEN[verb] if phase in OPEN else set()


def found(scene: Scene, verb: str, phase: Stage) -> set[str]:
    """Everybody for whom the verb was done in that phase."""
    with transaction():
        db.session.execute(sa.update(Cycle).where(Cycle.id == scene.proposal.cycle_id).values(stage=phase))
        db.session.execute(sa.delete(Support))
    reporter = scene.reporter_id if verb in ("hide", "leave") else None
    needs = 0 if verb in ("write", "support", "take back") else len(scene.people)
    scene.comments, scene.tries = (
        talk.rows(scene.proposal, scene.people["author"].id, needs, reporter_id=reporter),
        count(),
    )
    if verb == "show again":
        told = {"hidden_at": now(), "hidden_by_id": scene.reporter_id, "hidden_reason": talk.REASON}
        with transaction():
            db.session.execute(sa.update(Comment).where(Comment.id.in_(scene.comments)).values(**told))
    return {who for who, by in scene.people.items() if talk.outcome(VERBS[verb], scene, by) == "done"}


@pytest.mark.soak
@pytest.mark.parametrize("verb", VERBS)
def test_who_may_do_what_and_when(scene, verb):
    everybody = set(scene.people)
    wanted = {phase: allowed(verb, phase, everybody) for phase in PHASES}
    assert {phase: found(scene, verb, phase) for phase in PHASES} == wanted


SABOTAGE = {
    "write": (policies, "may_write"),
    "edit": (policies, "may_change"),
    "leave": (moderation_policies, "may_judge"),
    "support": (support_policies, "may_support"),
}


@pytest.mark.parametrize("verb", SABOTAGE)
def test_the_matrix_notices_when_a_policy_lets_everybody_in(scene, verb, monkeypatch):
    monkeypatch.setattr(*SABOTAGE[verb], lambda *_, **__: True)
    monkeypatch.setattr(moderation_policies, "works_here", lambda *_: True)
    assert found(scene, verb, Stage.COLLECTING) == set(scene.people)


def test_the_matrix_notices_when_the_phase_is_forgotten(scene, monkeypatch):
    monkeypatch.setattr("app.proposals.discussion.services.why_shut", lambda **_: None)
    assert found(scene, "write", Stage.VOTING) == TALK
