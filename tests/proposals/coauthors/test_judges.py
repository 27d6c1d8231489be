"""Nobody of the office decides about a proposal that they write with its author: not its finding, files or comments."""

import pytest

from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.proposals.coauthors import queries
from app.proposals.coauthors.models import CoAuthor
from app.proposals.discussion.moderation import services as moderation
from app.proposals.hiding import services as hiding
from app.proposals.models import Proposal
from app.proposals.review.publishing import services as publishing
from tests import make
from tests.proposals.discussion import talk
from tests.proposals.hiding.test_hiding import REASON, a_picture, refused
from tests.proposals.review import desk


def a_comment():
    proposal = make.proposal()
    [comment_id] = talk.rows(proposal, make.person().id, 1, reporter_id=make.person().id)
    return proposal, lambda by: refused(moderation.hide, comment_id, REASON, by=by)


def a_file():
    proposal, _author, which = a_picture()
    return proposal, lambda by: refused(hiding.hide, which, REASON, by=by)


def a_finding():
    row = desk.prepared(together=True, second=False)
    proposal = db.session.get_one(Proposal, row.proposal_id)
    return proposal, lambda by: refused(publishing.publish_together, [row.id], by=by)


@pytest.mark.parametrize("matter", [a_comment, a_file, a_finding])
def test_an_officer_who_writes_it_too_does_not_decide(app, matter):
    proposal, decides = matter()
    officer = make.actor(Role.OFFICER)
    with transaction():
        db.session.add(CoAuthor(proposal_id=proposal.id, person_id=officer.id, joined_at=now()))
    assert decides(officer) == "no_standing"
    assert decides(make.actor(Role.OFFICER)) == "done"


@pytest.mark.parametrize("matter", [a_comment, a_file, a_finding])
def test_the_check_notices_an_office_that_forgets_who_writes(app, matter, monkeypatch):
    """The twin of the test above."""
    monkeypatch.setattr(queries, "ids_of", lambda _proposal_id: frozenset())
    proposal, decides = matter()
    officer = make.actor(Role.OFFICER)
    with transaction():
        db.session.add(CoAuthor(proposal_id=proposal.id, person_id=officer.id, joined_at=now()))
    assert decides(officer) == "done"
