"""A year of money in one neighborhood: promised, paid, moved, returned, held against the council's books."""

from datetime import UTC, date, datetime
from functools import cache

from app.core import clock
from app.core.access import Role
from app.core.db import db, transaction
from app.cycles.models import Cycle
from app.cycles.rules import Stage as CycleStage
from app.proposals.rules import Stage as ProposalStage
from app.taskforces.spending.commitments import queries as commitments
from app.taskforces.spending.expenses import services as expenses
from app.taskforces.spending.rules import EntryKind
from app.taskforces.spending.services import Booking, book, held_projects
from app.taskforces.spending.tie_outs import services as tie_outs
from app.taskforces.spending.tie_outs.rules import Reason
from tests import make
from tests.reports import reading

YEAR = 2025
HOSTILE = '<script>alert("lamp")</script> =1+1 & <img src=x onerror=alert(1)>'
WHY = f"The council books this in March, with the invoice. {HOSTILE}"
HEAD = "booked_on,reference,amount\n"


def noon(month: int, day: int, year: int = YEAR) -> datetime:
    """Noon of a day of that year."""
    return datetime(year, month, day, 12, tzinfo=UTC)


def afterwards():
    """A day on which the year is over: in a `with`, the clock stands there."""
    return clock.at(noon(2, 2, YEAR + 1))


def lived():
    """The ids of the neighborhood, the cycle and its two projects after the year."""
    with clock.at(noon(1, 5)):
        force = make.task_force()
        within = make.cycle(stage=CycleStage.DELIVERING, where=force.neighborhood, year=YEAR)
        lamps = _project(force, within, "Lamps in Alice Lane", 20_000_00)
        bench = _project(force, within, f"Benches {HOSTILE}", 10_000_00)
    with clock.at(noon(1, 10)):
        promise, other = make.commitment(lamps, 10_000_00), make.commitment(bench, 6_000_00)
    with clock.at(noon(2, 10)):
        _paid(promise, 4_000_00, "F-1", noon(2, 10).date())
        _paid(other, 300_00, "F-2", noon(2, 10).date())
    with clock.at(noon(3, 5)):
        held = compare(within.id, date(YEAR, 2, 1), "2025-02-10,F-1,3999.00\n2025-02-10,F-2,300.00\n")
        why = tie_outs.Explain(reason=Reason.LATER, explanation=WHY)
        tie_outs.explain(held, 1, why, by=make.actor(Role.CLERK))
    with clock.at(noon(4, 20)):
        _moved(bench, lamps, 1_500_00)
        _back(bench, 500_00)
    with clock.at(noon(5, 6)):
        _paid(promise, 5_000_00, "F-3", noon(5, 6).date())
    return force.neighborhood_id, within.id, lamps.id, bench.id


def _project(force, within, title, cents):
    proposal = make.proposal(stage=ProposalStage.FUNDED, within=within)
    return make.project(body=force, cycle=within, proposal=proposal, title=title, allocated_cents=cents)


def _paid(promise, cents, reference, on):
    told = {"purpose": "Lamp posts", "on": on, "reference": reference, "paper": make.paper()}
    return expenses.pay(
        promise.id, expenses.Pay(amount_cents=cents, **told), key=f"{reference}{cents}", by=make.actor(Role.CLERK)
    )


def compare(cycle_id, month, text):
    """A month held against an export of the council with these bookings; its id."""
    command = tie_outs.HoldAgainst(month=month, content=(HEAD + text).encode(), file_name=f"books-{month:%Y-%m}.csv")
    return tie_outs.hold_against(cycle_id, command, key=f"{month}", by=make.actor(Role.CLERK))


def _moved(giving, taking, cents):
    with transaction():
        rows = held_projects([giving.id, taking.id])
        said = {"on": clock.today(), "purpose": f"The lamps need another post. {HOSTILE}"}
        out = Booking(kind=EntryKind.REALLOCATE_OUT, amount_cents=-cents, project=rows[giving.id], **said)
        into = Booking(kind=EntryKind.REALLOCATE_IN, amount_cents=cents, project=rows[taking.id], **said)
        book(giving.cycle_id, [out, into], by_id=None)


def _back(project, cents):
    with transaction():
        row = held_projects([project.id])[project.id]
        said = {"on": clock.today(), "purpose": "One bench less."}
        booking = Booking(kind=EntryKind.RETURN_TO_POT, amount_cents=-cents, project=row, **said)
        book(project.cycle_id, [booking], by_id=None)


def pay_late(project_id: int, on: date) -> None:
    """One more payment, of a day that is long past."""
    promise = commitments.of_project(project_id)[0]
    _paid(promise, 1_00, "F-9", on)


def one_more(cycle_id: int) -> None:
    """Three more projects with money in the cycle."""
    with clock.at(noon(6, 1)):
        within = db.session.get_one(Cycle, cycle_id)
        force = make.task_force(where=within.neighborhood)
        for number in range(3):
            make.commitment(_project(force, within, f"Lamp {number}", 1_000_00), 100_00)


@cache
def read(pdf: bytes) -> reading.Paper:
    """A PDF read back, once for all tests of it."""
    return reading.paper(pdf)
