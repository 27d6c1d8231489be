"""The diary of the demo: lived in the order of the days, and never past yesterday."""

from datetime import date

from app.core import clock
from app.demo.days import Calendar, Diary

TODAY = date(2030, 3, 1)


def lived(*notes):
    diary, seen = Diary(Calendar(today=TODAY)), []
    for day, hour in notes:
        diary.note(day, hour, lambda day=day, hour=hour: seen.append((day, hour, clock.today("America/New_York"))))
    diary.live()
    return seen


def test_days_are_lived_in_their_order_whoever_wrote_them_first():
    assert [(day, hour) for day, hour, _ in lived((-1, 9), (-5, 20), (-5, 8))] == [(-5, 8), (-5, 20), (-1, 9)]


def test_each_day_has_its_own_date():
    assert lived((-1, 23))[0][2] == date(2030, 2, 28)


def test_what_would_happen_today_or_later_is_left_to_whoever_uses_the_demo():
    assert lived((0, 9), (3, 9)) == []


def test_a_day_may_write_down_others_to_come():
    diary, seen = Diary(Calendar(today=TODAY)), []
    diary.note(-9, 9, lambda: diary.note(-3, 9, lambda: seen.append("later")))
    diary.note(-2, 9, lambda: seen.append("last"))
    diary.live()
    assert seen == ["later", "last"]
