"""A side signs on paper, a clerk attests it, and both names stand there; the sheet is not for everybody (rule 7)."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
import time_machine

from app.accounts.models import Person
from app.core import files
from app.core.access import Role
from app.core.clock import now, today
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.taskforces.seats.models import Seat
from app.taskforces.seats.rules import SeatKind, Side
from app.taskforces.signing import queries, rules
from app.taskforces.signing import services as signing
from app.taskforces.signing.models import SignOff
from app.taskforces.signing.paper import queries as papers
from app.taskforces.signing.paper import services
from app.taskforces.signing.rules import Ending, MatterKind, Method, Verdict, WhyNot
from app.taskforces.signing.scans import services as scans
from tests import make, sent
from tests.taskforces.signing.words import WORD, proposed, word

HASH = "0123456789abcdef" * 4
ASKED = rules.Asked(payload_hash=HASH, due_on=date(2026, 12, 1), ending=None, places=rules.places_of([7]))
DAYS = {"proposed_on": date(2026, 11, 20), "today": date(2026, 11, 26)}


@pytest.mark.parametrize(
    ("mark", "signed_on", "reason"),
    [
        ("01234567", date(2026, 11, 20), None),
        (" 0123 4567 89AB ", date(2026, 11, 26), None),
        ("0123456", date(2026, 11, 26), WhyNot.OTHER_SHEET),
        ("01234568", date(2026, 11, 26), WhyNot.OTHER_SHEET),
        ("01234567", date(2026, 11, 19), WhyNot.NOT_THAT_DAY),
        ("01234567", date(2026, 11, 27), WhyNot.NOT_THAT_DAY),
    ],
)
def test_a_sheet_carries_the_code_and_a_day_since_it_was_proposed(mark, signed_on, reason):
    assert rules.why_not_on_sheet(ASKED, mark=mark, signed_on=signed_on, **DAYS) is reason


def sheet(agreement_id, who, **more):
    """What stands on a signed sheet."""
    seen = queries.agreement(agreement_id).hash
    facts = {"verdict": Verdict.APPROVE, "statement": "", "signed_on": today(), "mark": seen[:8], "seen": seen}
    return services.Attest(person_id=who.id, **facts | {"file": BytesIO(sent.paper())} | more)


def attest(agreement_id, who, by, key="a", **more):
    return services.attest(agreement_id, sheet(agreement_id, who, **more), key=key, by=by)


def code_of(act):
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def test_it_happens_with_a_signature_on_paper_and_both_names_are_printed(table, browser):
    body, (ada, bo), done = table
    waits, clerk = proposed(body, ada), make.actor(Role.CLERK)
    signing.sign(waits, word(waits), by=ada)
    for _twice in range(2):
        attest(waits, bo, clerk)
    row = queries.agreement(waits)
    assert row.ending is Ending.EXECUTED and done == [(MatterKind.PAUSE, 5)]
    assert [(each.method, each.attested_by) for each in row.signed][1] == (Method.PAPER, clerk.name)
    page = browser.open(f"/agreements/{waits}").text
    assert bo.name in page and f"attested by {clerk.name}" in page and "See the sheet" not in page


def test_a_no_on_paper_needs_its_statement(table):
    body, (ada, bo), done = table
    waits, clerk = proposed(body, ada), make.actor(Role.CLERK)
    assert code_of(lambda: attest(waits, bo, clerk, verdict=Verdict.REJECT)) == "no_statement"
    attest(waits, bo, clerk, verdict=Verdict.REJECT, statement=WORD)
    assert queries.agreement(waits).ending is Ending.REJECTED and done == []


def test_who_cannot_have_signed_and_who_cannot_attest(table):
    body, (ada, bo), _done = table
    waits, clerk = proposed(body, ada), make.actor(Role.CLERK)
    member = make.seated(body, SeatKind.MEMBER)
    assert code_of(lambda: attest(waits, member, clerk)) == "no_seat"
    assert code_of(lambda: attest(waits, bo, replace(clerk, second_factor_at=None))) == "not_fresh"
    assert code_of(lambda: attest(waits, bo, make.actor(Role.OFFICER))) == "no_standing"
    sitting = replace(clerk, id=member.id)
    assert code_of(lambda: attest(waits, bo, sitting)) == "no_standing"
    attest(waits, bo, clerk)
    assert code_of(lambda: attest(waits, bo, clerk, key="b")) == "signed_already"
    assert code_of(lambda: signing.sign(waits, word(waits), by=bo)) == "signed_already"


def test_whoever_left_the_seat_after_the_day_on_the_sheet_has_signed(table):
    """The day on the sheet decides, not the day on which it is typed in."""
    body, (ada, bo), _done = table
    waits, clerk = proposed(body, ada), make.actor(Role.CLERK)
    with transaction():
        db.session.execute(sa.update(Seat).where(Seat.person_id == bo.id).values(ends_on=today()))
    with time_machine.travel(now() + timedelta(days=2)):
        fresh = make.fresh(clerk)
        assert code_of(lambda: attest(waits, bo, fresh, signed_on=today())) == "no_seat"
        assert attest(waits, bo, fresh, signed_on=today() - timedelta(days=2))


def test_a_sheet_is_for_office_oversight_and_those_who_signed(table):
    body, (ada, bo), _done = table
    waits = proposed(body, ada)
    made = attest(waits, bo, clerk := make.actor(Role.CLERK))
    for who in (clerk, make.actor(Role.OVERSEER), bo):
        assert papers.sheet(waits, made, who).content.startswith(b"%PDF-")
    for who in (ada, make.actor(Role.OFFICER), make.actor(Role.ADMIN), make.co_chair(make.task_force())):
        with pytest.raises(NotFound):
            papers.sheet(waits, made, who)


def test_the_check_notices_a_sheet_that_is_for_everybody(table, monkeypatch):
    """The twin."""
    body, (ada, bo), _done = table
    waits = proposed(body, ada)
    made = attest(waits, bo, make.actor(Role.CLERK))
    monkeypatch.setattr(papers.policies, "may_see_sheet", lambda *_: True)
    assert papers.sheet(waits, made, make.actor()).content


@pytest.mark.parametrize("change", [{"sheet_digest": None}, {"signed_on": None}, {"method": Method.ACCOUNT}])
def test_the_database_refuses_paper_without_its_sheet_and_a_sheet_without_paper(table, change):
    body, (ada, bo), _done = table
    waits = proposed(body, ada)
    made = attest(waits, bo, make.actor(Role.CLERK))
    row = db.session.execute(sa.select(SignOff.__table__).where(SignOff.id == made)).mappings().one()
    other = {**row, "id": made + 1, "side": Side.COMMUNITY, "person_id": ada.id} | change
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.execute(sa.insert(SignOff).values(other))


def test_a_scan_whose_row_never_came_is_cleared_and_a_kept_one_stays(table):
    body, (ada, bo), _done = table
    waits = proposed(body, ada)
    made = attest(waits, bo, clerk := make.actor(Role.CLERK))
    with files.draft(f"{scans.ROOM}/{waits}-killed", b"a worker was killed here") as left:
        pass
    scans.clear_left()
    assert papers.sheet(waits, made, clerk).content and files.drafts(scans.ROOM) == []
    with pytest.raises(files.MissingFile):
        files.load(left)


def test_a_clerk_types_a_sheet_in_and_loses_nothing(table, browser):
    body, (ada, bo), _done = table
    waits = proposed(body, ada)
    printed = browser.open(f"/agreements/{waits}/sheet")
    mark = printed.all("code")[0].text
    browser.sign_in(make.person(roles=(Role.CLERK,)))
    page = browser.open(f"/agreements/{waits}").follow("A side has signed on paper")
    told = {"person_id": str(bo.id), "verdict": "approve", "signed_on": (today() + timedelta(days=1)).isoformat()}
    page = page.press("Attest the signature", mark="abcdefgh", file=(BytesIO(sent.photo()), "a.jpg"), **told)
    assert "The code on the sheet is not that" in page.one("p", id="mark-error")
    page = page.press("Attest the signature", mark=mark, file=(BytesIO(sent.photo()), "a.jpg"))
    assert "between the day it was proposed" in page.one("p", id="signed_on-error")
    page = page.press("Attest the signature", signed_on=today().isoformat(), file=(BytesIO(sent.photo()), "a.jpg"))
    link = next(a.get("href") for a in page.all("a") if a.text == "See the sheet")
    assert browser.client.get(link).content_type == "image/jpeg" and db.session.get_one(Person, bo.id)
