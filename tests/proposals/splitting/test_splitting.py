"""Parts of a proposal become proposals because its author wants it; the first one stays, and nobody is moved."""

from itertools import product

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.cycles.rules import Stage as CycleStage
from app.notifications.models import Message
from app.notifications.rules import MailKind
from app.proposals import queries as proposals
from app.proposals.merging.rules import Ending
from app.proposals.models import Proposal
from app.proposals.revisions.queries import newest
from app.proposals.rules import Stage
from app.proposals.splitting import policies, queries, services
from app.proposals.splitting.models import SplitPart, SplitRequest
from app.proposals.splitting.rules import WhyNot, can_be_split, why_not_split
from app.proposals.splitting.services import AskToSplit, Part
from app.proposals.supports.models import Support
from app.proposals.supports.services import support
from tests import make

OPEN = (CycleStage.COLLECTING, CycleStage.REVIEWING)
PARTS = (
    Part(title="Lamps by the school", summary="Three lamps where the children wait."),
    Part(title="Lamps by the bridge", summary="Three lamps where the path is narrow."),
)


def whole(phase=CycleStage.REVIEWING, stage=Stage.SUBMITTED):
    return make.proposal(within=make.cycle(stage=phase), stage=stage)


def neighbor_of(proposal):
    return make.resident(proposal.cycle.neighborhood)


def asks(proposal, by, parts=PARTS, key=None):
    command = AskToSplit(parts=parts, message="They are two things.")
    return services.ask(proposal.id, command, key=key or f"k{by.id}", by=by)


def waiting(proposal, asker):
    """A request put straight into the table, whatever the phase."""
    row = SplitRequest(proposal_id=proposal.id, asker_id=asker.id, message="Two things.", asked_at=now())
    row.parts = [SplitPart(position=n, title=p.title, summary=p.summary) for n, p in enumerate(PARTS, start=1)]
    with transaction():
        db.session.add(row)
    return row.id


VERBS = {
    "ask": lambda proposal, _request, by: asks(proposal, by),
    "agree": lambda _proposal, request, by: services.agree(request, by=by),
    "decline": lambda _proposal, request, by: services.decline(request, "It is one thing.", by=by),
    "take back": lambda _proposal, request, by: services.take_back(request, by=by),
}
HOME = {"neighbor", "officer", "clerk", "author", "asker"}
MAY = {"ask": HOME, "agree": {"author"}, "decline": {"author"}, "take back": {"asker"}}


def does(verb, *arguments):
    try:
        VERBS[verb](*arguments)
    except DomainError:
        return False
    return True


def who_does(verb, phase):
    """Everybody for whom it was done, each with a proposal of the same author to try it on."""
    first = whole(phase)
    author, asker = actor_of(first.author), neighbor_of(first)
    people = {"stranger": make.actor(), "neighbor": neighbor_of(first), "author": author, "asker": asker}
    people |= {role.value: make.actor(role) for role in Role}
    rows = {name: make.proposal(within=first.cycle, author=first.author) for name in people}
    requests = {name: waiting(row, asker) if verb != "ask" else 0 for name, row in rows.items()}
    return {name for name, by in people.items() if does(verb, rows[name], requests[name], by)}


@pytest.mark.parametrize("phase", [CycleStage.COLLECTING, CycleStage.REVIEWING, CycleStage.VOTING])
@pytest.mark.parametrize("verb", VERBS)
def test_who_does_what_and_when(app, verb, phase):
    possible = phase in OPEN or verb in ("decline", "take back")
    assert who_does(verb, phase) == (MAY[verb] if possible else set())


@pytest.mark.parametrize("verb", VERBS)
def test_the_check_notices_when_anybody_may(app, verb, monkeypatch):
    for policy in ("may_ask", "may_answer", "may_take_back"):
        monkeypatch.setattr(policies, policy, lambda *_, **__: True)
    assert "stranger" in who_does(verb, CycleStage.REVIEWING)


def test_only_what_goes_on_is_split_into_two_to_four():
    for stage, phase in product(Stage, CycleStage):
        going = stage in (Stage.SUBMITTED, Stage.NEEDS_CHANGES, Stage.FEASIBLE)
        assert can_be_split(stage, phase) is (going and phase in OPEN), (stage, phase)
    counts = [why_not_split(Stage.SUBMITTED, CycleStage.REVIEWING, parts) for parts in (1, 2, 4, 5)]
    assert counts == [WhyNot.PARTS, None, None, WhyNot.PARTS]


