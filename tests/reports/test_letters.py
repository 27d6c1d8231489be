"""Decision letters: one page each, for their proposer only, made for a whole cycle at once, and never twice."""

import csv
import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO

import pikepdf
import pytest
import sqlalchemy as sa

from app.accounts.models import Person, Residence
from app.accounts.rules import ResidenceStage
from app.core import files, jobs
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NoStanding
from app.core.printing.pdf import rendered
from app.cycles import queries as cycles
from app.notifications.models import Message
from app.notifications.rules import MailKind
from app.proposals.models import Proposal
from app.reports import pages as documents
from app.reports import queries
from app.reports.letters import queries as letters
from app.reports.letters import services
from app.reports.models import Edition
from app.reports.rules import Form, Line, ReportKind, shortened
from tests import browser as browsers
from tests import make
from tests.browser import Browser
from tests.memory import remembered
from tests.reports import printing
from tests.reports.reading import paper, problems
from tests.voting.results import board

DAY = timedelta(days=1)
HOME = "=12 Station Road, flat 3"
LONGEST = "<b>Lamps</b> & a bench, " * 5


@pytest.fixture
def unprinted(monkeypatch):
    """The press gives an empty page at once."""
    out = BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(out)
    monkeypatch.setattr("app.core.printing.press.printed", lambda sheet: out.getvalue())


def all_work_is_done() -> None:
    """The worker's jobs, and those that they leave."""
    while jobs.run_waiting():
        pass


def decided() -> int:
    """A cycle whose vote is certified."""
    return board.certified().vote.cycle_id


def ordered(cycle_id: int) -> int:
    """An order of its letters, by a clerk."""
    return services.order(cycle_id, by=make.actor(Role.CLERK))


@remembered
def a_letter() -> int:
    """The edition of a letter about a project that was not funded; its files are not made."""
    cycle_id = decided()
    all_work_is_done()
    lost = sa.select(Proposal.id).where(Proposal.cycle_id == cycle_id, Proposal.stage == "not_funded")
    return printing.publish(ReportKind.LETTER, db.session.scalars(lost.order_by(Proposal.id)).first())


def test_a_letter_fits_on_one_page_and_says_what_why_and_what_next(app):
    edition = queries.detail(a_letter())
    plain = json.loads(edition.text)
    plain["figures"]["proposal"]["title"] = LONGEST
    with app.test_request_context():
        read = paper(rendered(documents.sheet(replace(edition, snapshot=plain), "en", Form.READERS)))
    assert read.pages == 1 and problems(read, title="Your proposal is not funded") == []
    for said in (LONGEST, "Why", "What you can do", "Object to the result until", "certified"):
        assert read.says(said)


def strangers_read_nothing(app) -> None:
    """A letter is not found by anybody but its proposer and the office."""
    edition = queries.detail(a_letter())
    author = db.session.get_one(Person, queries.subject_of(edition.row.line).author_id)
    path = f"/reports/{edition.row.id}"
    statuses = [Browser(app).open(path).status]
    statuses += [Browser(app).sign_in(person).open(path).status for person in (make.person(), author)]
    statuses += [Browser(app).sign_in(make.person(roles=(Role.CLERK,))).open(path).status]
    assert statuses == [404, 404, 200, 200]
    assert edition.row.title not in Browser(app).open("/reports/").text


def test_only_the_proposer_and_the_office_read_a_letter(app):
    strangers_read_nothing(app)


def test_the_test_of_who_reads_a_letter_finds_an_open_door(app, monkeypatch):
    monkeypatch.setattr("app.reports.policies.may_read", lambda actor, **about: True)
    with pytest.raises(AssertionError):
        strangers_read_nothing(app)


def test_every_decided_proposal_gets_a_letter_and_all_lie_in_one_file(app, unprinted):
    cycle_id = decided()
    batch_id = ordered(cycle_id)
    all_work_is_done()
    batch = letters.batch(batch_id)
    assert batch.percent == 100 and batch.made == batch.letters == len(letters.due(cycle_id)) > 1
    with pikepdf.open(BytesIO(files.load(batch.file_hash))) as file:
        assert len(file.pages) == batch.letters


def test_who_has_an_account_is_mailed_once(app, unprinted):
    batch_id = ordered(decided())
    all_work_is_done()
    mails = sa.select(sa.func.count()).select_from(Message).where(Message.kind == MailKind.LETTER_READY)
    batch = letters.batch(batch_id)
    assert db.session.scalar(mails) == batch.letters - batch.by_post


