"""Fifteen measures: the same on page, paper and in the file, and no small number of people among them."""

import csv
import io

import pytest

from app.core.db import db
from app.places.models import Neighborhood
from app.reports.annual import pages
from app.reports.annual.forewords import services as forewords
from app.reports.annual.forewords.services import WriteForeword
from app.reports.annual.measures import rules, words
from app.reports.annual.measures.rules import Measure, Value, WhyNot, added, told
from app.reports.rules import told as read
from app.taskforces.seats.rules import Side
from tests import make
from tests.reports import reading
from tests.reports.money import test_annual, year
from tests.reports.money.year import HOSTILE, YEAR

made, edition = test_annual.made, test_annual.edition  # the same edition, read once


def test_paper_page_and_file_tell_the_same(edition):
    detail, paper, page = edition
    report = detail.snapshot["figures"]
    groups = [title for title, _measures in words.parts()]
    rows = [row for title in groups for row in paper.table(title)]
    assert rows == [row for title in groups for row in reading.table_of_page(page, title)]
    assert [row["measure"] for row in report["measures"]] == list(Measure) and len(rows) == 15
    file = list(csv.DictReader(io.StringIO(pages.tables(report)["measures.csv"].decode())))
    told_ = [words.value(row["measure"], read(row["values"][0]), "USD") for row in report["measures"]]
    assert [reading.bare(each) for each in told_] == [row[1] for row in rows]
    numbers = [row["values"][0]["number"] for row in report["measures"]]
    assert [row["year_number"] for row in file] == ["" if each is None else str(each) for each in numbers]


def test_money_is_that_of_the_ledger_and_what_no_vote_said_is_not_made_up(edition):
    found = {row["measure"]: row["values"] for row in edition[0].snapshot["figures"]["measures"]}
    assert [each["number"] for each in found["given"]] == [30_000_00, 0]
    assert (found["completed"][0]["number"], found["completed"][0]["whole"]) == (0, 2)
    assert {each["why"] for each in found["voters"]} == {"no_vote"}


@pytest.mark.parametrize(
    ("number", "whole", "is_told"),
    [(0, None, True), (4, None, False), (5, None, True), (5, 9, False), (5, 5, True), (0, 3, False)],
)
def test_neither_few_people_nor_a_part_that_leaves_few_is_told(number, whole, is_told):
    assert (told(number, whole).number is not None) is is_told


def test_without_the_limit_few_people_would_be_told(monkeypatch):
    """The twin: nothing but the limit keeps them back."""
    monkeypatch.setattr(rules, "FEW", 0)
    assert told(1, 2).number == 1


def test_the_votes_of_a_year_are_added_up_only_where_each_is_told():
    assert added([Value(number=3, whole=9), Value(number=4, whole=8)]) == Value(number=7, whole=17)
    assert added([Value(number=3, whole=9), Value(number=4)]).whole is None
    assert added([Value(number=30), rules.TOO_FEW]).why is WhyNot.FEW and added([]).why is WhyNot.NO_VOTE


def test_a_foreword_is_printed_once_both_sides_agree_and_its_words_stay_words(app):
    place = year.lived()[0]
    body = make.task_force(where=db.session.get_one(Neighborhood, place))
    ada, ben = make.co_chair(body), make.co_chair(body, Side.INSTITUTION)
    with year.afterwards():
        mine = forewords.write(place, WriteForeword(year=YEAR, text=f"A year of lamps and benches. {HOSTILE}"), by=ada)
        assert test_annual.frozen(place)["foreword"] is None
        forewords.agree(mine, by=ben)
    found = test_annual.frozen(place)["foreword"]
    assert HOSTILE in found["text"] and {each["side"] for each in found["by"]} == {"community", "institution"}
