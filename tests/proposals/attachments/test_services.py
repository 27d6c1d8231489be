"""Hanging pictures and PDFs on a proposal: by its author, while it may change, and with nothing left behind."""

import pytest
import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import actor_of
from app.audit.models import AuditEntry
from app.core import files, hung
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding, NotFound
from app.core.media.pictures import Drawn, Picture
from app.cycles.rules import Stage as CycleStage
from app.proposals import services as proposals
from app.proposals.attachments import queries, services
from app.proposals.attachments.models import Attachment
from app.proposals.attachments.queries import Part
from app.proposals.attachments.rules import MOST, Kind
from app.proposals.rules import EDITABLE, Stage
from tests import make, sent
from tests.proposals.attachments.hung import WORDS, hang


def kept_files():
    """What lies on disk, drafts and their notes too."""
    root = current_app.config["DATA_DIR"] / "files"
    return {path.name for path in root.rglob("*") if path.is_file()}


def author(proposal):
    return make.fresh(actor_of(proposal.author))


def test_a_picture_is_kept_redrawn_in_two_sizes_and_told(app):
    before, proposal = kept_files(), make.proposal()
    shown = hang(proposal)
    assert (shown.kind, shown.place, shown.words, shown.width) == (Kind.PICTURE, 1, WORDS, 64)
    served = queries.served(proposal.id, shown.id, Part.FULL, None)
    assert sent.kept_of(served.content) == set() and len(kept_files() - before) == 2
    assert kinds_told()[-1] == "AttachmentAdded"


def test_a_picture_copied_as_it_came_keeps_where_it_was_taken_and_the_check_sees_it(app, monkeypatch):
    """The twin of the test above."""

    def copied(file):
        as_it_came = Drawn(content=file.read(), width=64, height=48)
        return Picture(full=as_it_came, small=as_it_came)

    monkeypatch.setattr(services.pictures, "redrawn", copied)
    shown = hang(make.proposal())
    assert "gps" in sent.kept_of(queries.served(shown.proposal_id, shown.id, Part.FULL, None).content)


def test_the_same_picture_on_two_proposals_is_two_files(app):
    before = kept_files()
    first, second = (hang(make.proposal()) for _ in range(2))
    services.remove(first.id, by=author(db.session.get(Attachment, first.id).proposal))
    assert queries.served(second.proposal_id, second.id, Part.SMALL, None).content
    assert len(kept_files() - before) == 2


def test_a_form_sent_twice_hangs_one_picture(app):
    proposal = make.proposal()
    assert hang(proposal, key="once").id == hang(proposal, key="once").id
    assert len(queries.of_proposal(proposal.id)) == 1


@pytest.mark.parametrize("kind", Kind)
def test_there_is_room_for_so_many_and_a_place_is_free_again(app, kind):
    proposal = make.proposal()
    shown = [hang(proposal, kind) for _ in range(MOST[kind])]
    with pytest.raises(DomainError, match=f"room for {MOST[kind]}") as refused:
        hang(proposal, kind)
    assert refused.value.field == "file"
    services.remove(shown[1].id, by=author(proposal))
    assert hang(proposal, kind).place == 2


@pytest.mark.parametrize(("kind", "place"), [(Kind.PICTURE, 6), (Kind.PDF, 4), (Kind.PICTURE, 0)])
def test_the_database_refuses_one_too_many(app, kind, place):
    row = db.session.get(Attachment, hang(make.proposal(), kind).id)
    with pytest.raises(IntegrityError, match="five_pictures_and_three_pdfs"), transaction():
        row = db.session.get(Attachment, row.id)
        row.place = place


@pytest.mark.parametrize("stage", Stage)
def test_pictures_change_exactly_while_the_words_may(app, stage):
    proposal = make.proposal(stage=stage)
    if stage in EDITABLE:
        assert hang(proposal).place == 1
    else:
        with pytest.raises(DomainError, match="stay as they are"):
            hang(proposal)


@pytest.mark.parametrize("stage", [CycleStage.BALLOT_FIXED, CycleStage.VOTING, CycleStage.CLOSED])
def test_once_the_ballot_is_fixed_pictures_stay(app, stage):
    with pytest.raises(DomainError, match="ballot"):
        hang(make.proposal(within=make.cycle(stage=stage)))