def test_a_killed_worker_leaves_what_it_has_frozen_and_nothing_is_made_twice(app, unprinted, monkeypatch):
    cycle_id = decided()
    batch_id = ordered(cycle_id)
    jobs_before, whole = [], services._freeze

    def dies_after_two(*given):
        if len(jobs_before) == 2:
            raise KeyboardInterrupt
        jobs_before.append(given)
        whole(*given)

    monkeypatch.setattr(services, "_freeze", dies_after_two)
    with pytest.raises(KeyboardInterrupt):
        all_work_is_done()
    db.session.rollback()
    assert len(letters.editions(batch_id)) == 2
    monkeypatch.setattr(services, "_freeze", whole)
    with transaction():
        db.session.execute(sa.update(jobs.Job).where(jobs.Job.lease.is_not(None)).values(leased_until=now() - DAY))
    all_work_is_done()
    made = letters.editions(batch_id)
    assert letters.batch(batch_id).percent == 100 and len(set(made)) == len(letters.due(cycle_id))


def test_the_same_letters_ordered_again_are_no_new_editions_and_no_new_mail(app, unprinted):
    cycle_id = decided()
    all_work_is_done()
    first = ordered(cycle_id)
    all_work_is_done()
    second = ordered(cycle_id)
    all_work_is_done()
    assert letters.editions(first) == letters.editions(second)
    assert letters.batch(second).file_hash is not None


def test_an_order_waits_for_the_one_before(app, unprinted):
    cycle_id = decided()
    ordered(cycle_id)
    with pytest.raises(DomainError, match="already"):
        ordered(cycle_id)


def test_an_order_that_came_to_a_halt_goes_on_where_it_was(app, unprinted, monkeypatch):
    cycle_id = decided()
    with monkeypatch.context() as broken:
        broken.setattr("app.core.media.documents.joined", lambda *given, **more: 1 / 0)
        batch_id = ordered(cycle_id)
        all_work_is_done()
    frozen = letters.editions(batch_id)
    assert letters.batch(batch_id).percent == 99
    assert ordered(cycle_id) == batch_id
    all_work_is_done()
    assert letters.batch(batch_id).percent == 100 and letters.editions(batch_id) == frozen


def given(app, where, role):
    """What somebody with a role is given there."""
    browser = Browser(app).sign_in(make.person(roles=(role,)))
    browsers._forget_the_last_request()
    return browser.client.get(where)


def test_addresses_come_in_the_order_of_the_file_and_stand_in_no_letter(app, unprinted):
    cycle_id = decided()
    author = db.session.scalars(sa.select(Proposal).where(Proposal.cycle_id == cycle_id)).first().author_id
    home = {"neighborhood_id": cycles.facts(cycle_id).neighborhood_id, "registered_at": now()}
    with transaction():
        db.session.execute(sa.delete(Residence).where(Residence.person_id == author))
        db.session.add(Residence(person_id=author, address=HOME, stage=ResidenceStage.REGISTERED, **home))
    batch_id = ordered(cycle_id)
    all_work_is_done()
    where = f"/reports/letters/{cycle_id}/{batch_id}/addresses.csv"
    answer = given(app, where, Role.CLERK)
    lines = list(csv.DictReader(StringIO(answer.text)))
    assert [line["position"] for line in lines] == [str(n + 1) for n in range(len(lines))]
    assert f"'{HOME}" in {line["address"] for line in lines} and "no-store" in answer.headers["Cache-Control"]
    assert not any(HOME in edition.snapshot for edition in db.session.scalars(sa.select(Edition)))
    assert [given(app, where, other).status_code for other in (Role.OFFICER, Role.OBSERVER)] == [403, 403]


def test_only_a_clerk_orders_letters(app):
    with pytest.raises(NoStanding):
        services.order(decided(), by=make.actor(Role.OBSERVER))


def test_nothing_is_written_before_it_is_decided(app):
    vote = board.voted()
    proposal_id = db.session.scalars(sa.select(Proposal.id).where(Proposal.cycle_id == vote.cycle_id)).first()
    with pytest.raises(DomainError, match="decided"):
        printing.publish(ReportKind.LETTER, proposal_id)
    assert queries.of_line(Line(kind=ReportKind.LETTER, subject_id=proposal_id)) == []


def test_a_clerk_orders_from_the_page_and_takes_the_file(app, unprinted):
    cycle_id = decided()
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = clerk.open(f"/reports/letters/{cycle_id}").press("Make and send the letters")
    assert "The letters are being made" in page.text
    all_work_is_done()
    batch = letters.of_cycle(cycle_id)[0]
    assert "100%" in clerk.open(f"/reports/letters/{cycle_id}").text
    assert clerk.client.get(f"/reports/letters/{cycle_id}/{batch.id}.pdf").mimetype == "application/pdf"
    assert Browser(app).sign_in(make.person()).open(f"/reports/letters/{cycle_id}").status == 403


@pytest.mark.parametrize(
    ("text", "most", "left"), [("a b", 9, "a b"), ("one two three", 9, "one two…"), ("  a\n b ", 9, "a b")]
)
def test_a_long_reason_is_cut_after_a_word(text, most, left):
    assert shortened(text, most) == left
