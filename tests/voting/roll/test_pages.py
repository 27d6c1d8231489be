"""The pages of the roll: who may open them, and what they say."""

import csv
import io
from time import perf_counter

import pytest

from app.core.access import Role
from app.cycles.queries import facts
from app.voting.board.rules import ActKind
from app.voting.roll import queries
from tests import make
from tests.browser import Browser
from tests.sizes import size
from tests.voting.roll.lists import a_list, bring_in, clerk_of, holder, listed, uploaded

PAGES = ("", "/lines", "/lines/{key}", "/add", "/lookalikes", "/imports/new", "/imports/{made}")
PRIVATE = ("Mia Lund", "8 Secret Lane")


def a_roll():
    """A vote with one imported line and one from the desk, and where its pages are."""
    vote = make.fixed_vote()
    cycle = vote.cycle
    made = bring_in(cycle, a_list("A1,Jo Okafor,3 Quay Street,,,", "A2,,4 Quay Street,,,"))
    line = listed(cycle, "Mia Lund", address="8 Secret Lane")
    where = {"key": f"l{line.id.hex()}", "made": made}
    return cycle, [f"/office/roll/{cycle.id}" + page.format(**where) for page in PAGES]


def statuses(browser, pages):
    return [browser.open(page).status for page in pages]


def test_a_clerk_of_the_neighborhood_opens_every_page(app):
    cycle, pages = a_roll()
    browser = Browser(app).sign_in(make.account(clerk_of(cycle.neighborhood_id)))
    assert set(statuses(browser, ["/office/roll/", *pages])) == {200}


@pytest.mark.parametrize("role", [Role.CLERK, Role.OBSERVER, Role.OFFICER, Role.OVERSEER, Role.ADMIN])
def test_nobody_else_reads_a_line(app, role):
    cycle, pages = a_roll()
    for place in (make.neighborhood().id, cycle.neighborhood_id):
        if role is Role.CLERK and place == cycle.neighborhood_id:
            continue
        browser = Browser(app).sign_in(make.account(holder(role, [place])))
        shown = [browser.open(page) for page in pages]
        watches = role is Role.OBSERVER and place == cycle.neighborhood_id
        assert [page.status for page in shown] == [200 if watches else 403, *[403] * (len(pages) - 1)]
        assert not any(word in page.text for page in shown for word in PRIVATE)


def test_a_resident_and_a_visitor_read_no_line(app):
    cycle, pages = a_roll()
    resident = Browser(app).sign_in(make.person(resident_of=cycle.neighborhood))
    assert set(statuses(resident, pages)) == {403}
    assert {Browser(app).open(page).path.partition("?")[0] for page in pages} == {"/sign-in"}


def test_the_check_of_privacy_would_notice_a_line(app):
    """The twin: what nobody else reads is on the clerk's page."""
    cycle, pages = a_roll()
    browser = Browser(app).sign_in(make.account(clerk_of(cycle.neighborhood_id)))
    assert all(word in browser.open(pages[1]).text for word in PRIVATE)


def test_an_observer_sees_counts_and_hash_only(app):
    cycle, pages = a_roll()
    vote = make.agreed(ActKind.OPEN, cycle.id)
    page = Browser(app).sign_in(make.account(holder(Role.OBSERVER, [cycle.neighborhood_id]))).open(pages[0])
    assert vote.roll_hash in page.text and "On the roll when voting opened 2" in page.text
    assert not any(word in page.text for word in (*PRIVATE, "roll.csv", "See the lines"))


def test_a_clerk_brings_a_list_in_looks_and_confirms(app):
    vote = make.fixed_vote()
    browser = Browser(app).sign_in(make.account(clerk_of(vote.cycle.neighborhood_id)))
    content = a_list("A1,Jo Okafor,3 Quay Street,,,", "A2,=cmd(),,nonsense,,")
    page = browser.open(f"/office/roll/{vote.cycle_id}/imports/new").press("Check the list", file=uploaded(content))
    assert "address is missing; birth date is not a date" in page.text
    assert queries.counts(facts(vote.cycle_id)).on_roll == 0
    page = page.press("Put them on the roll")
    assert "The list is on the roll." in page.text and queries.counts(facts(vote.cycle_id)).on_roll == 1


