"""Objections: raised within the days on the rule card, answered by two members, and none left open when it is final."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.access import Role
from app.core.clock import now
from app.core.db import db, transaction
from app.core.errors import DomainError, NotFound
from app.voting.board.queries import action
from app.voting.board.rules import ActKind, WhyNot
from app.voting.board.services import MayNot, approve, request
from app.voting.models import Result
from app.voting.objections import queries, rules, services
from app.voting.objections.models import Objection
from app.voting.objections.rules import Ending
from tests import make
from tests.browser import Browser
from tests.voting.results import board
from tests.voting.together import table

TEXT = "The price of the lamps was another one at the assembly in May."
ANSWER = "The price on the ballot is the one that was published before the vote."


def raised(cycle_id, text=TEXT, *, key=None, by=None):
    key = key or f"form {next(make.numbers)}"
    return services.raise_objection(cycle_id, text, key=key, by=by or make.actor())


def settled(cycle_id, number=1, ending=Ending.DISMISSED, answer=ANSWER):
    return make.agreed(ActKind.SETTLE_OBJECTION, cycle_id, number=number, ending=ending.value, answer=answer)


def refusal_of(verb, *arguments, **more):
    with pytest.raises(DomainError) as refusal:
        verb(*arguments, **more)
    return refusal.value.code, refusal.value.field


@pytest.mark.parametrize(
    ("certified", "days", "reason"),
    [(False, 1, rules.WhyNot.NOT_CERTIFIED), (True, None, rules.WhyNot.NOT_CERTIFIED), (True, 1, None),
     (True, 0, rules.WhyNot.OVER), (True, -1, rules.WhyNot.OVER)],
)  # fmt: skip
def test_when_an_objection_is_heard(certified, days, reason):
    moment = now()
    until = None if days is None else moment + timedelta(days=days)
    assert rules.why_not_raise(certified=certified, until=until, now=moment) is reason


def test_anybody_with_an_account_objects_and_everybody_reads_it_without_their_name(app, browser):
    cycle_id, ada = board.certified().vote.cycle_id, make.person(public_name="Ada Who Objects")
    page = Browser(app).sign_in(ada).open(f"/results/{cycle_id}").follow("Object to this result")
    assert "number 1" in page.press("Send the objection", text=TEXT).text
    seen = browser.open(f"/results/{cycle_id}").text
    assert TEXT in seen and "Waits for an answer" in seen and ada.public_name not in seen


def test_a_visitor_signs_in_first(browser):
    assert browser.open(f"/results/{board.certified().vote.cycle_id}/object").path.startswith("/sign-in")


def test_a_text_too_short_is_said_at_its_field(app):
    cycle_id = board.certified().vote.cycle_id
    page = Browser(app).sign_in(make.person()).open(f"/results/{cycle_id}/object")
    assert page.press("Send the objection", text="Wrong.").all("p", id="text-error")


def test_the_same_form_sent_twice_is_one_objection(app):
    cycle_id, ada = board.certified().vote.cycle_id, make.actor()
    assert [raised(cycle_id, key="once", by=ada) for _ in range(2)] == [1, 1]
    assert len(queries.of_vote(cycle_id)) == 1


def test_one_person_raises_three_and_others_still_may(app):
    cycle_id, ada = board.certified().vote.cycle_id, make.actor()
    assert [raised(cycle_id, by=ada) for _ in range(3)] == [1, 2, 3]
    assert refusal_of(raised, cycle_id, by=ada) == ("too_many", "text")
    assert raised(cycle_id) == 4


def test_before_the_certification_and_after_the_days_nothing_is_heard(app, browser):
    assert refusal_of(raised, board.counted([(1,)]).vote.cycle_id)[0] == "not_certified"
    cycle_id = board.certified().vote.cycle_id
    board.days_for_objections_pass(cycle_id)
    assert refusal_of(raised, cycle_id)[0] == "over"
    page = browser.sign_in(make.person()).open(f"/results/{cycle_id}/object")
    assert "Objections are not heard now" in page.text and "Send the objection" not in page.text


def test_a_final_result_hears_no_objection(app):
    assert refusal_of(raised, board.published([(1,)]).cycle_id)[0] == "not_certified"


def test_a_cycle_without_a_vote_hears_none(app):
    with pytest.raises(NotFound):
        raised(make.cycle().id)


def test_two_members_answer_it_for_everybody_to_read(app, browser):
    cycle_id = board.certified().vote.cycle_id
    raised(cycle_id)
    both = table(app, cycle_id)
    page = both.first.open(f"/results/{cycle_id}").follow("Answer it")
    asked = page.press("Ask the board", ending="dismissed", answer=ANSWER)
    assert queries.unsettled(cycle_id) == 1 and ANSWER in asked.text and TEXT in asked.text
    both.second.open(asked.path).press("I agree: Settle an objection")
    seen = browser.open(f"/results/{cycle_id}").text
    assert ANSWER in seen and "Dismissed" in seen and queries.unsettled(cycle_id) == 0


@pytest.mark.parametrize(
    ("answers", "field"), [({"answer": ANSWER}, "ending"), ({"ending": "upheld"}, "answer"),
                           ({"ending": "upheld", "answer": "No."}, "answer")]
)  # fmt: skip
def test_what_an_answer_lacks_is_said_at_its_field(app, answers, field):
    cycle_id = board.certified().vote.cycle_id
    raised(cycle_id)
    page = table(app, cycle_id).first.open(f"/results/{cycle_id}/objections/1/answer").press("Ask the board", **answers)
    assert page.all("p", id=f"{field}-error")


def test_nobody_else_answers(app):
    cycle_id = board.certified().vote.cycle_id
    raised(cycle_id)
    stranger = Browser(app).sign_in(make.person(roles=(Role.CLERK,)))
    for browser in (table(app, cycle_id).observer, stranger):
        assert browser.open(f"/results/{cycle_id}/objections/1/answer").status == 403
        assert "Answer it" not in browser.open(f"/results/{cycle_id}").text
    with pytest.raises(MayNot):
        answers = {"number": 1, "ending": "upheld", "answer": ANSWER}
        request(cycle_id, ActKind.SETTLE_OBJECTION, answers, by=board.observer(cycle_id))


def test_of_two_answers_to_one_objection_the_first_stands(app):
    cycle_id = board.certified().vote.cycle_id
    raised(cycle_id)
    first, second, _observer = make.board_of(cycle_id)
    asked = [
        request(cycle_id, ActKind.SETTLE_OBJECTION, {"number": 1, "ending": ending, "answer": ANSWER}, by=first)
        for ending in Ending
    ]
    seen = [action(cycle_id, each.hex()).hash for each in asked]
    approve(asked[0], seen[0], by=second)
    with pytest.raises(MayNot) as refusal:
        approve(asked[1], seen[1], by=second)
    assert refusal.value.reason is WhyNot.CHANGED
    assert queries.of_vote(cycle_id)[0].ending is Ending.UPHELD


def test_an_answer_to_what_nobody_said_is_not_found(app):
    cycle_id = board.certified().vote.cycle_id
    with pytest.raises(NotFound):
        settled(cycle_id, number=7)
    assert table(app, cycle_id).first.open(f"/results/{cycle_id}/objections/7/answer").status == 404


def test_an_unsettled_objection_keeps_the_result_from_being_final(app):
    cycle_id = board.certified().vote.cycle_id
    raised(cycle_id)
    board.days_for_objections_pass(cycle_id)
    assert refusal_of(make.agreed, ActKind.PUBLISH, cycle_id)[0] == "objections_open"
    assert "1 objection waits for an answer" in table(app, cycle_id).first.open(f"/voting/{cycle_id}").text
    settled(cycle_id)
    assert make.agreed(ActKind.PUBLISH, cycle_id).published_at is not None


def test_the_log_keeps_the_words_of_an_objection_as_their_hash_only(app):
    cycle_id = board.certified().vote.cycle_id
    raised(cycle_id)
    settled(cycle_id)
    bodies = {
        entry.kind: entry.body for entry in db.session.scalars(sa.select(AuditEntry)) if "Objection" in entry.kind
    }
    assert set(bodies) == {"ObjectionRaised", "ObjectionSettled"}
    assert not [words for words in (TEXT, ANSWER) if any(words in body for body in bodies.values())]


def test_the_database_refuses_an_ending_without_an_answer(app):
    cycle_id = board.certified().vote.cycle_id
    raised(cycle_id)
    with pytest.raises(sa.exc.IntegrityError, match="settled_with_answer"), transaction():
        db.session.execute(sa.update(Objection).values(ending=Ending.UPHELD))


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_an_upheld_objection_changes_no_certified_count(app):
    """What follows from it stands in the board's answer (decision record 21): no recount takes the result's place."""
    result = board.certified()
    cycle_id = result.vote.cycle_id
    raised(cycle_id)
    settled(cycle_id, ending=Ending.UPHELD)
    assert refusal_of(board.recount, cycle_id, options=(1,), reason=TEXT)[0] == "certified"
    assert [row.id for row in db.session.scalars(sa.select(Result))] == [result.id]
