"""A resident's idea becomes a proposal with a price: written, previewed, sent, judged and read by everybody."""

from app.core.access import Role
from tests import make
from tests.browser import Browser


def written(browser, cycle, **more):
    answers = {
        "title": "Six lamps on Mill Lane",
        "summary": "Put six warm lamps between the school and the bus stop.",
        "need": "It is too dark to walk home from school in winter.",
        "place": "Mill Lane",
        "category_id": str(cycle.neighborhood.categories[0].id),
        "watches_people": "no",
        "estimate-0-what": "Lamps",
        "estimate-0-amount": "12,000",
    }
    return browser.open(f"/proposals/submit?cycle_id={cycle.id}"), answers | more


def test_a_resident_sends_a_proposal_and_an_officer_prices_it(app):
    cycle, resident = make.cycle(), Browser(app).sign_in(make.person())
    page, answers = written(resident, cycle)
    preview = page.press("Preview", **answers)
    assert "This is a preview" in preview.text and "$12,000" in preview.text

    sent = preview.press("Send it in")
    assert "2026-P001" in sent.text and "Waiting for review" in sent.text

    officer = Browser(app).sign_in(make.person(roles=(Role.OFFICER,)))
    review = officer.open("/review/").follow("Six lamps on Mill Lane")
    found = review.press(
        "Publish the finding",
        decision="feasible",
        reason="meets_criteria",
        explanation="We measured the lane: six lamps are enough.",
        **{"lines-0-what": "Lamps and poles", "lines-0-amount": "14,500.50", "running_cost": "300"},
    )
    assert "Can be done" in found.text

    everybody = Browser(app).open(found.path)
    for words in ("$14,500.50", "$12,000", "We measured the lane", "$300", "It goes on the ballot"):
        assert words in everybody.text


def test_asking_for_another_line_keeps_what_was_typed_and_shows_the_total(app):
    cycle, resident = make.cycle(), Browser(app).sign_in(make.person())
    page, answers = written(resident, cycle)
    longer = page.press("Add another line", **answers)
    assert longer.all("input", name="estimate-3-what") and not page.all("input", name="estimate-3-what")
    assert longer.all("input", name="title")[0].get("value") == "Six lamps on Mill Lane"
    assert "$12,000" in longer.text
    assert "This is a preview" in longer.press("Preview").text
