"""Following a proposal: anybody with an account, one row a person and proposal, and nobody reads who."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core.clock import now
from app.core.db import db, transaction
from app.proposals.follows import queries, services
from app.proposals.follows.models import Follow
from app.proposals.rules import LEFT, Stage
from tests import make
from tests.browser import Browser
from tests.proposals.discussion.talk import outcome
from tests.proposals.said import all_at_once


def events(kind):
    return db.session.scalar(sa.select(sa.func.count()).where(AuditEntry.kind == kind))


def test_a_second_follow_changes_nothing_and_ending_it_ends_it(app):
    proposal, ada = make.proposal(), make.actor()
    for _ in range(2):
        services.follow(proposal.id, by=ada)
    assert (queries.followers(proposal.id), events("ProposalFollowed")) == ({ada.id}, 1)
    for _ in range(2):
        services.end(proposal.id, by=ada)
    assert (queries.followers(proposal.id), events("FollowEnded")) == (set(), 1)


def test_two_at_once_make_one(app):
    proposal_id, ada = make.proposal().id, make.actor()
    assert all_at_once(app, [lambda: services.follow(proposal_id, by=ada)] * 4) == [None] * 4
    db.session.rollback()
    assert events("ProposalFollowed") == 1


def test_the_schema_keeps_one_a_person_and_proposal(app):
    proposal = make.proposal()
    facts = {"proposal_id": proposal.id, "person_id": proposal.author_id, "followed_at": now()}
    with pytest.raises(IntegrityError), transaction():
        db.session.add_all(Follow(**facts) for _ in range(2))


@pytest.mark.parametrize("stage", list(Stage))
def test_what_is_no_draft_and_has_not_left_is_followed(app, stage):
    proposal = make.proposal(stage=stage)
    expected = "not_found" if stage is Stage.DRAFT else "left" if stage in LEFT else "done"
    assert outcome(services.follow, proposal.id, by=make.actor()) == expected


def test_an_author_does_not_follow_their_own_draft(app):
    draft = make.proposal(stage=Stage.DRAFT)
    assert outcome(services.follow, draft.id, by=actor_of(draft.author)) == "draft"


def test_somebody_who_left_is_no_follower(app):
    proposal, gone = make.proposal(), make.person(active=False)
    with transaction():
        db.session.add(Follow(proposal_id=proposal.id, person_id=gone.id, followed_at=now()))
    assert queries.followers(proposal.id) == set()


def test_somebody_follows_a_proposal_finds_it_again_and_stops(app):
    proposal = make.proposal()
    browser = Browser(app).sign_in(make.person())
    assert "You do not follow any proposal yet" in browser.open("/proposals/followed").text
    page = browser.open(f"/proposals/{proposal.id}").press("Follow this proposal")
    assert "You follow it" in page.text
    assert proposal.title in page.follow("Everything you follow").text
    page = browser.open(f"/proposals/{proposal.id}").press("Stop following")
    assert "Get a mail when" in page.text


def test_a_visitor_is_sent_to_sign_in_and_an_author_is_offered_nothing(app, browser):
    proposal = make.proposal()
    assert "Sign in to follow it" in browser.open(f"/proposals/{proposal.id}").text
    page = Browser(app).sign_in(proposal.author).open(f"/proposals/{proposal.id}")
    assert "Follow this proposal" not in page.text


def test_nobody_reads_who_follows(app, browser):
    proposal, ada = make.proposal(), make.person(public_name="Ada Who Follows")
    Browser(app).sign_in(ada).open(f"/proposals/{proposal.id}").press("Follow this proposal")
    assert ada.public_name not in browser.open(f"/proposals/{proposal.id}").html


def test_what_one_follows_costs_the_same_however_much_it_is(app, statements):
    cycle, ada = make.cycle(), make.actor()
    for _ in range(4):
        services.follow(make.proposal(within=cycle).id, by=ada)
    statements.clear()
    assert len(queries.mine(ada.id).items) == 4
    assert len(statements) == 3