def test_after_a_yes_each_part_is_public_and_linked_both_ways(app):
    proposal = whole(stage=Stage.FEASIBLE)
    request = asks(proposal, neighbor_of(proposal))
    services.agree(request, by=actor_of(proposal.author))
    made = list(db.session.scalars(sa.select(Proposal).where(Proposal.id != proposal.id).order_by(Proposal.id)))
    assert [(row.title, row.author_id, row.stage, row.need) for row in made] == [
        (part.title, proposal.author_id, Stage.SUBMITTED, proposal.need) for part in PARTS
    ]
    assert [row.number for row in made] == [proposal.number + 1, proposal.number + 2]
    assert [newest(row.id) for row in made] == [1, 1]
    here = queries.around(proposals.detail(proposal.id, None), None)
    assert [each.id for each in here.parts] == [row.id for row in made] and here.waiting_id is None
    there = queries.around(proposals.detail(made[0].id, None), None)
    assert there.part_of.id == proposal.id and there.parts == ()


def test_nothing_of_the_first_one_moves_and_its_supporters_are_told_so(app, mailbox):
    proposal = whole()
    fan, author = neighbor_of(proposal), actor_of(proposal.author)
    for by in (fan, author):
        support(proposal.id, by=by)
    services.agree(asks(proposal, make.actor(Role.OFFICER)), by=author)
    assert proposal.stage is Stage.SUBMITTED
    assert set(db.session.execute(sa.select(Support.proposal_id, Support.person_id))) == {
        (proposal.id, fan.id),
        (proposal.id, author.id),
    }
    told = sa.select(Message.person_id).where(Message.kind == MailKind.SPLIT_TOLD)
    assert list(db.session.scalars(told)) == [fan.id]
    body = next(mail.body for mail in mailbox.all() if "was split" in mail.subject)
    assert "nothing was moved" in body and PARTS[0].title in body


def test_an_author_splits_their_own_at_once(app):
    proposal = whole()
    request = asks(proposal, actor_of(proposal.author))
    assert queries.request(request).ending is Ending.AGREED


def test_one_request_waits_at_a_time_and_ends_once(app):
    proposal = whole()
    request = asks(proposal, neighbor_of(proposal))
    with pytest.raises(DomainError, match="asked this already"):
        asks(proposal, neighbor_of(proposal))
    services.decline(request, "It is one thing.", by=actor_of(proposal.author))
    with pytest.raises(DomainError, match="already"):
        services.agree(request, by=actor_of(proposal.author))
    assert asks(proposal, neighbor_of(proposal)) != request


def test_a_no_has_its_reason_and_is_mailed_to_whoever_asked(app, mailbox):
    proposal = whole()
    asker = neighbor_of(proposal)
    request = asks(proposal, asker)
    with pytest.raises(DomainError, match="say why"):
        services.decline(request, " ", by=actor_of(proposal.author))
    services.decline(request, "It is one thing.", by=actor_of(proposal.author))
    assert "It is one thing." in mailbox.newest().body and len(queries.request(request).parts) == 2


def test_names_in_a_part_are_kept_back_like_any_other(app):
    proposal = whole()
    part = Part(title="A lamp for a neighbor", summary="For my friend Evaristo Quintanilla, who falls here.")
    asks(proposal, actor_of(proposal.author), parts=(PARTS[0], part))
    made = db.session.scalars(sa.select(Proposal).order_by(Proposal.id.desc()).limit(1)).one()
    assert made.summary == "For my friend [being checked 1], who falls here."


def test_a_request_is_read_by_two_and_its_words_are_in_no_audit_log(app):
    proposal = whole()
    asker = neighbor_of(proposal)
    request = asks(proposal, asker)
    seen = [queries.around(proposals.detail(proposal.id, by), by).waiting_id for by in (asker, make.actor(), None)]
    assert seen == [request, None, None]
    services.agree(request, by=actor_of(proposal.author))
    kinds = list(db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)))
    assert kinds == ["SplitRequested", "ProposalSubmitted", "ProposalSubmitted", "ProposalSplit"]
    assert "two things" not in "".join(db.session.scalars(sa.select(AuditEntry.body)))


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [({"ending": "agreed"}, "ended_by_somebody"), ({"proposal_id": 0}, "FOREIGN KEY|fk_split_request_proposal_id")],
)
def test_the_schema_holds_a_request_together(app, broken, constraint):
    proposal = whole()
    asks(proposal, neighbor_of(proposal))
    with pytest.raises(sa.exc.IntegrityError, match=constraint), db.engine.begin() as connection:
        connection.execute(sa.update(SplitRequest).values(**broken))
