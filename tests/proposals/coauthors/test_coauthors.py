"""Co-authors: asked by address or code, in by their own yes, named, free to leave, and no judges of their words."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, NotFound
from app.proposals import services as proposals
from app.proposals.coauthors import queries, services
from app.proposals.coauthors.models import CoAuthorInvitation
from app.proposals.coauthors.rules import MOST, STANDS, WhyNot, read_code, why_not_join
from app.proposals.contacts import queries as contacts
from app.proposals.contacts import services as contact_services
from app.proposals.queries import detail
from app.proposals.review import policies as review_policies
from app.proposals.review import services as reviews
from app.proposals.rules import Stage
from tests import make
from tests.browser import Browser
from tests.proposals import said
from tests.proposals.writing import steps

NOW = datetime(2026, 5, 1, tzinfo=UTC)
FINE = {
    "has_ended": False,
    "invited_at": NOW,
    "now": NOW + timedelta(days=1),
    "can_change": True,
    "is_author": False,
    "is_in": False,
    "judged": False,
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"has_ended": True}, WhyNot.ENDED),
        ({"now": NOW + STANDS}, WhyNot.EXPIRED),
        ({"now": NOW + STANDS - timedelta(seconds=1)}, None),
        ({"can_change": False}, WhyNot.GONE),
        ({"is_author": True}, WhyNot.OWN),
        ({"is_in": True}, WhyNot.ALREADY),
        ({"judged": True}, WhyNot.JUDGED),
    ],
)
def test_who_can_become_a_co_author(change, reason):
    assert why_not_join(**FINE | change) is reason


@pytest.mark.parametrize("typed", ["ABCDEFGHJK", "abcde-fghjk", " ab cde fghjk "])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "ABCDEFGHJK"


def asked(proposal, email=None):
    """The code of a new invitation."""
    services.invite(proposal.id, email, by=actor_of(proposal.author))
    return queries.waiting(proposal.id)[-1].code


def joined(proposal, person=None):
    """A co-author of the proposal."""
    person = person or make.person()
    services.accept(asked(proposal), by=actor_of(person))
    return person


def test_somebody_is_asked_by_address_says_yes_and_is_named(app):
    proposal, invited = make.proposal(), make.person()
    author = Browser(app).sign_in(proposal.author)
    page = author.open(f"/proposals/{proposal.id}").follow("Who writes it")
    assert invited.email in page.press("Invite this address", email=invited.email.upper()).text
    other = Browser(app).sign_in(invited)
    mine = other.open("/proposals/mine")
    mine.follow(f"Answer: {proposal.title}").press("Yes, I write it too")
    everybody = Browser(app).open(f"/proposals/{proposal.id}")
    assert f"{proposal.author.public_name}, {invited.public_name}" in everybody.text


def test_somebody_with_a_code_joins_a_draft_and_changes_its_words(app):
    draft, invited = make.proposal(stage=Stage.DRAFT), make.person()
    code = asked(draft)
    assert code in Browser(app).sign_in(draft.author).open(f"/proposals/{draft.id}/co-authors").text
    browser = Browser(app).sign_in(invited)
    page = browser.open("/proposals/mine").follow("I was given a code to write a proposal with somebody")
    found = page.press("Go on", code=code.lower())
    assert draft.summary not in found.text
    found.press("Yes, I write it too")
    page = browser.open(f"/proposals/{draft.id}/write/place")
    page.press(steps.ON, place="Elm Street")
    check = browser.open(f"/proposals/{draft.id}/write/check")
    assert "Elm Street" in check.text and "Send it in" not in [b.text for b in check.all("button")]


def test_an_invitation_by_address_is_for_nobody_else(app):
    proposal, invited = make.proposal(), make.person()
    code = asked(proposal, invited.email)
    stranger = make.person()
    assert Browser(app).sign_in(stranger).open(f"/proposals/invitations/{code}").status == 404
    with pytest.raises(NotFound):
        services.accept(code, by=actor_of(stranger))


def test_nobody_learns_from_an_invitation_whether_an_address_has_an_account(app):
    proposal, known = make.proposal(), make.person()
    author = Browser(app).sign_in(proposal.author)
    page = author.open(f"/proposals/{proposal.id}/co-authors")
    answers = [page.press("Invite this address", email=e) for e in (known.email, "nobody@example.org")]
    assert "Whoever has an account" in answers[0].text and "Whoever has an account" in answers[1].text


def test_the_address_is_forgotten_once_the_invitation_has_ended(app):
    proposal, invited = make.proposal(), make.person()
    services.decline(asked(proposal, invited.email), by=actor_of(invited))
    assert [row.email for row in db.session.query(CoAuthorInvitation)] == [None]


def test_a_code_works_once(app):
    proposal = make.proposal()
    code = asked(proposal)
    services.accept(code, by=make.actor())
    with pytest.raises(DomainError) as refusal:
        services.accept(code, by=make.actor())
    assert refusal.value.code == "ended"


def one_code_lets_one_in(app):
    """Whether of four who use a code in the same moment one becomes a co-author."""
    proposal = make.proposal()
    code, people = asked(proposal), [make.actor() for _ in range(4)]
    proposal_id = proposal.id
    said.all_at_once(app, [lambda p=p: services.accept(code, by=p) for p in people])
    db.session.rollback()
    return len(queries.ids_of(proposal_id)) == 1


def test_many_with_one_code_in_one_moment_are_one_co_author(app):
    assert one_code_lets_one_in(app)


def test_the_check_notices_a_code_that_stays_open(app, monkeypatch):
    monkeypatch.setattr(services, "why_not_join", lambda **facts: None)
    assert not one_code_lets_one_in(app)


def test_a_taken_back_invitation_lets_nobody_in(app):
    proposal = make.proposal()
    code = asked(proposal)
    services.take_back(proposal.id, queries.waiting(proposal.id)[0].id, by=actor_of(proposal.author))
    with pytest.raises(DomainError):
        services.accept(code, by=make.actor())


def test_there_are_five_at_the_most_with_those_who_are_asked(app):
    proposal = make.proposal()
    for _ in range(MOST):
        asked(proposal)
    with pytest.raises(DomainError) as refusal:
        asked(proposal)
    assert refusal.value.code == "full"


def test_a_co_author_leaves_and_can_change_nothing_any_more(app):
    proposal = make.proposal()
    company = joined(proposal)
    services.leave(proposal.id, by=actor_of(company))
    with pytest.raises(NoStanding):
        proposals.edit(proposal.id, said.words(proposal.cycle), by=actor_of(company))


def test_where_the_author_leaves_the_first_co_author_follows_without_the_contact(app):
    proposal, author = make.proposal(), None
    author = proposal.author
    first, second = joined(proposal), joined(proposal)
    contact_services.give(proposal.id, "555 0142", by=actor_of(author))
    services.leave(proposal.id, by=actor_of(author))
    assert proposal.author_id == first.id and queries.ids_of(proposal.id) == {second.id}
    assert contacts.of_proposal(detail(proposal.id, actor_of(first)), actor_of(first)) == ""


def test_an_author_alone_cannot_leave(app):
    proposal = make.proposal()
    with pytest.raises(DomainError) as refusal:
        services.leave(proposal.id, by=actor_of(proposal.author))
    assert refusal.value.code == "alone"


VERBS = {
    "edit": lambda p, by: proposals.edit(p.id, said.words(p.cycle), by=by),
    "invite": lambda p, by: services.invite(p.id, None, by=by),
    "give a contact": lambda p, by: contact_services.give(p.id, "555", by=by),
    "withdraw": lambda p, by: proposals.withdraw(p.id, by=by),
}
MAY = {
    "author": {"edit", "invite", "give a contact", "withdraw"},
    "co-author": {"edit"},
    "neighbor": set(),
    "officer": set(),
}


@pytest.mark.parametrize("who", MAY)
def test_what_each_may_do_to_a_proposal(app, who):
    for verb, act in VERBS.items():
        proposal = make.proposal()
        company = joined(proposal)
        people = {"author": proposal.author, "co-author": company}
        by = people.get(who) or make.person(roles=(Role.OFFICER,) if who == "officer" else ())
        try:
            act(proposal, actor_of(by))
            done = True
        except NoStanding:
            done = False
        assert done is (verb in MAY[who]), verb


def co_author_cannot_judge(app):
    proposal, officer = make.proposal(), make.person(roles=(Role.OFFICER,))
    joined(proposal, officer)
    try:
        reviews.review(proposal.id, said.finding(), by=actor_of(officer))
    except NoStanding:
        return Browser(app).sign_in(officer).open(f"/review/{proposal.id}").status == 403
    return False


def test_nobody_reviews_a_proposal_that_they_write(app):
    assert co_author_cannot_judge(app)


def test_the_check_notices_a_co_author_who_may_judge(app, monkeypatch):
    monkeypatch.setattr(review_policies, "may_review", lambda actor, **facts: True)
    assert not co_author_cannot_judge(app)


def test_who_has_judged_a_proposal_does_not_write_it(app):
    proposal, officer = make.proposal(), make.person(roles=(Role.OFFICER,))
    reviews.review(proposal.id, said.finding(said.Decision.NEEDS_CHANGES), by=actor_of(officer))
    code = asked(proposal)
    with pytest.raises(DomainError) as refusal:
        services.accept(code, by=actor_of(officer))
    assert refusal.value.code == "judged"


def test_an_old_invitation_is_not_offered_any_more(app):
    proposal, invited = make.proposal(), make.person()
    asked(proposal, invited.email)
    with transaction():
        for row in db.session.query(CoAuthorInvitation):
            row.invited_at -= STANDS
    assert queries.waiting_for(invited.id) == []


def test_whoever_is_asked_by_address_is_told_and_a_code_is_handed_on(app, mailbox):
    draft, asked = make.proposal(stage=Stage.DRAFT), make.person()
    invitation = services.invite(draft.id, asked.email, by=actor_of(draft.author))
    services.invite(draft.id, None, by=actor_of(draft.author))
    services.invite(draft.id, "nobody@example.org", by=actor_of(draft.author))
    (mail,) = mailbox.all()
    assert mail.to == [asked.email] and draft.author.public_name in mail.body
    assert f"/proposals/invitations/{queries.invitation(invitation).code}" in mail.body
