"""Each main form sent with too little: what is wrong is said at the top and at the field; nothing typed is lost."""

import pytest

from tests.e2e import town
from tests.e2e.doors import (
    CHAIR,
    CLERK,
    COLLECTED,
    COLLECTING,
    DECIDED,
    HOME,
    MILESTONE,
    OFFICER,
    RECOUNTED,
    RESIDENT,
    RUNNING,
    Door,
)
from tests.e2e.hands import Mouse
from tests.e2e.inspection import Inspector

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def other_weeks(site):
    """Pages that the week of the demo does not show are shown too."""
    town.show_other_weeks(site)


LEADER = CHAIR.format(f"({RUNNING})")
FORMS = {
    "propose": (Door("/proposals/submit?cycle_id={}", (COLLECTING,), RESIDENT), {"need": "Dark"}),
    "comment": (Door("/proposals/{}/comments/write", (COLLECTED,), RESIDENT), {"text": "Low lamps, please."}),
    "review": (Door("/review/{}", (COLLECTED,), OFFICER), {"explanation": "Too short"}),
    "plan a cycle": (
        Door("/office/cycles/new/{}", (HOME,), CLERK),
        {"name": "Lanterns", "pot": "a lot", "voting_first": "2031-05-01"},
    ),
    "add a neighborhood": (Door("/office/neighborhoods/new", (), CLERK), {"summary": "By the river."}),
    "join": (Door("/join"), {"public_name": "Mo", "email": "not an address"}),
    "sign in": (Door("/sign-in"), {"email": "not an address"}),
    "change a forecast": (
        Door("/projects/{}/milestones/{}/forecast", (RUNNING, MILESTONE), LEADER),
        {"explanation": "Rain"},
    ),
    "recount a vote": (Door("/results/{}/recount", (RECOUNTED,), CLERK), {"reason": "The county forbids it."}),
    "work the lot out": (Door("/results/{}/lot", (DECIDED,)), {"seed": "abc", "numbers": "1, 1"}),
    "publish an update": (Door("/projects/{}/updates/write", (RUNNING,), LEADER), {"what_changed": "Poles"}),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_refused_form_says_what_is_wrong_and_keeps_what_was_typed(site, windows, form):
    door, typed = FORMS[form]
    address, who = door.opens(site) or pytest.fail("the demo has nothing of the kind")
    inspector = Inspector(windows(who))
    inspector.open(address)
    page = inspector.page
    for name, words in typed.items():
        page.fill(f"[name='{name}']", words)
    Mouse(page).click(page.locator(".ll-form button.govuk-button:not([name=add_line])").first)
    assert page.title().startswith("Error: ") and page.locator("[data-error-summary] li a").count()
    assert {name: page.input_value(f"[name='{name}']") for name in typed} == typed
    complaints = inspector.complaints()
    page.close()
    assert complaints == [], "\n".join(complaints)


def test_the_summary_leads_to_the_field(site, windows):
    page = windows()
    Mouse(page).open("/sign-in").press("Send me a code")
    page.locator("[data-error-summary] a").first.click()
    assert page.evaluate("document.activeElement.name") == "email"
    page.close()
