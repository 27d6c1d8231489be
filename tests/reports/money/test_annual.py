"""R6: a year's money is the same in the ledger, in the report's table, on paper, on the page and in the files."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from unittest.mock import Mock

import pytest

from app.core.access import Role
from app.core.errors import DomainError, NoStanding
from app.cycles import queries as cycles
from app.reports import queries
from app.reports.annual import figures as annual
from app.reports.annual import pages, words
from app.reports.annual.figures import figures
from app.reports.annual.participation import figures as participation
from app.reports.annual.rules import needs_text, shares, shifts
from app.reports.making import services as making
from app.reports.rules import Form, Line, Period, ReportKind, period_of, plain, told
from app.taskforces.projects.rules import ProjectStage
from app.taskforces.spending import queries as ledger
from app.taskforces.spending.reconciliation.rules import Moved, When, summed
from app.taskforces.spending.rules import EntryKind
from app.voting.results import queries as counts
from app.voting.turnout import queries as turnout
from app.voting.turnout.rules import Channels
from tests import make
from tests.browser import Browser
from tests.memory import remembered
from tests.opendata import files
from tests.reports import printing, reading
from tests.reports.money import year
from tests.reports.money.year import HOSTILE, YEAR
from tests.taskforces.indicators import watching
from tests.voting.results import board

KIND = ReportKind.ANNUAL
WHOLE = period_of(KIND, date(YEAR, 1, 1))
MONEY, COSTS = "Money of each project", "What each project will have cost in the end"


def publish(place_id, **more):
    with year.afterwards():
        return printing.publish(KIND, place_id, period=WHOLE, **more)


def frozen(place_id):
    with year.afterwards():
        return plain(figures(Line(kind=KIND, subject_id=place_id, period=WHOLE)))


@remembered
def annual_edition():
    """The id of an edition and the bytes of its PDF."""
    edition_id = publish(year.lived()[0])
    return edition_id, making.rendered(edition_id, "en", Form.READERS)


@pytest.fixture
def made(app):
    return annual_edition()


@pytest.fixture
def edition(app, prints, made):
    """An edition with its PDF read back, and its page."""
    edition_id, pdf = made
    return queries.detail(edition_id), year.read(pdf), Browser(app).open(f"/reports/{edition_id}")


def file_of(snapshot, name):
    return list(csv.DictReader(io.StringIO(pages.tables(snapshot)[name].decode())))


def test_somebody_who_does_not_see_the_paper_misses_nothing(edition):
    _detail, paper, _page = edition
    assert reading.problems(paper, title=f"Budget report {YEAR}") == []
    assert [words_[:2] for level, words_ in paper.bookmarks if level == 2][:9] == [f"{n}." for n in range(1, 10)]


@pytest.mark.parametrize(
    "caption", [MONEY, COSTS, "Projects by category", "The money before this year, in it, and at its end"]
)
def test_paper_and_page_have_the_same_tables(edition, caption):
    _detail, paper, page = edition
    assert paper.table(caption) == reading.table_of_page(page, caption)


def test_the_total_row_is_the_sum_of_the_file_and_of_the_kept_balances(edition):
    detail, paper, _page = edition
    rows = file_of(detail.snapshot["figures"], "projects.csv")
    names = ["given_cents", "moved_cents", "allocated_cents", "committed_cents", "spent_cents", "left_cents"]
    sums = [sum(int(row[name]) for row in rows) for name in names]
    written = [f"${cents // 100:,}" if cents >= 0 else f"-${-cents // 100:,}" for cents in sums]
    assert paper.table(MONEY)[-1][1:7] == written
    kept = ledger.pot_of(cycles.public_cycles()[0].id) if len(cycles.public_cycles()) == 1 else None
    assert kept is None or kept.allocated_cents == sums[2]


def test_the_open_table_of_money_adds_up_to_what_is_printed(app, edition):
    _detail, paper, _page = edition
    rows = files.rows(app, "/open/budget/budget.csv")
    given = sum(Decimal(row["amount"]) for row in rows if row["phase"] != "executed")
    paid = sum(Decimal(row["amount"]) for row in rows if row["phase"] == "executed")
    promised = sum(Decimal(row["committed"]) for row in rows)
    assert paper.table(MONEY)[-1][3:6] == [f"${int(each):,}" for each in (given, promised, paid)]


def test_every_project_with_money_stands_in_the_table_once_and_what_moved_adds_up_to_nothing(edition):
    snapshot = edition[0].snapshot["figures"]
    assert [row["title"] for row in snapshot["projects"]][0] == "Lamps in Alice Lane"
    assert len({row["code"] for row in snapshot["projects"]}) == len(snapshot["projects"]) == 2
    assert snapshot["shifts_cents"] == 0 and snapshot["after"]["free_cents"] == 70_500_00
    moves = [(row["kind"], row["amount_cents"]) for row in snapshot["moves"]]
    assert moves == [("reallocate_out", 1_500_00), ("return_to_pot", 500_00)]


def test_hostile_words_stay_words_and_no_formula(edition):
    detail, paper, page = edition
    assert paper.says(HOSTILE.split(" =")[0]) and HOSTILE.split(" &")[0] in page.text
    assert not page.all("img", src="x")
    assert all(b",=" not in file and b"\n=" not in file for file in pages.tables(detail.snapshot["figures"]).values())


def test_the_same_snapshot_gives_the_same_bytes(made, prints):
    edition_id, pdf = made
    assert making.rendered(edition_id, "en", Form.READERS) == pdf


def test_the_checks_agree_for_a_true_year_and_notice_each_cent_that_is_wrong(app):
    report = frozen(year.lived()[0])
    assert all(holds for _name, holds, _said in words.checks(told(report)))
    wrong = {
        0: lambda it: it["projects"][0].update(allocated_cents=1),
        1: lambda it: it.update(shifts_cents=1),
        2: lambda it: it["projects"][0].update(fits=False),
        3: lambda it: it["projects"][0].update(needs_text=True),
    }
    for place, spoil in wrong.items():
        spoilt = frozen_copy(report)
        spoil(spoilt)
        assert not words.checks(told(spoilt))[place][1], place


def frozen_copy(report):
    return {**report, "projects": [dict(row) for row in report["projects"]]}


def test_a_year_that_is_not_over_or_had_no_money_is_not_reported(app):
    place = year.lived()[0]
    with year.clock.at(year.noon(12, 31)), pytest.raises(DomainError, match="not over"):
        printing.publish(KIND, place, period=WHOLE)
    with pytest.raises(DomainError, match="no money"):
        publish(make.neighborhood().id)


@pytest.mark.parametrize(("zone", "ended_on"), [("Pacific/Kiritimati", []), ("UTC", [date(YEAR, 12, 31)])])
def test_a_project_belongs_to_the_year_in_which_it_ended_where_it_is(monkeypatch, zone, ended_on):
    late = datetime(YEAR, 12, 31, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(annual.queries, "ended", lambda ids: dict.fromkeys(ids, (late, None)))
    monkeypatch.setattr(annual.baselines, "latest", lambda _id: (None, None))
    card = Mock(id=1, stage=ProjectStage.COMPLETED, time_zone=zone)
    assert [row["ended_on"] for row in annual._closed([card], WHOLE)] == ended_on


def test_only_a_clerk_publishes_it(app):
    with pytest.raises(NoStanding):
        publish(year.lived()[0], by=make.actor(Role.OBSERVER))


def test_an_unreconciled_year_says_so_and_names_the_month(edition):
    _detail, paper, page = edition
    assert paper.says("Unreconciled") and "Unreconciled" in page.text and paper.says("May 2025")


def took_part():
    cycle = cycles.facts(board.certified().vote.cycle_id)
    whole = Period(first_on=date(2000, 1, 1), last_on=date(2100, 1, 1))
    return participation.took_part(cycle, whole)


def test_a_number_of_voters_below_ten_is_in_neither_print_nor_data(app, monkeypatch):
    monkeypatch.setattr(counts, "turnout", lambda vote: counts.Turnout(voters=9, roll_size=40))
    told_ = took_part()
    assert told_["voters"] is None and told_["online"] is None and told_["paper"] is None


def test_where_one_way_to_vote_had_few_neither_is_told(app, monkeypatch):
    monkeypatch.setattr(turnout, "channels", lambda vote_id: Channels(online=31, paper=9))
    assert (took_part()["online"], took_part()["paper"]) == (None, None)


def test_without_the_limit_the_small_number_would_be_told(app, monkeypatch):
    """The twin: nothing but the limit keeps it back."""
    monkeypatch.setattr(participation, "FEW", 0)
    monkeypatch.setattr(turnout, "channels", lambda vote_id: Channels(online=31, paper=9))
    assert took_part()["paper"] == 9


@pytest.mark.parametrize(
    "parts", [(1, 1, 1), (930, 670, 1350, 0, 7050), (0, 0), (1, 0, 0), (10**14, 1, 1, 1), (3, 3, 3, 3, 3, 3, 3)]
)
def test_shares_add_up_to_a_hundred_or_to_nothing(parts):
    assert sum(shares(parts)) == (100 if sum(parts) else 0) and all(share >= 0 for share in shares(parts))


@pytest.mark.parametrize(
    ("variance", "allocated", "needed"),
    [(0, 100, False), (10, 100, False), (11, 100, True), (-11, 100, True), (0, 0, False), (1, 0, True)],
)
def test_a_cost_is_explained_above_a_tenth_either_way(variance, allocated, needed):
    assert needs_text(variance, allocated) is needed


def test_every_kind_of_entry_is_counted_and_moves_between_projects_cancel_out():
    one = Moved(cycle_id=1, project_id=1, kind=EntryKind.REALLOCATE_OUT, when=When.WITHIN, entries=1, cents=-5)
    other = replace(one, project_id=2, kind=EntryKind.REALLOCATE_IN, cents=5)
    assert shifts([one, other]) == 0 and shifts([one]) == -5
    for kind in EntryKind:
        sums = summed([replace(one, kind=kind, cents=7)])
        assert any(vars(sums).values()), kind


def test_its_figures_cost_the_same_few_statements_however_many_projects_there_are(app, statements):
    place, cycle_id, *_projects = year.lived()
    counts = []
    for _round in range(2):
        statements.clear()
        frozen(place)
        counts.append(len(statements))
        year.one_more(cycle_id)
    assert counts[1] <= counts[0] + 1


def test_indicators_are_printed_with_their_corrections_and_what_is_kept_back(app):
    place = year.lived()[0]
    quarter = watching.Period(first_on=date(YEAR, 1, 1), last_on=date(YEAR, 3, 31))
    with year.clock.at(year.noon(4, 20)):
        it = watching.defined(place)
        watching.entered(it, watching.measured(83, 100, is_provisional=True), quarter)
    with year.clock.at(year.noon(7, 3)):
        watching.entered(it, watching.measured(81, 100), quarter, note="A sheet was counted twice.")
        watching.entered(
            it, watching.measured(3, 4), replace(quarter, first_on=date(YEAR, 4, 1), last_on=date(YEAR, 6, 30))
        )
    rows = file_of(frozen(place), "indicators.csv")
    told_ = [(each["hundredths"], each["n"], each["silence"], each["stands"], each["entered_on"]) for each in rows]
    assert told_[0] == ("", "", "few", "True", f"{YEAR}-07-03")
    assert told_[1:] == [("8100", "100", "", "True", f"{YEAR}-07-03"), ("8300", "100", "", "False", f"{YEAR}-04-20")]
    page = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    shown = page.open(f"/office/reports/preview/annual/{place}/{YEAR}-01-01").text
    assert "correction 1, definition 1. A sheet was counted twice." in shown and "Kept back: too few cases" in shown
    assert "no indicators of safety" not in shown and "75%" not in shown
