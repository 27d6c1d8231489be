"""The demo's ledgers held against the council's books: an export a month, some with a booking that is not ours."""

from datetime import date, timedelta
from functools import partial

from app.core.access import Actor
from app.demo.days import Diary
from app.demo.people import Cast
from app.taskforces.spending.tie_outs import queries, services
from app.taskforces.spending.tie_outs.queries import TieOutRow
from app.taskforces.spending.tie_outs.rules import Reason, after, month_of
from app.taskforces.spending.tie_outs.services import Explain, HoldAgainst

EVERY, ROUNDS = 30, 30
STRAY_EVERY = 8
"""In every eighth month there is one that nobody can explain until the month after."""
STRAY = "Paid for the library next door; the council moves it to the right budget next month."
FOUND = "Booked twice by the council, which takes one of the two back in the month after."


def foresee(cycle_id: int, people: Cast, diary: Diary, *, starts: int) -> None:
    """Write down that a clerk compares every month in the one after it."""
    clerk, first = people.parts["clerk"], people.calendar.on(starts)
    for number in range(ROUNDS):
        month = month_of(first + timedelta(days=EVERY * number))
        day = starts + (after(month) - first).days + 6
        diary.note(day, 9, partial(_compare, cycle_id, month, clerk))


def _compare(cycle_id: int, month: date, clerk: Actor) -> None:
    entries = queries.paid_in(cycle_id, month)
    if not entries or any(row.month == month for row in queries.of_cycle(cycle_id)):
        return
    lines = [f"{each.on},{each.reference},{each.amount_cents / 100:.2f}" for each in entries]
    before = queries.of_cycle(cycle_id)
    _explain(before, clerk)
    is_first = not before
    if is_first or len(before) % STRAY_EVERY == STRAY_EVERY - 1:
        lines.append(f"{month},L-{cycle_id:04d},240.00")
    content = "\n".join(["booked_on,reference,amount", *lines]).encode()
    command = HoldAgainst(month=month, content=content, file_name=f"ledger-{month:%Y-%m}.csv")
    made = services.hold_against(cycle_id, command, key=f"demo-tie-out-{cycle_id}-{month}", by=clerk)
    if is_first:
        services.explain(made, 1, Explain(reason=Reason.OTHER_BUDGET, explanation=STRAY), by=clerk)


def _explain(earlier: list[TieOutRow], clerk: Actor) -> None:
    """What was left open of earlier months is known by now."""
    for row in earlier:
        for found in queries.differences(row.id).items if row.unexplained else ():
            services.explain(row.id, found.position, Explain(reason=Reason.COUNCIL_ERROR, explanation=FOUND), by=clerk)
