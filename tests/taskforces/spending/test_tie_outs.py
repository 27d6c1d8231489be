"""The ledger held against the council's books: row by row, all or nothing, and no difference without its reason."""

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import pytest
import time_machine

from app.admin.week import queries as week
from app.admin.week.rules import DueKind
from app.core.access import Role
from app.core.clock import today
from app.core.errors import DomainError, NoStanding
from app.taskforces.spending.tie_outs import queries, rules, services
from app.taskforces.spending.tie_outs.rules import Difference, DifferenceKind, Entry, FileFault, Reason, Row, RowFault
from tests import make

MAY, DAY = date(2026, 5, 1), date(2026, 5, 12)
HEAD = "booked_on,reference,amount\n"
WHY = "The council books this in June, with the invoice."


def entry(number, cents, reference=None, on=DAY):
    return Entry(number=number, on=on, reference=reference, amount_cents=cents)


def row(reference, cents, on=DAY):
    return Row(line=2, booked_on=on, reference=reference, amount_cents=cents)


def difference(kind, ours, theirs, reference=None, entry_number=None):
    return Difference(
        kind=kind, reference=reference, entry_number=entry_number, ledger_cents=ours, council_cents=theirs
    )


@pytest.mark.parametrize(
    ("entries", "rows", "found"),
    [
        ([], [], []),
        ([entry(4, 500, "F-1")], [row("F-1", 500)], []),
        ([entry(4, 300, "F-1"), entry(5, 200, "F-1")], [row("F-1", 500)], []),
        ([entry(4, 500, "F-1"), entry(5, -500, "F-1")], [row("F-1", 500), row("F-1", -500)], []),
        ([entry(4, 500)], [row("F-1", 500)], []),
        ([entry(4, 500)], [row("F-1", 500, MAY)], "both"),
        ([entry(4, 501, "F-1")], [row("F-1", 500)], [difference(DifferenceKind.AMOUNT, 501, 500, "F-1")]),
        ([], [row("F-1", 500)], [difference(DifferenceKind.ONLY_COUNCIL, 0, 500, "F-1")]),
        ([entry(4, 500, "F-1")], [], [difference(DifferenceKind.ONLY_LEDGER, 500, 0, "F-1")]),
        ([entry(4, 500)], [], [difference(DifferenceKind.ONLY_LEDGER, 500, 0, entry_number=4)]),
    ],
)
def test_the_books_are_compared_by_the_number_of_the_booking_else_by_day_and_amount(entries, rows, found):
    both = [
        difference(DifferenceKind.ONLY_COUNCIL, 0, 500, "F-1"),
        difference(DifferenceKind.ONLY_LEDGER, 500, 0, entry_number=4),
    ]
    assert rules.differences(entries, rows) == (both if found == "both" else found)


def test_of_ten_thousand_rows_the_three_wrong_ones_are_named_with_all_that_is_wrong():
    lines = [f"2026-05-{n % 28 + 1:02d},F-{n},{n + 1}.50" for n in range(10_000)]
    lines[17], lines[400], lines[9_999] = "2026-06-01,,1.00", "May 4th,F-400,one", "2026-05-04,F-9999"
    good, wrong = rules.rows_of((HEAD + "\n".join(lines)).encode(), MAY)
    assert len(good) == 9_997
    assert [(each.line, each.faults) for each in wrong] == [
        (19, (RowFault.NO_REFERENCE, RowFault.OTHER_MONTH)),
        (402, (RowFault.NOT_A_DATE, RowFault.NOT_AN_AMOUNT)),
        (10_001, (RowFault.CELLS,)),
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", FileFault.EMPTY),
        (HEAD.encode(), FileFault.EMPTY),
        (b"day,number\n1,2\n", FileFault.NO_HEADER),
        (HEAD.encode() + b"\xff\xfe\n", FileFault.NOT_UTF8),
        (b"x" * (rules.MOST_BYTES + 1), FileFault.TOO_LARGE),
        (HEAD.encode() + b'2026-05-02,F-1,"5\n2026-05-03,F-2,6\n', FileFault.NOT_CSV),
        (b"booked_on,reference,amount,amount\n2026-05-02,F-1,5,6\n", FileFault.NO_HEADER),
    ],
)
def test_what_is_no_export_is_refused_as_a_whole(content, fault):
    with pytest.raises(rules.BadFile) as refused:
        rules.rows_of(content, MAY)
    assert refused.value.fault is fault


