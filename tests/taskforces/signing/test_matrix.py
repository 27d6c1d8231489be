"""Act × role × own or foreign task force of signing, and page × role: who may do and see what."""

from datetime import date
from io import BytesIO

import pytest

from app.accounts.models import RoleGrant
from app.accounts.queries import actor_of
from app.core.access import Role
from app.core.clock import today
from app.core.db import db, transaction
from app.taskforces.seats.rules import SeatKind
from app.taskforces.signing import queries, services
from app.taskforces.signing.escalating import services as council
from app.taskforces.signing.models import Agreement
from app.taskforces.signing.paper import services as papers
from app.taskforces.signing.rules import Outcome, Verdict
from tests import make, sent
from tests.browser import Browser, _forget_the_last_request
from tests.proposals.review.desk import refusal
from tests.taskforces.signing.words import WORD, proposed, word

COUNCIL = {"decided_by": "City council", "reference": "2026/114", "explanation": WORD, "outcome": Outcome.DECLINED}
OWN = {"member", "deputy", "secretary", "youth", "community", "institution"}
"""Who works in the task force: an observer's seat only watches."""


def clerk(person, where):
    """The same, as a clerk of one neighborhood."""
    with transaction():
        person.grants = [RoleGrant(role=Role.CLERK, neighborhood_id=where.id, starts_on=date(2020, 1, 1))]
    return actor_of(person)


def everybody(body, chairs):
    """One of each kind of person, by name: seats of this task force, those of another, and roles."""
    where, kinds = body.neighborhood, SeatKind
    people = {role.value: make.actor(role) for role in (Role.OFFICER, Role.OBSERVER, Role.OVERSEER, Role.ADMIN)}
    people |= {"clerk here": clerk(make.person(), where), "clerk elsewhere": clerk(make.person(), make.neighborhood())}
    seats = {"member": kinds.MEMBER, "deputy": kinds.DEPUTY, "secretary": kinds.SECRETARY, "youth": kinds.YOUTH}
    people |= {name: make.seated(body, kind) for name, kind in seats.items()}
    people["observing"] = make.seated(body, kinds.OBSERVER)
    people["clerk who sits"] = clerk(make.account(make.seated(body, kinds.MEMBER)), where)
    people["foreign chair"] = make.co_chair(make.task_force(where=where))
    people |= {"community": chairs[0], "institution": chairs[1], "resident": make.resident(where)}
    return {name: make.fresh(who) for name, who in people.items()}


def asked(table):
    """Something new that waits for both sides, proposed by somebody else."""
    body, _chairs, _done = table
    return proposed(body, make.seated(body, SeatKind.MEMBER), sum=next(make.numbers))


def deadlock(table):
    """The same, agreed by the community side and with its last day today."""
    waits = asked(table)
    services.sign(waits, word(waits), by=table[1][0])
    with transaction():
        db.session.get_one(Agreement, waits).due_on = today()
    return waits


def before_council(table):
    return council.ask(deadlock(table), WORD, by=table[1][0])


def attest(table, waits, by):
    """That the institution side has signed on paper."""
    seen = queries.agreement(waits).hash
    told = {"verdict": Verdict.APPROVE, "statement": "", "signed_on": today(), "mark": seen[:8], "seen": seen}
    command = papers.Attest(person_id=table[1][1].id, file=BytesIO(sent.photo()), **told)
    return papers.attest(waits, command, key=f"{waits}-{by.id}", by=by)


def record(_table, waits, by):
    command = council.RecordDecision(decided_on=today(), file=BytesIO(sent.photo()), **COUNCIL)
    council.record(waits, command, key=f"{waits}-{by.id}", by=by)


ACTS = {
    "propose": (lambda table: table[0], lambda _table, body, by: proposed(body, by, sum=next(make.numbers))),
    "sign": (asked, lambda _table, waits, by: services.sign(waits, word(waits), by=by)),
    "withdraw": (asked, lambda _table, waits, by: services.withdraw(waits, by=by)),
    "attest": (asked, attest),
    "ask the council": (deadlock, lambda _table, waits, by: council.ask(waits, WORD, by=by)),
    "record its decision": (before_council, record),
}
MAY = {
    "propose": {*OWN, "clerk here", "clerk who sits"},
    "sign": {"community", "institution"},
    "withdraw": set(),
    "attest": {"clerk here"},
    "ask the council": {"community"},
    "record its decision": {"clerk here"},
}
"""Who may do what with what somebody else has proposed."""


@pytest.mark.parametrize("name", ACTS)
def test_who_may_do_it(table, name):
    prepare, act = ACTS[name]
    people, through, target = everybody(table[0], table[1]), set(), None
    for who in sorted(people, key=lambda who: who in MAY[name]):
        target = target or prepare(table)
        if refusal(lambda who=who, target=target: act(table, target, people[who])) is None:
            through.add(who)
            target = None
    assert through == MAY[name]


def test_whoever_proposed_it_withdraws_it(table):
    waits = proposed(table[0], table[1][0])
    services.withdraw(waits, by=table[1][0])
    assert refusal(lambda: services.withdraw(waits, by=table[1][0])) == "ended"


def test_the_matrix_notices_rules_that_let_everybody_in(table, monkeypatch):
    """The twin: with the check of standing gone, a resident attests and records."""
    resident = make.actor()
    monkeypatch.setattr(papers.policies, "may_attest", lambda *_, **__: True)
    monkeypatch.setattr(council.policies, "may_record", lambda *_, **__: True)
    assert refusal(lambda: attest(table, asked(table), resident)) is None
    assert refusal(lambda: record(table, before_council(table), resident)) is None


PAGES = {
    "paper": {"clerk here"},
    "sheets/{}": {"institution", "community", "clerk here", "clerk who sits", "overseer"},
    "council": {"community", "institution"},
    "council/decision": {"clerk here"},
    "council/document": set(),
}
"""Who opens which page of an agreement that both have signed, one of them on paper. The others are for everybody."""


def opened(app, who, addresses):
    """Those of the pages and files that answer this person; nobody where `who` is None."""
    client, found = Browser(app).sign_in(make.account(who)).client if who else app.test_client(), set()
    for page, address in addresses.items():
        _forget_the_last_request()
        found |= {page} if client.get(address).status_code == 200 else set()
    return found


def test_who_opens_which_page(app, table):
    people, waits = everybody(table[0], table[1]), deadlock(table)
    sheet = attest(table, waits, people["clerk here"])
    addresses = {page: f"/agreements/{waits}/{page.format(sheet)}" for page in PAGES}
    for name, who in people.items():
        assert opened(app, who, addresses) == {page for page, may in PAGES.items() if name in may}, name
    public = {page: f"/agreements/{waits}{page}" for page in ("", "/sheet")}
    assert opened(app, None, addresses | public) == set(public)
