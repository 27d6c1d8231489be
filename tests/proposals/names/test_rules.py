"""What the check points at, in English and Spanish, and what it lets by."""

from datetime import UTC, datetime, timedelta

import pytest

from app.proposals.names.rules import Kind, findings, look_until, replaced, says

FOUND = {
    "Our neighbor Tomás Okafor fell here.": {Kind.NAME: ["Tomás Okafor"]},
    "Ask Mrs. Whitfield about it.": {Kind.NAME: ["Mrs. Whitfield"]},
    "My son Zoltan was hurt.": {Kind.NAME: ["Zoltan"]},
    "Ana García's gate is broken.": {Kind.NAME: ["Ana García"]},
    "Lo sabe la señora Ibarra.": {Kind.NAME: ["señora Ibarra"]},
    "Mi vecino Evaristo cae cada invierno.": {Kind.NAME: ["Evaristo"]},
    "María de la Cruz lo vio.": {Kind.NAME: ["María de la Cruz"]},
    "The yard of 12 Mill Lane is dark.": {Kind.ADDRESS: ["12 Mill Lane"]},
    "En la calle Mayor, 14 no hay luz.": {Kind.ADDRESS: ["calle Mayor, 14"]},
    "Call 555-123-4567.": {Kind.PHONE: ["555-123-4567"]},
    "Llamen al +34 612 345 678.": {Kind.PHONE: ["+34 612 345 678"]},
    "Write to ada@example.org": {Kind.MAIL: ["ada@example.org"]},
    "Lucía, de 8 años, cruza sola.": {Kind.NAME: ["Lucía"], Kind.AGE: ["de 8 años"]},
    "Ben, aged 8, was hit by a car.": {Kind.NAME: ["Ben"], Kind.AGE: ["aged 8"]},
    "My son Ben, aged 8, was hit.": {Kind.NAME: ["Ben"], Kind.AGE: ["aged 8"]},
    "Ana is a 14-year-old from here.": {Kind.NAME: ["Ana"], Kind.AGE: ["14-year-old"]},
}
LET_BY = [
    "Put six warm lamps between the school and the bus stop.",
    "Mill Lane, from James Street to St. James Park",
    "La plaza de San José y el Colegio Ana María Matute",
    "It costs $1,200.50 in 2026-2027, or 12.000.000 euros, until 2026-11-26.",
    "Children aged 8 to 12 walk here; 10 years old is young.",
    "Tiene 600 000 000 euros. Don't forget the children.",
]


@pytest.mark.parametrize("text", FOUND)
def test_the_check_points_at_words_about_a_person(text):
    found = {}
    for each in findings(text):
        found.setdefault(each.kind, []).append(each.words)
    assert found == FOUND[text]


@pytest.mark.parametrize("text", LET_BY)
def test_places_prices_and_dates_are_let_by(text):
    assert findings(text) == []


def test_the_age_of_a_grown_up_is_nobody_s_question():
    assert [each.kind for each in findings("Ana is 45 years old")] == [Kind.NAME]


def test_words_that_are_known_are_let_by_whole_and_in_part():
    assert findings("Tomás and Tomás Okafor", ["Tomás Okafor"]) == []
    assert [each.words for each in findings("Tomás Okaforo", ["Tomás Okafor"])] == ["Tomás Okaforo"]


def test_the_same_words_are_asked_about_once():
    assert [each.words for each in findings("Ana and ana and Ana")] == ["Ana"]


def test_only_whole_words_are_replaced_whatever_their_case_and_spaces():
    assert replaced("Ana, ANA and Anabel; Ana\nGarcía", "ana", "[x]") == "[x], [x] and Anabel; [x]\nGarcía"
    assert replaced("Ana\n  García", "Ana García", "[x]") == "[x]" and says("ana garcía", "Ana García")
    assert replaced("before[being checked 1]after", "[being checked 1]", "Ana") == "beforeAnaafter"


def test_a_text_made_to_be_slow_is_not():
    assert findings("Ana " * 3000 + "1 " * 3000 + "A" * 3000 + "aged " * 2000 + "Calle de la " * 500)


def test_the_office_has_three_days():
    held = datetime(2026, 5, 1, tzinfo=UTC)
    assert look_until(held) - held == timedelta(days=3)
