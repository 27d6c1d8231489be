"""A resident's idea becomes a proposal with a price: written, previewed, sent, judged and read by everybody."""

from app.core.access import Role
from tests import make
from tests.browser import Browser
from tests.proposals import said
from tests.proposals.writing import steps


def test_a_resident_sends_a_proposal_and_an_officer_prices_it(app):
    cycle, resident = make.cycle(), Browser(app).sign_in(make.person())
    check = steps.to(resident, cycle, "check")
    assert "$12,000" in check.text and "This is a preview" in check.follow("See how it will look").text

    sent = check.press("Send it in")
    assert "2026-P001" in sent.text and "Waiting for review" in sent.text

    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    review = officer.open("/review/").follow("Six lamps on Mill Lane")
    found = review.press(
        "Publish the finding",
        **said.found(**{"lines-0-amount": "14,500.50", "running_cost": "300", "running_payer": "The power company"}),
    )
    assert "Can be done" in found.text

    everybody = Browser(app).open(found.path)
    for words in ("$14,500.50", "$12,000", "We measured the lane", "$300", "It goes on the ballot"):
        assert words in everybody.text


def test_asking_for_another_line_keeps_what_was_typed_and_shows_the_total(app):
    cycle, resident = make.cycle(), Browser(app).sign_in(make.person())
    page = steps.to(resident, cycle, "costs")
    longer = page.press("Add another line", **steps.answers(cycle)["costs"])
    assert longer.all("input", name="estimate-3-what") and not page.all("input", name="estimate-3-what")
    assert longer.all("input", name="estimate-0-what")[0].get("value") == "Lamps"
    assert "$12,000" in longer.text
    assert longer.press(steps.ON).one("h1") == "Who would help?"
