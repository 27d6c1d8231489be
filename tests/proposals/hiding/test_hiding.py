"""What somebody reports the office hides with a public reason; it is kept, served to nobody, and can be shown again."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core import hung
from app.core.access import Grant, Role
from app.core.db import db
from app.core.errors import DomainError, NotFound
from app.cycles.rules import Stage as CycleStage
from app.proposals import services as verbs
from app.proposals.attachments import queries as attachments
from app.proposals.attachments import services as hanging
from app.proposals.attachments.models import Attachment
from app.proposals.attachments.queries import Part as FilePart
from app.proposals.attachments.rules import Kind
from app.proposals.discussion.moderation import queries as moderation
from app.proposals.discussion.moderation.rules import Concern
from app.proposals.hiding import policies, queries, services
from app.proposals.hiding.models import Hiding, PartReport
from app.proposals.hiding.rules import Part, WhyNotHide, why_not_hide
from app.proposals.hiding.services import ReportPart, Which
from app.proposals.revisions import queries as revisions
from app.proposals.revisions.models import ProposalRevision
from tests import make
from tests.proposals import said
from tests.proposals.names.telling import move
from tests.sizes import size

REASON = "It shows somebody who was not asked."
PRIVATE = ReportPart(concern=Concern.PRIVATE, note="That is my window.")


def published(number=1):
    """A public proposal with as many texts, a picture row, and its author."""
    cycle = make.cycle()
    by = make.resident(cycle.neighborhood)
    proposal = verbs.submit(cycle.id, said.words(cycle, need="The canary text of the first day."), by=by)
    for n in range(1, number):
        verbs.edit(proposal.id, said.words(cycle, title=f"{n} lamps on Mill Lane"), by=by)
    return proposal, by


def picture(proposal):
    row = Attachment(
        proposal_id=proposal.id,
        kind=Kind.PICTURE,
        place=1,
        words="My window",
        digest="a" * 64,
        small_digest="b" * 64,
        width=4,
        height=3,
        weight=9,
    )
    with verbs.transaction():
        db.session.add(row)
    return row.id


def a_picture():
    proposal, by = published()
    return proposal, by, Which(proposal_id=proposal.id, part=Part.ATTACHMENT, part_id=picture(proposal))


def refused(verb, *arguments, **more):
    try:
        verb(*arguments, **more)
    except DomainError as refusal:
        return refusal.code
    return "done"


def test_a_hidden_picture_is_served_to_nobody_and_its_words_are_gone(app, monkeypatch):
    proposal, by, which = a_picture()
    monkeypatch.setattr(hung, "content", lambda _digest: b"the picture")
    asked = (proposal.id, which.part_id, FilePart.FULL)
    assert attachments.served(*asked, None).content == b"the picture"
    services.hide(which, REASON, by=make.actor(Role.OFFICER))
    for viewer in (None, by, make.actor(Role.OFFICER), make.actor(Role.OVERSEER)):
        with pytest.raises(NotFound):
            attachments.served(*asked, viewer)
    (shown,) = attachments.of_proposal(proposal.id)
    assert (shown.words, shown.hiding.reason) == ("", REASON)
    assert attachments.first_pictures([proposal.id]) == {}
    assert attachments.looked_at(which.part_id).content == b"the picture"


def test_the_check_of_files_notices_when_nobody_asks_what_is_hidden(app, monkeypatch):
    proposal, _by, which = a_picture()
    services.hide(which, REASON, by=make.actor(Role.OFFICER))
    monkeypatch.setattr(hung, "content", lambda _digest: b"the picture")
    monkeypatch.setattr(attachments.hiding, "hidden", lambda *_: {})
    assert attachments.served(proposal.id, which.part_id, FilePart.FULL, None).content == b"the picture"


def test_a_picture_that_is_reported_or_hidden_is_not_taken_away(app):
    _proposal, by, which = a_picture()
    services.report(which, PRIVATE, by=make.actor())
    assert refused(hanging.remove, which.part_id, by=by) == "watched"
    services.hide(which, REASON, by=make.actor(Role.OFFICER))
    assert refused(hanging.remove, which.part_id, by=by) == "watched"


def test_a_hidden_text_is_told_in_no_revision_and_no_difference(app):
    proposal, _by = published(2)
    which = Which(proposal_id=proposal.id, part=Part.REVISION, part_id=1)
    assert "canary" in str(revisions.all_of(proposal.id))
    services.hide(which, REASON, by=make.actor(Role.OFFICER))
    assert "canary" not in str(revisions.all_of(proposal.id)) + str(revisions.since(proposal.id, 1))
    assert "canary" in str(revisions.original(proposal.id, 1))


def test_the_newest_text_and_a_whole_proposal_are_not_hidden(app):
    proposal, _by = published(2)
    officer = make.actor(Role.OFFICER)
    newest = Which(proposal_id=proposal.id, part=Part.REVISION, part_id=2)
    whole = Which(proposal_id=proposal.id, part=Part.PROPOSAL, part_id=0)
    assert [refused(services.hide, each, REASON, by=officer) for each in (newest, whole)] == ["newest", "whole"]
    assert why_not_hide(Part.ATTACHMENT, 7, is_hidden=True, newest=0) is WhyNotHide.HIDDEN


def test_what_is_shown_again_is_there_again_and_both_reasons_stay(app):
    proposal, _by, which = a_picture()
    hiding_id = services.hide(which, REASON, by=make.actor(Role.OFFICER))
    services.show_again(hiding_id, "They have agreed meanwhile.", by=make.actor(Role.CLERK))
    assert attachments.of_proposal(proposal.id)[0].words == "My window"
    (trace,) = queries.traces(proposal.id, Part.ATTACHMENT)
    assert (trace.reason, trace.shown_reason) == (REASON, "They have agreed meanwhile.")
    assert refused(services.show_again, hiding_id, "Once more and again.", by=make.actor(Role.CLERK)) == "shown"
    assert services.hide(which, REASON, by=make.actor(Role.OFFICER)) != hiding_id


def test_each_person_reports_a_part_once_and_nobody_their_own(app):
    _proposal, by, which = a_picture()
    ada = make.actor()
    assert [refused(services.report, which, PRIVATE, by=ada) for _ in range(2)] == ["done", "already"]
    assert refused(services.report, which, PRIVATE, by=by) == "own"


def test_what_is_not_there_is_not_reported(app):
    proposal, _by = published()
    other, _other_by, foreign = a_picture()
    wrong = [(Part.REVISION, 2), (Part.ATTACHMENT, foreign.part_id), (Part.PROPOSAL, 1), (Part.COMMENT, 1)]
    found = [Which(proposal_id=proposal.id, part=part, part_id=number) for part, number in wrong]
    assert {refused(services.report, which, PRIVATE, by=make.actor()) for which in found} == {"not_found"}


def test_one_queue_holds_reports_of_every_kind_and_words_that_wait(app, statements):
    proposal, by, which = a_picture()
    verbs.edit(proposal.id, said.words(proposal.cycle, summary="My friend Ida Quist falls here each winter."), by=by)
    whole = Which(proposal_id=proposal.id, part=Part.PROPOSAL, part_id=0)
    for each in (which, whole, which):
        services.report(each, PRIVATE, by=make.actor())
    here = [proposal.cycle.neighborhood_id]
    statements.clear()
    page = moderation.everything(here)
    assert {(row.part, row.reports) for row in page.items} == {("attachment", 2), ("proposal", 1), ("words", 1)}
    held = {kind: count for kind, (count, _since) in moderation.waiting_since(here).items()}
    assert (held, page.total, moderation.waiting_since([0])) == ({True: 1, False: 2}, 3, {})
    assert len(statements) <= 4
    services.leave(whole, by=make.actor(Role.CLERK))
    services.hide(which, REASON, by=make.actor(Role.CLERK))
    assert [row.part for row in moderation.everything(None).items] == ["words"]


def test_a_look_is_one_event_without_words(app):
    _proposal, _by, which = a_picture()
    hiding_id = services.hide(which, REASON, by=make.actor(Role.OFFICER))
    observer = make.actor(Role.OBSERVER)
    services.look(hiding_id, "The author has complained.", by=observer)
    newest = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1)).one()
    assert (newest.kind, newest.actor_id) == ("HiddenPartRead", observer.id)
    bodies = "".join(db.session.scalars(sa.select(AuditEntry.body)))
    assert "complained" not in bodies and "somebody who" not in bodies


PHASES = size(commit=[CycleStage.VOTING], night=[each for each in CycleStage if each is not CycleStage.DRAFT])
OFFICE, WATCH = {"officer", "clerk"}, {"observer", "overseer"}
VERBS = {
    "report": lambda which, hiding, by: services.report(which, PRIVATE, by=by),
    "hide": lambda which, hiding, by: services.hide(which, REASON, by=by),
    "leave": lambda which, hiding, by: services.leave(which, by=by),
    "show again": lambda which, hiding, by: services.show_again(hiding, REASON, by=by),
    "look": lambda which, hiding, by: services.look(hiding, REASON, by=by),
}


def people(where, author):
    elsewhere = frozenset({Grant(role=Role.OFFICER, neighborhood_id=make.neighborhood().id)})
    own = frozenset({Grant(role=Role.OFFICER, neighborhood_id=None), Grant(role=Role.OBSERVER, neighborhood_id=None)})
    here = {role.value: frozenset({Grant(role=role, neighborhood_id=where.id)}) for role in Role}
    everybody = {"stranger": make.actor(), "neighbor": make.resident(where), "author": author}
    everybody |= {name: replace(make.actor(), grants=grants) for name, grants in here.items()}
    everybody["officer elsewhere"] = replace(make.actor(), grants=elsewhere)
    return everybody | {"author in office": replace(author, grants=own)}


def many_texts(proposal, count):
    """As many texts as there are people to try one, put straight into the table."""
    first = db.session.execute(sa.select(ProposalRevision.__table__)).mappings().one()
    rows = [{**first, "id": first["id"] + n, "number": n + 1} for n in range(1, count)]
    with verbs.transaction():
        db.session.execute(sa.insert(ProposalRevision), rows)


def who_may(verb, phase=CycleStage.COLLECTING):
    proposal, author = published()
    many_texts(proposal, 20)
    everybody = people(proposal.cycle.neighborhood, author)
    clerk, done = make.actor(Role.CLERK), set()
    move(proposal, phase)
    for number, (name, by) in enumerate(everybody.items(), start=1):
        which = Which(proposal_id=proposal.id, part=Part.REVISION, part_id=number)
        services.report(which, PRIVATE, by=clerk)
        hiding = services.hide(which, REASON, by=clerk) if verb in ("show again", "look") else 0
        done |= {name} if refused(VERBS[verb], which, hiding, by) == "done" else set()
    return done


@pytest.mark.soak
@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("verb", VERBS)
def test_who_may_do_what_about_a_part(app, verb, phase):
    found = who_may(verb, phase)
    if verb == "report":
        assert "neighbor" in found and not found & {"author", "author in office"}
    else:
        assert found == (WATCH | {"author in office"} if verb == "look" else OFFICE)


@pytest.mark.parametrize("verb", ["hide", "look"])
def test_the_matrix_notices_when_anybody_may(app, verb, monkeypatch):
    for policy in ("may_hide", "may_look"):
        monkeypatch.setattr(policies, policy, lambda *_, **__: True)
    assert "stranger" in who_may(verb)


@pytest.mark.parametrize("kind", [Hiding, PartReport])
def test_rows_of_hiding_stay(app, kind):
    _proposal, _by, which = a_picture()
    services.report(which, PRIVATE, by=make.actor())
    services.hide(which, REASON, by=make.actor(Role.OFFICER))
    with pytest.raises(sa.exc.DatabaseError, match="never deleted"), db.engine.begin() as connection:
        connection.execute(sa.delete(kind))


def test_the_author_hears_that_something_is_hidden(app, mailbox):
    proposal, by, which = a_picture()
    services.hide(which, REASON, by=make.actor(Role.OFFICER))
    mail = mailbox.newest()
    assert mail.to == [proposal.author.email] and REASON in mail.body and actor_of(proposal.author).id == by.id
