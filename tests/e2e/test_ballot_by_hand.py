"""The ballot under real hands: dragged, doubted, pressed twice, left open in two tabs, and lost to a sign-out."""

import pytest

from tests.e2e import town
from tests.e2e.doors import OPEN
from tests.e2e.hands import Mouse
from tests.e2e.inspection import Inspector

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LIST = "[data-ranked] > li"
REVISION = "SELECT revision FROM roll_entry WHERE person_id = ? AND vote_id = (SELECT id FROM vote WHERE cycle_id = ?)"
ENVELOPES = """SELECT count(*) FROM envelope WHERE roll_entry_id IN
    (SELECT id FROM roll_entry WHERE person_id = ? AND vote_id = (SELECT id FROM vote WHERE cycle_id = ?))"""
FRESH = """SELECT r.person_id FROM roll_entry r JOIN vote v ON v.id = r.vote_id JOIN person p ON p.id = r.person_id
    WHERE v.cycle_id = ? AND r.revision = 0 ORDER BY p.demo_label IS NULL, p.id LIMIT 1"""


@pytest.fixture
def cycle(shared_site):
    """The cycle that is being voted on."""
    return town.ask(shared_site, OPEN)[0]


@pytest.fixture
def voter(shared_site, cycle):
    """Somebody who has not voted yet."""
    return town.on_the_sign_in_page(shared_site, town.ask(shared_site, FRESH, cycle)[0])


@pytest.fixture
def ballot(shared_site, look, cycle, voter):
    """Opens that person's ballot; with `javascript` or without."""

    def opened(*, javascript: bool = True) -> Mouse:
        return (
            Mouse(look(shared_site, javascript=javascript), scripts=javascript).sign_in(voter).open(f"/ballots/{cycle}")
        )

    return opened


def move(hands, *moves):
    for each in moves:
        hands.click(hands.page.locator(f"button[value='{each}']"))


def order(hands):
    return [row.get_attribute("data-option") for row in hands.page.locator(LIST).all()]


def cast(hands):
    hands.press("Check my ballot")
    hands.press("Seal and cast my ballot")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_same_moves_give_the_same_list_with_scripts_and_without(ballot, javascript):
    hands = ballot(javascript=javascript)
    move(hands, "add:1", "add:2", "add:3", "up:3", "remove:1", "add:4", "down:3")
    assert order(hands) == ["2", "3", "4"]
    said = hands.page.locator("[data-announce]").text_content()
    assert "is now number 2 of 3" in said


def test_the_button_keeps_the_focus_until_it_is_of_no_use(ballot):
    hands = ballot()
    move(hands, "add:1", "add:2", "add:3")
    hands.page.focus("button[value='up:3']")
    hands.page.keyboard.press("Enter")
    assert hands.page.evaluate("document.activeElement.value") == "up:3"
    hands.page.keyboard.press("Enter")
    assert (order(hands), hands.page.evaluate("document.activeElement.value")) == (["3", "1", "2"], "down:3")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_full_list_says_why_and_takes_no_more(ballot, javascript):
    hands = ballot(javascript=javascript)
    most = int(hands.page.locator("form[data-ballot]").get_attribute("data-max"))
    move(hands, *[f"add:{number}" for number in range(1, most + 1)])
    assert hands.page.locator(f"button[value='add:{most + 1}']").is_disabled()
    assert "Your list is full. Remove one to add this." in hands.text


def dragged(hands, row: str, to: str, until: list[str]) -> bool:
    """Whether the rows stand as wanted once one was dragged there: the others glide out of the way, often slowly."""
    handle = hands.page.locator(f"#option-{row} [data-handle]")
    handle.scroll_into_view_if_needed()
    start, goal = handle.bounding_box(), hands.page.locator(f"#option-{to} [data-handle]").bounding_box()
    mouse = hands.page.mouse
    mouse.move(start["x"] + 8, start["y"] + 8)
    mouse.down()
    for above in (20, -10) * 10:
        mouse.move(goal["x"] + 8, goal["y"] + above, steps=8)
        hands.page.wait_for_timeout(200)
        if order(hands) == until:
            break
    mouse.up()
    return order(hands) == until


def test_a_row_can_be_dragged_with_the_mouse(ballot):
    hands = ballot()
    move(hands, "add:1", "add:2", "add:3")
    wanted = ["3", "1", "2"]
    assert any(dragged(hands, "3", order(hands)[0], wanted) for _try in range(3))
    assert "is now number 1 of 3" in hands.page.locator("[data-announce]").text_content()


def test_the_list_to_check_is_a_whole_page_too(ballot):
    hands = ballot()
    inspector = Inspector(hands.page)
    move(hands, "add:2", "add:1")
    hands.press("Check my ballot")
    assert inspector.complaints() == []


@pytest.mark.parametrize("javascript", [True, False])
def test_pressed_twice_it_is_cast_once(shared_site, ballot, cycle, voter, javascript):
    hands = ballot(javascript=javascript)
    move(hands, "add:1")
    hands.press("Check my ballot")
    hands.page.get_by_role("button", name="Seal and cast my ballot").dblclick()
    hands.page.locator("h1", has_text="Thank you").wait_for()  # the second press may cut the first answer short
    assert town.ask(shared_site, ENVELOPES, voter.id, cycle) == [1]


def test_going_back_brings_no_earlier_list_to_light(ballot):
    hands = ballot()
    move(hands, "add:3", "add:1")
    cast(hands)
    for _ in range(3):
        hands.page.evaluate("setTimeout(() => history.back())")  # once this has been answered
        hands.page.wait_for_timeout(400)
        assert hands.page.locator(f"{LIST}, .ll-final li").count() == 0


def test_of_two_tabs_the_last_one_counts(shared_site, ballot, cycle, voter):
    first = ballot()
    second = Mouse(first.page.context.new_page()).open(f"/ballots/{cycle}")
    for tab, move_made in ((first, "add:1"), (second, "add:2")):
        move(tab, move_made)
        cast(tab)
        assert tab.heading == "Thank you. Your vote is stored."
    assert town.ask(shared_site, REVISION, voter.id, cycle) == [2]


def test_signed_out_in_another_tab_one_is_told_to_sign_in(shared_site, ballot, cycle, voter):
    hands = ballot()
    move(hands, "add:1")
    other = Mouse(hands.page.context.new_page()).open("/account")
    other.click(other.page.locator("form[action='/sign-out'] button").last)
    hands.press("Check my ballot")
    assert "sign in first" in hands.text and hands.page.get_by_role("link", name="Sign in").count()
    assert town.ask(shared_site, ENVELOPES, voter.id, cycle) == [0]
