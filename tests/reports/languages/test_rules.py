"""Texts are found by the end of their way through the figures, and wordings stand in their place and nowhere else."""

import pytest

from app.reports.languages import words
from app.reports.languages.rules import missing, said, texts
from app.translating.rules import WhyNot, text_hash, why_not_read_over, why_not_translate

FIGURES = {
    "cycle": {"name": "Budget 2026"},
    "projects": [
        {
            "title": "Lamps",
            "lead": "Ada",
            "milestones": [{"title": "Poles are up", "days": 3}, {"title": "Lamps", "days": 0}],
            "updates": [
                {
                    "versions": [
                        {"language": "en", "why": "The ground was frozen."},
                        {"language": "es", "why": "El suelo estaba helado."},
                    ]
                }
            ],
        }
    ],
    "questions": [{"language": "es", "words": "¿Cuándo?", "answer": "Soon."}],
    "options": [{"title": "A bench", "text": "To sit.", "wordings": {"es": {"title": "Un banco"}}}],
}
WAYS = ("projects.title", "milestones.title", "versions.why", "questions.words@", "questions.answer", "options.title")


def found(source="en"):
    return texts(FIGURES, WAYS, source)


def test_texts_are_found_once_each_in_the_order_of_the_report():
    assert [each.words for each in found()] == [
        "Lamps",
        "Poles are up",
        "The ground was frozen.",
        "¿Cuándo?",
        "Soon.",
        "A bench",
    ]


def test_what_a_document_does_not_name_is_no_text():
    assert not {"Ada", "Budget 2026", "To sit."} & {each.words for each in found()}


@pytest.mark.parametrize(
    ("language", "left"),
    [("es", ["Lamps", "Poles are up", "Soon."]), ("en", ["¿Cuándo?"])],
)
def test_what_is_in_another_language_and_is_not_said_in_the_figures_themselves_is_missing(language, left):
    assert [each.words for each in missing(found(), language, {})] == left


def test_what_has_a_wording_is_not_missing():
    known = {text_hash("Lamps"), text_hash("Soon.")}
    assert [each.words for each in missing(found(), "es", known)] == ["Poles are up"]


def test_wordings_stand_for_their_texts_wherever_these_are_printed():
    told = said(FIGURES, WAYS, "es", {text_hash("Lamps"): "Faroles", text_hash("Ada"): "Nobody"})
    project = told["projects"][0]
    assert project["title"] == project["milestones"][1]["title"] == "Faroles"
    assert project["lead"] == "Ada" and FIGURES["projects"][0]["title"] == "Lamps"


def test_what_the_figures_say_in_a_language_themselves_stays():
    told = said(FIGURES, WAYS, "es", {text_hash("The ground was frozen."): "Otra cosa"})
    assert told["projects"][0]["updates"] == FIGURES["projects"][0]["updates"]
    assert told["options"] == FIGURES["options"]


def test_a_text_is_the_same_however_its_lines_are_broken_and_another_once_a_word_is_changed():
    assert text_hash("One\r\n two ") == text_hash("One two") != text_hash("One too")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({}, None),
        ({"language": "fr"}, WhyNot.NOT_SPOKEN),
        ({"language": "en"}, WhyNot.SAME_LANGUAGE),
        ({"newest": 1}, WhyNot.CHANGED),
    ],
)
def test_a_translation_is_refused_with_its_reason(asked, why):
    given = {"source": "en", "language": "es", "spoken": ("en", "es"), "number": 0, "newest": 0} | asked
    assert why_not_translate(given.pop("source"), given.pop("language"), **given) is why


@pytest.mark.parametrize(
    ("own", "read", "newest", "why"),
    [
        (False, False, True, None),
        (True, False, True, WhyNot.OWN),
        (False, True, True, WhyNot.READ_OVER),
        (False, False, False, WhyNot.NOT_NEWEST),
    ],
)
def test_reading_over_is_refused_with_its_reason(own, read, newest, why):
    assert why_not_read_over(is_own=own, is_read=read, is_newest=newest) is why


def row(**more):
    facts = {"rendering": "whole", "wording": "Faroles", "by": "Lucía", "translated_on": "2026-03-04"}
    return facts | {"read_by": "Ada", "read_on": "2026-03-05"} | more


def test_who_has_translated_is_told_by_their_hands_and_a_summary_says_that_it_is_one(app):
    rows = [row(), row(translated_on="2026-03-06"), row(rendering="summary", wording="En breve.")]
    with app.test_request_context():
        first, second = words.credits_of(rows)
        assert words.wording(rows[2]) == "Official summary: En breve." and words.summaries(rows) == ["En breve."]
    assert (first.texts, str(first.translated_on), second.texts) == (2, "2026-03-06", 1)