def test_the_rows_turned_away_come_as_a_file_without_formulas(app):
    vote = make.fixed_vote()
    made = bring_in(vote.cycle, a_list("A1,=cmd(),,,,", "@A2,Jo,,,,", "A3,Mia,3 Quay Street,,,"))
    browser = Browser(app).sign_in(make.account(clerk_of(vote.cycle.neighborhood_id)))
    answer = browser.client.get(f"/office/roll/{vote.cycle_id}/imports/{made}/rejected.csv")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [(r["reference"], r["name"], r["line"]) for r in rows] == [("A1", "'=cmd()", "2"), ("'@A2", "Jo", "3")]
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"reference,name\n1,2\n", b"<script>alert(1)</script>"])
def test_a_file_that_is_no_list_is_refused_at_its_field(app, content):
    vote = make.fixed_vote()
    browser = Browser(app).sign_in(make.account(clerk_of(vote.cycle.neighborhood_id)))
    page = browser.open(f"/office/roll/{vote.cycle_id}/imports/new").press("Check the list", file=uploaded(content))
    assert page.status == 200 and page.all("p", id="file-error")


def test_only_the_upload_takes_more_than_a_form_and_only_from_somebody_signed_in(app):
    cycle, pages = a_roll()
    clerk = Browser(app).sign_in(make.account(clerk_of(cycle.neighborhood_id)))
    large = a_list(*(f"B{n},Jo {n},3 Quay Street {'x' * 200},,," for n in range(6000)))
    assert clerk.open(pages[5]).press("Check the list", file=uploaded(large)).status == 200
    assert clerk.client.post(pages[3], data={"file": uploaded(large)}).status_code == 413
    visitor = Browser(app)
    visitor.open("/about")
    assert visitor.client.post(pages[5], data={"file": uploaded(large)}).status_code == 413


@pytest.mark.soak
def test_a_long_list_is_brought_in_at_five_hundred_rows_a_second_or_more(app):
    vote, rows = make.fixed_vote(), size(commit=2_000, night=20_000, release=200_000)
    began = perf_counter()
    bring_in(vote.cycle, a_list(*(f"A{n},Jo Okafor {n},{n} Quay Street,1984-05-31,," for n in range(rows))))
    took = perf_counter() - began
    print(f"{rows} rows on {app.config['SQLALCHEMY_DATABASE_URI'].partition(':')[0]}: {took:.1f} s")
    assert queries.counts(facts(vote.cycle_id)).listings == rows
    assert took < 2 + rows / 500


@pytest.mark.parametrize(
    ("where", "sentence"),
    [("here", "You will be on the roll"), ("elsewhere", "You live elsewhere"), (None, "You have not told us")],
)
def test_somebody_reads_whether_they_will_be_on_the_roll(app, where, sentence):
    vote = make.fixed_vote()
    home = vote.cycle.neighborhood if where == "here" else make.neighborhood() if where else None
    page = Browser(app).sign_in(make.person(resident_of=home)).open(f"/roll/mine?cycle_id={vote.cycle_id}")
    assert sentence in page.text


def test_somebody_struck_reads_the_reason(app):
    vote = make.fixed_vote()
    ada = make.person(resident_of=vote.cycle.neighborhood)
    clerk = Browser(app).sign_in(make.account(clerk_of(vote.cycle.neighborhood_id)))
    line = clerk.open(f"/office/roll/{vote.cycle_id}/lines/p{ada.id}")
    line.press("Strike the line", reason="Registered twice, see the letter.")
    page = Browser(app).sign_in(ada).open("/roll/mine")
    assert "Registered twice, see the letter." in page.text


def test_somebody_verified_after_the_opening_reads_that_it_was_too_late(app):
    vote, _roll = make.open_vote()
    late = make.person(resident_of=vote.cycle.neighborhood)
    assert "verified later" in Browser(app).sign_in(late).open("/roll/mine").text


def test_everybody_reads_size_hash_and_changes_of_a_roll_and_nobody_on_it(app):
    cycle, _pages = a_roll()
    assert "being prepared" in Browser(app).open(f"/roll/{cycle.id}").text
    vote = make.agreed(ActKind.OPEN, cycle.id)
    page = Browser(app).open(f"/roll/{cycle.id}")
    assert vote.roll_hash in page.text and "No change so far." in page.text
    assert not any(word in page.text for word in (*PRIVATE, "Jo Okafor"))
