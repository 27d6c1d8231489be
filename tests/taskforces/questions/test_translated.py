"""A reader of another language sees what two people made of a question and its answer, beside the original."""

from app.core.access import Role
from app.taskforces.questions.rules import Stage
from app.translating import queries, services
from app.translating.services import Translate
from tests import make
from tests.browser import Browser
from tests.taskforces.questions.asked import PLAIN, TEXT, at_stage, scene

WORDING = "¿Por qué siguen apagados los faroles?"


def translated(home: int, text: str, wording: str, *, is_read: bool = True) -> None:
    """A text in Spanish, read over by somebody else or not yet."""
    made = services.translate(
        home, Translate(text=text, source="en", language="es", wording=wording), by=make.actor(Role.CLERK)
    )
    if is_read:
        services.read_over(made, by=make.actor(Role.CLERK))


def in_spanish(app, number: int) -> str:
    browser = Browser(app)
    with browser.client.session_transaction() as session:
        session["language"] = "es"
    return browser.open(f"/questions/Q-{number}").text


def test_a_question_is_shown_in_the_readers_language_beside_the_original(app):
    at = scene()
    number = at_stage(at, Stage.ANSWERED)
    translated(at.body.neighborhood_id, TEXT, WORDING)
    translated(at.body.neighborhood_id, PLAIN.plain, "Los postes llegaron tarde.")
    page = in_spanish(app, number)
    assert WORDING in page and TEXT in page and "Los postes llegaron tarde." in page
    assert WORDING not in Browser(app).open(f"/questions/Q-{number}").text


def test_what_nobody_has_read_over_is_shown_to_nobody(app):
    at = scene()
    number = at_stage(at, Stage.ANSWERED)
    translated(at.body.neighborhood_id, TEXT, WORDING, is_read=False)
    assert WORDING not in in_spanish(app, number)


def test_words_that_are_changed_have_no_translation_any_more(app):
    at = scene()
    translated(at.body.neighborhood_id, TEXT, WORDING)
    found = queries.beside(at.body.neighborhood_id, [TEXT, TEXT + " Please.", None], "es")
    assert list(found) == [TEXT] and queries.beside(at.body.neighborhood_id, [None], "es") == {}
