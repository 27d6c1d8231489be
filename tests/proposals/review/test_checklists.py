"""The checklist: questions of a kind of project, each answered with a sentence that becomes public with the finding."""

import pytest

from app.core.access import Role
from app.proposals.review import queries as review_queries
from app.proposals.review import services as reviews
from app.proposals.review.checklists import queries, services
from app.proposals.review.checklists.rules import DEFAULT, WhyNot, in_lines, why_not_kept
from app.proposals.review.rules import ChecklistReply, Decision, Money, PricedLine, Reply, checklist_is_whole
from tests import make
from tests.browser import Browser, text_of
from tests.proposals import said
from tests.proposals.review import desk

YES = ChecklistReply(question="Is it safe?", reply=Reply.YES, sentence="It is.")
SILENT = ChecklistReply(question="Is it safe?", reply=Reply.NO, sentence=" ")


@pytest.mark.parametrize(
    ("answers", "feasible", "other"),
    [((YES,), True, True), ((), False, True), ((SILENT,), False, False), ((YES, YES), False, False)],
)
def test_what_can_be_done_needs_every_answer_with_its_sentence(answers, feasible, other):
    assert checklist_is_whole(Decision.FEASIBLE, ["Is it safe?"], answers) is feasible
    assert checklist_is_whole(Decision.NOT_FEASIBLE, ["Is it safe?"], answers) is other


def test_a_question_nobody_asked_is_not_answered():
    assert not checklist_is_whole(Decision.NOT_FEASIBLE, ["Is it legal?"], (YES,))


@pytest.mark.parametrize(
    ("asked", "why"),
    [(["a"] * 2, WhyNot.TWICE), (["a" * 201], WhyNot.TOO_LONG), (list("abcdefghijklm"), WhyNot.TOO_MANY), ([], None)],
)
def test_a_list_of_questions_stays_short(asked, why):
    assert why_not_kept(asked) is why


def test_one_question_stands_on_each_line():
    assert in_lines(" Is it  safe? \n\n Is it legal?\r\n") == ("Is it safe?", "Is it legal?")


def test_a_finding_answers_the_questions_of_its_kind_and_keeps_them_as_they_were_asked(app):
    proposal, officer, clerk = make.proposal(), make.actor(Role.OFFICER), make.actor(Role.CLERK)
    assert queries.questions(proposal.category_id) == DEFAULT
    services.put(proposal.category_id, ["Is it safe?"], by=clerk)
    assert desk.refusal(lambda: reviews.review(proposal.id, said.finding(), by=officer)) == "unanswered"
    reviews.review(proposal.id, said.finding(answers=(YES,)), by=officer)
    services.put(proposal.category_id, [], by=clerk)
    assert review_queries.history(proposal.id)[0].answers == (YES,)
    assert queries.questions(proposal.category_id) == DEFAULT


def test_a_clerk_puts_questions_and_officers_see_them(app, browser):
    proposal = make.proposal()
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    page = clerk.open("/review/checklists/").follow("Street lighting")
    twice = page.press("Save", questions="Is it safe?\nIs it safe?")
    assert "stands here twice" in text_of(twice.all("p", id="questions-error")[0])
    twice.press("Save", questions="Is it safe?")
    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    form = officer.open(f"/review/{proposal.id}")
    assert "Is it safe?" in form.text and not form.all("input", name="answers-1-sentence")
    typed = {name: value for name, value in said.found().items() if not name.startswith("answers-")}
    missing = form.press("Publish the finding", **typed)
    assert missing.all("p", id="answers-0-sentence-error") and typed["explanation"] in missing.text
    missing.press("Publish the finding", **{"answers-0-reply": "no", "answers-0-sentence": "The lane is steep."})
    text = browser.open(f"/proposals/{proposal.id}").text
    assert "Is it safe?" in text and "No. The lane is steep." in text


def test_questions_of_another_neighborhood_are_unknown(app):
    proposal = make.proposal()
    assert Browser(app).sign_in(make.person()).open(f"/review/checklists/{proposal.category_id}").status == 403
    clerk = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    assert clerk.open("/review/checklists/999999").status == 404


PRICE = (
    PricedLine(label="Lamps", amount_cents=9_000_00, source="An offer of May"),
    PricedLine(label="Power", amount_cents=500_00, source="The tariff", money=Money.RUNNING),
    PricedLine(label="Poles", amount_cents=700_00, source="An offer of June", payer="The state"),
)


def test_the_pot_pays_what_nobody_else_does_and_residents_read_each_source(app, browser):
    proposal = make.proposal()
    more = {"lines": PRICE, "running_cost_cents": 500_00, "running_payer": "The street department"}
    reviews.review(proposal.id, said.finding(**more), by=make.actor(Role.OFFICER))
    price = review_queries.price(review_queries.history(proposal.id))
    assert price.cost_cents == proposal.cost_cents == 9_500_00 and price.others_cents == 700_00
    assert (price.pot_cents(Money.CAPITAL), price.pot_cents(Money.RUNNING)) == (9_000_00, 500_00)
    text = browser.open(f"/proposals/{proposal.id}").text
    for words in ("Source: An offer of May", "A year of keeping it going", "Paid by The state", "street department"):
        assert words in text


def test_an_amount_without_a_source_and_a_later_cost_without_a_payer_are_refused(app):
    proposal, officer = make.proposal(), make.actor(Role.OFFICER)
    nowhere = said.finding(lines=(PricedLine(label="Lamps", amount_cents=1),))
    assert desk.refusal(lambda: reviews.review(proposal.id, nowhere, by=officer)) == "no_source"
    unpaid = said.finding(running_cost_cents=1)
    assert desk.refusal(lambda: reviews.review(proposal.id, unpaid, by=officer)) == "no_payer"
    page = Browser(app).sign_in(make.account(officer)).open(f"/review/{proposal.id}")
    again = page.press("Publish the finding", **said.found(**{"lines-0-source": "", "running_cost": "300"}))
    assert again.all("p", id="lines-0-source-error")
    last = again.press("Publish the finding", **{"lines-0-source": "An offer of May"})
    assert last.all("p", id="running_payer-error")
