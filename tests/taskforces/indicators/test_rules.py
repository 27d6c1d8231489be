"""What may be entered about an indicator, which way it went, and what a file of reports says: rules as tables."""

import json
from datetime import date
from itertools import product

import pytest

from app.taskforces.indicators import rules
from app.taskforces.indicators.requests import rules as files
from app.taskforces.indicators.requests.rules import FileFault, RowFault
from app.taskforces.indicators.rules import Compared, Direction, Fault, Frequency, Measure, Measured, Movement, Unit
from tests.taskforces.indicators.watching import BEFORE, HEAD, QUARTER, measured

TODAY = date(2026, 4, 2)


def why_not(found, standing=None, *, period=QUARTER, unit=Unit.PERCENT, note="", today=TODAY):
    more = {"frequency": Frequency.QUARTER, "unit": unit, "decimals": 0, "note": note, "today": today}
    return rules.why_not(period, found, standing, **more)


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (why_not(measured(8, 10)), None),
        (why_not(measured(8, 10), today=date(2026, 3, 31)), Fault.NOT_OVER),
        (why_not(measured(8, 10), period=rules.Period(first_on=date(2026, 1, 1), last_on=TODAY)), Fault.NOT_OF_CARD),
        (why_not(measured(8, 10), measured(8, 10)), Fault.UNCHANGED),
        (why_not(measured(9, 10), measured(8, 10)), Fault.NO_NOTE),
        (why_not(measured(9, 10), measured(8, 10), note="A sheet was missing."), None),
        (why_not(measured(9, 10, is_provisional=True), measured(8, 10), note="Not yet."), Fault.FINAL_STAYS),
        (why_not(measured(8, 10), measured(8, 10, is_provisional=True), note="It stays."), None),
        (why_not(Measured(hundredths=None, n=3)), Fault.NO_VALUE),
        (why_not(measured(0, 0)), None),
        (why_not(Measured(hundredths=80_50, n=10)), Fault.DECIMALS),
        (why_not(Measured(hundredths=3_00, n=0)), Fault.NO_CASES),
        (why_not(Measured(hundredths=3_00, n=0), unit=Unit.COUNT), Fault.NO_CASES),
        (why_not(Measured(hundredths=0, n=0), unit=Unit.COUNT), None),
        (why_not(Measured(hundredths=50_00, n=40, numerator=1, denominator=2)), Fault.OTHER_CASES),
        (why_not(measured(6, 5)), Fault.OTHER_CASES),
        (why_not(Measured(hundredths=3_00, n=12, numerator=12, denominator=4000), unit=Unit.PER_THOUSAND), None),
        (why_not(Measured(hundredths=90_00, n=10, numerator=8, denominator=10)), Fault.NOT_THE_SHARE),
    ],
)
def test_a_value_is_refused_for_the_first_reason_there_is(told, fault):
    assert told is fault


def test_a_value_is_better_only_against_the_same_definition_and_where_both_are_told():
    def moved(now, then, direction, versions=(1, 1)):
        pair = [Compared(version=v, hundredths=h) for v, h in zip(versions, (now, then), strict=True)]
        return rules.movement(*pair, direction)

    up, down, neither = Direction.UP, Direction.DOWN, Direction.NEITHER
    assert [moved(5, 4, each) for each in (up, down, neither)] == [Movement.BETTER, Movement.WORSE, Movement.HIGHER]
    assert [moved(4, 5, each) for each in (up, down, neither)] == [Movement.WORSE, Movement.BETTER, Movement.LOWER]
    assert {moved(5, 5, each) for each in Direction} == {Movement.SAME}
    for now, then in product((5, None), repeat=2):
        assert moved(now, then, up, versions=(2, 1)) is Movement.OTHER_DEFINITION
        assert now and then or moved(now, then, up) is Movement.UNKNOWN


def test_periods_are_those_of_the_calendar():
    assert rules.before(Frequency.QUARTER, QUARTER) == BEFORE
    for each in Frequency:
        period = rules.period_of(each, date(2024, 2, 29))
        assert rules.frequency_of(period) is each
        assert rules.year_before(each, period) == rules.period_of(each, date(2023, 2, 28))


ROWS = (
    "1,2026-01-02T09:00:00-05:00,2026-01-05,2026-01-10,closed,lamp,1 Alder Lane\n"
    "2,2026-01-31T23:30:00-05:00,2026-02-11T00:30:00-05:00,2026-02-10,closed,lamp,2 Alder Lane\n"
    "3,2026-02-03 10:00:00,2026-02-03 10:00:00,2026-03-01,open,rubbish,3 Alder Lane\n"
    "4,2025-12-20,2026-03-20,,CLOSED,rubbish,4 Alder Lane\n"
    "5,2025-11-01,2025-11-02,2025-11-09,closed,lamp,5 Alder Lane\n"
)


