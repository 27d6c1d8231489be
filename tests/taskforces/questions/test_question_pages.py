"""The pages of questions, as a visitor, whoever asked, a co-chair and the desk see them."""

from datetime import timedelta

from app.core import clock
from app.core.access import Role
from app.core.db import db, transaction
from app.taskforces.questions.answering import services as answering
from app.taskforces.questions.handling import services as handling
from app.taskforces.questions.handling.services import Redact
from app.taskforces.questions.models import Question
from app.taskforces.questions.rules import Removed, Stage, Subject
from app.taskforces.questions.waits import rules as waits
from tests import make
from tests.browser import Browser
from tests.taskforces.questions import asked


def test_a_visitor_asks_follows_the_private_link_and_says_that_the_answer_is_none(app, mailbox):
    scene, browser = asked.scene(), Browser(app)
    page = browser.open(f"/task-forces/{scene.body.slug}").follow("Ask a question")
    wrong = page.press("Ask", text="Why?", email="nobody")
    assert "at least 15 characters" in wrong.text and "Enter an e-mail address" in wrong.text
    assert wrong.one("textarea", name="text") == "Why?"
    mine = wrong.press("Ask", text=asked.TEXT, public_name="Ada", email="ada@example.org")
    number = db.session.query(Question).one().number
    assert f"Your question Q-{number}" in mine.text and asked.TEXT in mine.text
    assert mailbox.newest().to == ["ada@example.org"] and asked.TEXT not in mailbox.newest().body
    asked.bring(scene, number, Stage.ANSWERED)
    assert asked.PLAIN.plain in mailbox.newest().body
    again = browser.open(mailbox.link())
    assert "Please say what is missing" in again.press("Say so", verdict="not").text
    said = again.press("Say so", verdict="not", missing="The reason is missing.")
    assert "Asked again" in said.text and asked.row(number).owner_id == scene.institution.id


def test_a_co_chair_accepts_answers_and_keeps_a_draft_in_between(app):
    scene, browser = asked.scene(), Browser(app)
    number = asked.ask(scene)
    page = browser.sign_in(make.account(scene.community)).open("/questions/waiting")
    page = page.follow("Read it and accept it").press("Make the question public")
    assert "Being answered" in page.text
    page = page.follow("Answer it").press("Keep it as a draft", plain=asked.PLAIN.plain)
    assert asked.PLAIN.plain not in Browser(app).open(f"/questions/Q-{number}").text
    page = page.follow("Answer it").press("Publish the answer", full="Delivery note 12 of March says so.")
    public = Browser(app).open(f"/questions/Q-{number}").text
    assert asked.PLAIN.plain in public and "Delivery note 12" in public and "in time" in public


def test_a_clerk_takes_an_insult_out_declines_and_merges(app):
    scene, browser = asked.scene(), Browser(app)
    rude, first, second = (asked.ask(scene, text=f"Why do these fools leave us in the dark? {n}") for n in range(3))
    browser.sign_in(make.account(scene.clerk))
    page = browser.open(f"/questions/Q-{rude}").follow("Take words out")
    assert "not in the question" in page.press("Take them out", passages="idiots", why="insult").text
    page.press("Take them out", passages="fools", why="insult").follow("Accept it").press("Make the question public")
    shown = Browser(app).open(f"/questions/Q-{rude}")
    assert "these [insult taken out] leave" in shown.text and "fools" not in shown.html
    reason = "Please ask the police about this: they answer within a day."
    page = browser.open(f"/questions/Q-{first}/decline").press(
        "Decline it, with this reason", reason="emergency", declined_words=reason
    )
    assert reason in Browser(app).open(f"/questions/Q-{first}").text
    page = browser.open(f"/questions/Q-{second}/merge").press("Answer them together", into=f"Q-{rude}")
    assert f"Q-{rude}" in page.text and f"Q-{second}" in Browser(app).open(f"/questions/Q-{rude}").text


def test_the_desk_types_in_a_paper_and_notes_that_it_was_told(app):
    scene, browser = asked.scene(), Browser(app)
    where = scene.body.neighborhood.slug
    page = browser.sign_in(make.account(scene.clerk)).open(f"/neighborhoods/{where}/question-on-paper")
    page = page.follow("Type in a form")
    late = (clock.today() + timedelta(days=2)).isoformat()
    facts = {"text": asked.TEXT, "about": f"task_force-{scene.body.id}", "otherwise": "555 0101"}
    assert "has not come yet" in page.press("Type it in", received_on=late, **facts).text
    page.press("Type it in", received_on=clock.today().isoformat(), **facts)
    number = db.session.query(Question).one().number
    asked.bring(scene, number, Stage.ANSWERED)
    page = browser.open("/questions/waiting").follow(f"Question Q-{number}")
    assert "555 0101" in page.text and "555 0101" not in Browser(app).open(f"/questions/Q-{number}").text
    assert "noted that they have been told" in page.press("They have been told").text


