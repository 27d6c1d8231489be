"""The inspection itself: a page with a fault of each kind is not let through."""

import pytest

from tests.e2e.inspection import COMPLAINTS, SMALL, Inspector

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FAULTS = {
    "<input name=a>": "no label",
    "<form method=post></form>": "a form without its token",
    "<h3>Too deep</h3>": "from a heading of level 1 to one of 3",
    "<p id=x></p><p id=x></p>": "two elements have the id x",
    "<a href=/></a>": "a link without words",
    "<label>A<input type=radio name=a></label>": "an answer outside a fieldset",
    "<p class=govuk-error-message id=e>No</p>": "an error tied to no field",
    "<input aria-label=a aria-describedby=nowhere>": "points to nothing",
    "<h1>Second</h1>": "2 first-level headings",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_noticed(chromium, fault):
    page = chromium.new_page()
    page.set_content(f"<html lang=en><title>A – Lamplight</title><h1>A</h1>{fault}")
    found = page.evaluate(COMPLAINTS)
    page.close()
    assert any(FAULTS[fault] in each for each in found), found


def test_what_is_too_wide_or_too_small_is_noticed(chromium):
    page = chromium.new_page(viewport={"width": 320, "height": 600})
    page.set_content("<div style='width:900px'>A</div><button style='height:12px;padding:0'>b</button>")
    found = " ".join(page.evaluate(SMALL))
    page.close()
    assert "scrolls sideways" in found and "target of" in found


def test_a_script_that_the_policy_blocks_is_heard(site, chromium):
    inspector = Inspector(chromium.new_page(base_url=site.url))
    inspector.open("/about")
    inspector.page.evaluate("document.head.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    inspector.page.wait_for_timeout(100)
    heard = inspector.heard
    inspector.page.close()
    assert "Content Security Policy" in " ".join(heard)