def read(content, today=TODAY):
    return files.requests_of(content.encode(), zone="America/New_York", today=today)


def as_json(rows):
    names = HEAD.strip().split(",")
    return json.dumps(
        {"service_requests": [dict(zip(names, row.split(","), strict=True)) for row in rows.splitlines()]}
    )


def test_csv_and_georeport_give_the_same_figures_and_no_late_or_open_report_makes_the_share_better():
    requests, wrong = read(HEAD + ROWS)
    assert wrong == [] and read(as_json(ROWS)) == (requests, [])
    counts = files.counted(requests, QUARTER)
    assert (counts.rows, counts.opened, counts.closed, counts.due, counts.outside) == (5, 3, 3, 3, 1)

    def of(measure, codes=(), decimals=1):
        return files.measured(requests, QUARTER, measure, codes=codes, decimals=decimals)

    assert of(Measure.OPENED) == Measured(hundredths=3_00, n=3)
    assert of(Measure.CLOSED, codes=("lamp",)) == Measured(hundredths=2_00, n=2)
    assert of(Measure.MEDIAN_DAYS, codes=("lamp",)) == Measured(hundredths=7_00, n=2)
    assert of(Measure.IN_TIME) == Measured(hundredths=33_30, n=3, numerator=1, denominator=3)
    assert (
        of(Measure.IN_TIME, codes=("noise",)).hundredths is of(Measure.MEDIAN_DAYS, codes=("noise",)).hundredths is None
    )


WRONG = {
    "1,,2026-01-05,,closed,lamp,x": [RowFault.NO_REQUEST],
    "2,2026-01-02,yesterday,,closed,lamp,x": [RowFault.NOT_A_MOMENT],
    "3,2026-01-02,,,closed,lamp,x": [RowFault.CLOSED_WHEN],
    "4,2026-01-02,2026-01-01,,closed,lamp,x": [RowFault.CLOSED_BEFORE],
    "5,2026-04-03,,,open,lamp,x": [RowFault.IN_THE_FUTURE],
    "6,2026-01-02,,,pending,,x": [RowFault.STATUS, RowFault.NO_CODE],
    "7,2026-01-02,,,open,lamp": [RowFault.CELLS],
    "0,2026-01-02,,,open,lamp,x": [RowFault.TWICE],
}


def test_each_bad_report_is_named_with_its_line_and_reasons_and_never_with_its_address():
    good, wrong = read(HEAD + "0,2026-01-02,,,open,lamp,secret street\n" + "\n".join(WRONG))
    assert [(each.line, list(each.faults)) for each in wrong] == [*zip(range(3, 11), WRONG.values(), strict=True)]
    assert len(good) == 1 and "x" not in {cell for each in wrong for cell in each.cells}
    _good, [odd] = read('[{"status": "open", "requested_datetime": "2026-01-02", "service_code": 3}, 7]')
    assert (odd.line, odd.faults) == (2, (RowFault.NOT_AN_OBJECT,))


def test_the_check_notices_a_report_that_is_named_with_its_address(monkeypatch):
    monkeypatch.setattr(files, "NEEDED", (*files.NEEDED, "address"))
    with pytest.raises(AssertionError):
        test_each_bad_report_is_named_with_its_line_and_reasons_and_never_with_its_address()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", FileFault.EMPTY),
        (HEAD, FileFault.EMPTY),
        ("[]", FileFault.EMPTY),
        ("day,status\n1,open\n", FileFault.NO_HEADER),
        ('[{"status":', FileFault.NOT_JSON),
        ('{"requests": []}', FileFault.NO_LIST),
        (HEAD + ROWS.replace("2 Alder Lane", '"2 Alder Lane'), FileFault.NOT_CSV),
        (HEAD.replace("address", "status") + "1,2026-01-02,,,open,lamp,closed\n", FileFault.NO_HEADER),
        ('{"others": [' + "[]," * files.MOST_PARTS + "[]]}", FileFault.TOO_MANY_ROWS),
    ],
)
def test_what_is_no_file_of_reports_is_refused_as_a_whole(content, fault):
    with pytest.raises(files.BadFile) as refused:
        read(content)
    assert refused.value.fault is fault