def test_the_list_is_filtered_and_draws_how_long_people_waited(app, browser):
    scene = asked.scene()
    for _ in range(waits.LEAST):
        asked.at_stage(scene, Stage.ANSWERED)
    late = asked.at_stage(scene, Stage.ACCEPTED)
    row = asked.row(late)
    with transaction():
        row.asked_on, row.due_on = clock.today() - timedelta(days=30), clock.today() - timedelta(days=9)
    page = browser.open("/questions/")
    assert "Half waited at most 0 working days." in page.text and page.html.count("<title>How many working days") == 1
    found = page.press("Show", state="overdue")
    assert "1 question." in found.text and "Overdue by 9 days" in found.text
    assert "Nothing fits" in page.press("Show", words="elephants").text
    assert "6 questions." in page.press("Show", words="mill LANE", task_force=scene.body.slug).text


def test_a_stranger_without_an_account_asks_only_so_often_a_day(app, monkeypatch):
    monkeypatch.setattr("app.taskforces.questions.asking.views.QUESTIONS_FROM_ONE_PLACE", 1)
    scene, browser = asked.scene(), Browser(app)
    about = f"/questions/ask?about=task_force-{scene.body.id}"
    assert browser.open(about).press("Ask", text=asked.TEXT).status == 200
    assert browser.open(about).press("Ask", text=asked.TEXT).status == 429
    assert db.session.query(Question).count() == 1


def test_a_form_sent_twice_asks_once_and_a_forged_link_opens_nothing(app, browser):
    scene = asked.scene()
    page = browser.open(f"/questions/ask?about=task_force-{scene.body.id}")
    for _twice in range(2):
        page.press("Ask", text=asked.TEXT)
    assert db.session.query(Question).count() == 1
    assert browser.open("/questions/mine/1").status == 404
    assert [browser.open(f"/questions/ask?about={each}").status for each in ("project-9", "x-1", "area-x")] == [404] * 3


def test_what_is_asked_signed_in_stands_on_a_page_of_ones_own_and_is_rated_there(app, mailbox):
    scene, browser = asked.scene(), Browser(app)
    person = make.person()
    browser.sign_in(person).open(f"/questions/ask?about=task_force-{scene.body.id}").press("Ask", text=asked.TEXT)
    number = db.session.query(Question).one().number
    asked.bring(scene, number, Stage.ANSWERED)
    assert mailbox.newest().to == [person.email]
    page = browser.open("/questions/asked").follow(f"Question Q-{number}").follow("Say whether that answers it")
    assert "Yes, that answers it" in page.press("Say so", verdict="answered").text
    assert asked.row(number).stage is Stage.CLOSED


def test_the_list_costs_the_same_however_long_it_is(app, statements):
    from_list = Browser(app)
    scene = asked.scene()
    counts = []
    for many in (1, 4):
        for _ in range(many):
            asked.at_stage(scene, Stage.ANSWERED)
        statements.clear()
        from_list.open("/questions/")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10


def test_private_words_that_are_taken_out_are_kept_nowhere(app):
    scene = asked.scene()
    number = asked.ask(scene, text="Why does Jo Miller of 4 Mill Lane have a lamp?", public_name="Jo Miller")
    handling.redact(number, Redact(passages=("Jo Miller",), why=Removed.PERSONAL), by=scene.clerk)
    row = asked.row(number)
    assert "Jo Miller" not in f"{row.text}{row.shown_text}{row.public_name}"
    handling.redact(number, Redact(passages=("lamp",), why=Removed.INSULT), by=scene.clerk)
    assert "lamp" in asked.row(number).text and "lamp" not in asked.row(number).shown_text


def test_who_answered_late_stands_there_with_the_days(app):
    scene = asked.scene()
    with clock.at(clock.now() - timedelta(days=30)):
        number = asked.at_stage(scene, Stage.ASSIGNED)
    answering.answer(number, asked.PLAIN, by=scene.community)
    assert "days late" in Browser(app).open(f"/questions/Q-{number}").text


def test_a_question_on_a_place_is_found_by_it_and_whoever_watches_reads_what_was_taken_out(app):
    scene = asked.scene()
    area = scene.body.neighborhood.areas[0]
    number = asked.ask(scene, subject=Subject.AREA, subject_id=area.id, text="Why are these fools so slow?")
    handling.redact(number, Redact(passages=("fools",), why=Removed.INSULT), by=scene.clerk)
    handling.accept(number, by=scene.clerk)
    asked.ask(scene)
    found = Browser(app).open("/questions/").press("Show", area=str(area.id))
    assert "1 question." in found.text and "fools" not in found.follow(f"Question Q-{number}").html
    overseer = Browser(app).sign_in(make.person(roles=(Role.OVERSEER,)))
    assert "Why are these fools so slow?" in overseer.open(f"/questions/Q-{number}").text