def test_only_the_author_hangs_describes_and_removes(app):
    proposal, stranger = make.proposal(), make.actor()
    shown = hang(proposal)
    with pytest.raises(NoStanding):
        hang(proposal, by=stranger)
    with pytest.raises(NoStanding):
        services.describe(shown.id, "Something else.", by=stranger)
    with pytest.raises(NoStanding):
        services.remove(shown.id, by=stranger)
    assert [each.words for each in queries.of_proposal(proposal.id)] == [WORDS]


def test_what_hangs_on_a_draft_is_its_author_s_alone(app):
    draft = make.proposal(stage=Stage.DRAFT)
    shown = hang(draft)
    assert not queries.served(draft.id, shown.id, Part.FULL, author(draft)).is_public
    for viewer in (None, make.actor()):
        with pytest.raises(NotFound):
            queries.served(draft.id, shown.id, Part.FULL, viewer)


def test_a_file_is_served_under_its_own_proposal_and_kind_only(app):
    shown, other = hang(make.proposal()), make.proposal()
    for proposal_id, part in ((other.id, Part.FULL), (shown.proposal_id, Part.PDF)):
        with pytest.raises(NotFound):
            queries.served(proposal_id, shown.id, part, None)


def test_a_file_that_is_gone_from_the_disk_is_not_found(app):
    shown = hang(make.proposal())
    files.remove(db.session.get(Attachment, shown.id).digest)
    with pytest.raises(NotFound):
        queries.served(shown.proposal_id, shown.id, Part.FULL, None)


def test_a_picture_whose_row_does_not_come_leaves_no_file(app, monkeypatch):
    before, proposal = kept_files(), make.proposal()
    monkeypatch.setattr(services, "publish", lambda _event: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        hang(proposal)
    assert kept_files() == before


def test_what_a_kill_leaves_is_cleared_and_what_is_named_stays(app, monkeypatch):
    shown, before = hang(make.proposal()), kept_files()
    with pytest.raises(ZeroDivisionError), transaction():
        services._added(shown.proposal_id, command(), made(), author(proposal_of(shown)))
        raise ZeroDivisionError
    assert len(kept_files() - before) == 2  # a file and its note: the commit never came
    services.clear_left()
    assert kept_files() == before


def test_a_removal_that_was_cut_short_is_finished(app, monkeypatch):
    before, shown = kept_files(), hang(make.proposal())
    monkeypatch.setattr(hung, "after_commit", lambda act: None)
    services.remove(shown.id, by=author(proposal_of(shown)))
    assert kept_files() != before
    services.clear_left()
    assert kept_files() == before


def test_a_removal_that_did_not_happen_removes_nothing(app):
    shown = hang(make.proposal())
    with pytest.raises(ZeroDivisionError), transaction():
        services.remove(shown.id, by=author(proposal_of(shown)))
        raise ZeroDivisionError
    services.clear_left()
    assert queries.served(shown.proposal_id, shown.id, Part.FULL, None).content and not files.drafts(services.ROOM)


@pytest.mark.parametrize("why", ["thrown away", "too late"])
def test_a_draft_that_never_came_loses_its_files(app, why):
    before, draft = kept_files(), make.proposal(stage=Stage.DRAFT)
    hang(draft), hang(draft, Kind.PDF)
    if why == "thrown away":
        proposals.withdraw(draft.id, by=author(draft))
    else:
        with transaction():
            draft.cycle.stage = CycleStage.VOTING
    services.clear_left()
    assert kept_files() == before and queries.of_proposal(draft.id) == []
    assert kinds_told()[-1] == "AttachmentsCleared"


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SUBMITTED, Stage.WITHDRAWN])
def test_what_may_still_be_read_keeps_its_files(app, stage):
    """The twin of the test above."""
    proposal = make.proposal(stage=Stage.DRAFT if stage is Stage.DRAFT else Stage.SUBMITTED)
    hang(proposal)
    with transaction():
        proposal.stage = stage
    services.clear_left()
    assert len(queries.of_proposal(proposal.id)) == 1


def proposal_of(shown):
    return db.session.get(Attachment, shown.id).proposal


def kinds_told():
    return list(db.session.scalars(sa.select(AuditEntry.kind).order_by(AuditEntry.sequence)))


def command():
    return services.AddAttachment(kind=Kind.PDF, file=None, words=WORDS)


def made():
    return services._Made(content=b"a plan", pages=1)