@pytest.mark.parametrize(
    ("text", "cents"), [("1,200.50", 120050), ("-3", -300), ("0", None), ("1e3", None), ("", None)]
)
def test_an_amount_is_read_without_guessing(text, cents):
    good, _wrong = rules.rows_of((HEAD + f'2026-05-02,F-1,"{text}"\n').encode(), MAY)
    assert (good[0].amount_cents if good else None) == cents


@pytest.fixture
def paid(app):
    """A cycle in which 1,000 was paid this month under F-1."""
    promise = make.commitment(make.project())
    make.paid(promise, reference="F-1")
    return promise.project.cycle_id


def hold(cycle_id, text, *, by=None, key="k"):
    command = services.HoldAgainst(month=today(), content=(HEAD + text).encode())
    return services.hold_against(cycle_id, command, key=key, by=by or make.actor(Role.CLERK))


def test_a_period_is_final_once_every_difference_is_explained(paid):
    first = rules.month_of(today())
    assert queries.reconciled(paid, first, today()).months_missing == (first,)
    made = hold(paid, f"{today()},F-1,999.00\n")
    assert queries.reconciled(paid, first, today()).unexplained_cents == 100
    clerk = make.actor(Role.CLERK)
    services.explain(made, 1, services.Explain(reason=Reason.LATER, explanation=WHY), by=clerk)
    assert queries.reconciled(paid, first, today()).is_final


def test_no_month_is_compared_from_before_the_ledger_began(paid):
    early = services.HoldAgainst(month=date(1999, 1, 1), content=b"", nothing=True)
    with pytest.raises(DomainError, match="begins after"):
        services.hold_against(paid, early, key="e", by=make.actor(Role.CLERK))


def to_compare(on):
    """The months that a clerk's week names as still to be compared, on a day at noon."""
    with time_machine.travel(datetime.combine(on, time(12), tzinfo=UTC)):
        found = week.week(make.actor(Role.CLERK))
    due = [*found.overdue, *(each for _day, some in found.days for each in some)]
    return [(each.what, each.due_on) for each in due if each.kind is DueKind.BOOKS]


def test_a_clerk_reads_in_their_week_which_month_is_to_be_compared_by_the_end_of_the_next(paid):
    month = rules.month_of(today())
    last = rules.after(rules.after(month)) - timedelta(days=1)
    assert to_compare(last) == [(f"{month:%B %Y}", last)] == to_compare(last + timedelta(days=1))
    hold(paid, f"{today()},F-1,1000\n")
    assert to_compare(last) == []


def test_what_was_explained_stays_so_until_something_about_it_changes(paid):
    made = hold(paid, f"{today()},F-1,999.00\n", key="a")
    explained = services.Explain(reason=Reason.LATER, explanation=WHY)
    services.explain(made, 1, explained, by=make.actor(Role.CLERK))
    again = hold(paid, f"{today()},F-1,999.00\n{today()},F-2,5\n", key="b")
    assert [each.unexplained for each in queries.of_cycle(paid)] == [1]
    assert queries.differences(again).items[0].reference == "F-2"
    hold(paid, f"{today()},F-1,998.00\n", key="c")
    assert queries.of_cycle(paid)[0].unexplained_cents == 200


def test_nobody_but_a_clerk_compares_and_explains(paid):
    made = hold(paid, f"{today()},F-9,1\n")
    for other in (make.actor(), make.actor(Role.OFFICER), make.actor(Role.ADMIN), make.actor(Role.OVERSEER)):
        with pytest.raises(NoStanding):
            hold(paid, f"{today()},F-1,1000\n", by=other, key=str(other.id))
        with pytest.raises(NoStanding):
            services.explain(made, 1, services.Explain(reason=Reason.OTHER, explanation=WHY), by=other)


def test_a_clerk_sends_an_export_mends_its_wrong_row_and_explains_what_is_left(paid, browser):
    browser.sign_in(make.person(roles=(Role.CLERK,)))
    page = browser.open(f"/projects/ledger/{paid}/tie-outs/").follow("Compare a month")
    wrong = (BytesIO((HEAD + f"{today()},F-1,1000\n{today()},,7\n").encode()), "may.csv")
    refused = page.press("Compare", month=f"{today():%Y-%m}", file=wrong)
    assert "1 row cannot be read" in refused.text and "The number of the booking is missing" in refused.text
    right = (BytesIO((HEAD + f"{today()},F-1,1000\n{today()},F-2,7\n").encode()), "may.csv")
    shown = refused.press("Compare", month=f"{today():%Y-%m}", file=right)
    assert "1 difference of $7" in shown.text
    done = shown.follow("Explain it: F-2").press("Publish the explanation", reason="other_budget", explanation=WHY)
    assert "Reconciled" in done.text and WHY in done.text
