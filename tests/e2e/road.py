"""The way from an idea to a printed report, one verb for each stretch, walked by the people whose turn it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from app.proposals.review.checklists.rules import DEFAULT
from tests.e2e import town
from tests.e2e.conftest import Site
from tests.e2e.hands import Mouse
from tests.e2e.town import Somebody

PHASE_DAYS = 10
KINDS = ("collecting", "reviewing", "voting", "counting", "delivering")
LAMPS, BENCH, WALKS, MURAL = "Warm lamps", "A bench for grandparents", "Night walks with neighbors", "A mural"
CATEGORY = "SELECT c.id FROM category c JOIN neighborhood n ON n.id = c.neighborhood_id WHERE n.slug = 'riverside'"
IDEAS = {LAMPS: "14,000", BENCH: "6,000", WALKS: "9,000", MURAL: "40,000"}


@dataclass
class Road:
    """One site, everybody's own browser (`hands` opens another), and where the story stands; `way` is its name."""

    site: Site
    way: str
    hands: Callable[[], Mouse]
    cycle: int = 0
    project: int = 0
    proposals: dict[str, int] = field(default_factory=dict)
    open_browsers: dict[int, Mouse] = field(default_factory=dict)

    def as_(self, somebody: Somebody) -> Mouse:
        """The browser of that person."""
        if somebody.id not in self.open_browsers:
            self.open_browsers[somebody.id] = self.hands().sign_in(somebody)
        return self.open_browsers[somebody.id]

    def title(self, idea: str) -> str:
        """An idea as it is called on this road."""
        return f"{idea}, {self.way}"

    def plan(self, clerk: Somebody) -> None:
        """A cycle with its money, its rule and its phases, as a draft."""
        page = self.as_(clerk).open("/office/cycles/")
        page.follow("Plan a cycle for Riverside")
        page.fill("Name", f"The road {self.way}")
        page.fill("Year", "2031")
        page.fill("The pot", "25,000")
        page.fill("Contingency", "1,000")
        page.choose("count_rule", "shared-budget")
        page.choose("publication_level", "full")
        day = town.here(self.site)
        for kind in KINDS:
            page.set_day(f"{kind}_first", day)
            page.set_day(f"{kind}_last", day + timedelta(days=PHASE_DAYS - 1))
            day += timedelta(days=PHASE_DAYS)
        page.press("Keep it as a draft")
        assert page.heading == f"The road {self.way}"
        self.cycle = page.id_here()

    def step(self, clerk: Somebody, words: str) -> None:
        """The next step of the office."""
        page = self.as_(clerk).open(f"/office/cycles/{self.cycle}")
        page.follow(words)
        page.press("Yes, do it")
        assert "The cycle is now at" in page.text

    def name_board(self, running: Sequence[Somebody], observer: Somebody) -> None:
        """Who runs the vote, and who observes it."""
        page = self.as_(running[0]).open(f"/voting/{self.cycle}")
        page.follow("Name the board")
        for somebody in running:
            page.tick("running", str(somebody.id))
        page.tick("observing", str(observer.id))
        page.press("Name the board")
        assert "The board is named." in page.text

    def board_step(self, running: Sequence[Somebody], words: str) -> None:
        """The next step of the vote: one member asks the board, another one reads it and agrees."""
        asks, agrees = running
        page = self.as_(asks).open(f"/voting/{self.cycle}")
        page.follow(f"Ask the board: {words}")
        page.press("Ask the board")
        if "confirm first that it is you" in page.text:
            self._confirm(page)
            page.press("Ask the board")
        assert "Another member of the board has to agree" in page.text
        other = self.as_(agrees).open(page.page.url.removeprefix(self.site.url))
        if "Before you agree, confirm that it is you." in other.text:
            self._confirm(other)
        other.press(f"I agree: {words}")
        assert f"Done: {words}." in other.text, other.text[:1500]

    def _confirm(self, page: Mouse) -> None:
        """More than ten minutes after the sign-in the house asks once more who sits there."""
        page.follow("Confirm that it is you")
        page.press("Yes, it is me")

    def object_to(self, resident: Somebody) -> None:
        """A resident doubts the result in public."""
        page = self.as_(resident).open(f"/results/{self.cycle}")
        page.follow("Object to this result")
        page.fill("What is wrong, and how you know", "The price of the lamps was another one at the assembly.")
        page.press("Send the objection")
        assert "Your objection is number 1." in page.text

    def answer(self, running: Sequence[Somebody]) -> None:
        """Two members of the board answer it, for everybody to read."""
        asks, agrees = running
        page = self.as_(asks).open(f"/results/{self.cycle}")
        page.follow("Answer it")
        page.choose("ending", "dismissed")
        page.fill("Answer", "The price on the ballot is the one that was published before the vote.")
        page.press("Ask the board")
        self.as_(agrees).open(page.page.url.removeprefix(self.site.url)).press("I agree: Settle an objection")
        assert "The price on the ballot is the one" in self.hands().open(f"/results/{self.cycle}").text

    def days_pass(self, days: int = PHASE_DAYS) -> None:
        """The phase that is on ends."""
        town.let_days_pass(self.site, self.cycle, days)

    def propose(self, resident: Somebody, idea: str) -> None:
        """Write it, read it once more, send it."""
        page = self.as_(resident).open(f"/proposals/submit?cycle_id={self.cycle}")
        page.fill("Why is it needed?", "Many of us take a long way round in winter.")
        page.press("Save and go on")
        page.fill("Title", self.title(idea))
        page.fill("What should happen?", f"{idea}, so that people are out and about after dark.")
        page.choose("category_id", str(town.ask(self.site, CATEGORY)[0]))
        page.choose("watches_people", "no")
        page.press("Save and go on")
        page.fill("Where?", "Between the school and the bus stop")
        page.press("Save and go on")
        page.fill("Who gains?", "Everybody who walks home")
        page.press("Save and go on")
        page.fill("What for", "All of it")
        page.fill("Amount", "5,000")
        page.press("Save and go on")
        page.press("Save and go on")
        assert page.heading == "Check it and send it in"
        page.press("Send it in")
        assert "Waiting for review" in page.text and page.heading == self.title(idea)
        self.proposals[idea] = page.id_here()

    def review(self, officer: Somebody, idea: str) -> None:
        """Found feasible, with a price and a reason."""
        page = self.as_(officer).open(f"/review/{self.proposals[idea]}")
        page.choose("decision", "feasible")
        page.select("Why?", "meets_criteria")
        page.fill("Explain it in plain words", "We went there, measured, and asked for two offers.")
        for number in range(len(DEFAULT)):
            page.choose(f"answers-{number}-reply", "yes")
            page.write(f"answers-{number}-sentence", "We looked at it there.")
        page.fill("What for", "Work and material")
        page.fill("Amount", IDEAS[idea])
        page.fill("Where does this amount come from?", "Two offers of May")
        page.tick("no_interest", "y")
        page.press("Publish the finding")
        assert page.heading == self.title(idea) and "We went there" in page.text

    def word(self, resident: Somebody, idea: str) -> None:
        """The author says in few words, and in both languages, what the ballot will say."""
        page = self.as_(resident).open(f"/proposals/{self.proposals[idea]}")
        page.follow("Write the short text")
        page.fill("What the ballot should say", f"{idea}, so that people are out and about after dark.")
        page.press("Keep this text")
        page.follow("Write it in Español")
        page.fill("Title", f"{idea} ({self.way})")
        page.fill("Short text", "Para que la gente salga también de noche.")
        page.press("Keep this wording")
        assert "It is kept in this language too." in page.text

    def vote(self, voter: Somebody, ideas: Sequence[str]) -> None:
        """Pick, check and cast; what was picked last is moved to the top of the list."""
        ranking = [self.title(idea) for idea in ideas]
        page = self.as_(voter).open(f"/ballots/{self.cycle}")
        for title in (*ranking[1:], ranking[0]):
            page.press(f"Add to my list: {title}")
        for _ in ranking[1:]:
            page.press(f"Move up: {ranking[0]}")
        page.press("Check my ballot")
        shown = page.page.locator(".ll-final li").all_inner_texts()
        assert [line.partition("$")[0].strip() for line in shown] == ranking
        page.press("Seal and cast my ballot")
        assert page.heading == "Thank you. Your vote is stored."

    def certify(self, signer: Somebody, words: str) -> Mouse:
        """One signature under the result."""
        page = self.as_(signer).open(f"/results/{self.cycle}")
        assert "Not certified" in page.text
        page.press(words)
        return page

    def project_of(self, idea: str) -> int:
        """The project that an idea has become."""
        project: int = town.ask(self.site, "SELECT id FROM project WHERE proposal_id = ?", self.proposals[idea])[0]
        return project

    def hand_over(self, clerk: Somebody, slug: str) -> None:
        """The funded project goes to a task force."""
        self.project = self.project_of(LAMPS)
        page = self.as_(clerk).open(f"/projects/{self.project}")
        page.follow("Give it to a task force")
        body = town.ask(self.site, "SELECT id FROM task_force WHERE slug = ?", slug)[0]
        page.select("Task force", str(body))
        page.fill("Organization that leads the work", "City streets department")
        page.fill("Who manages the work from day to day", "Projects desk, room 12")
        page.press("Hand it over")
        assert "The project is handed over." in page.text

    def promise(self, chairs: Sequence[Somebody]) -> None:
        """Two milestones, and with the signatures of both sides the plan becomes the promise."""
        page = self.as_(chairs[0]).open(f"/projects/{self.project}")
        page.follow("Plan the milestones")
        for number, title in enumerate(("Poles set", "Lamps lit"), start=1):
            page.fill("Milestone", title)
            if number == 1:
                page.select("Kind", "approval")
            page.fill("It is done when…", "Anybody can see it from the bus stop at dusk.")
            page.set_day("baseline_on", town.here(self.site) + timedelta(days=20 * number))
            page.press("Add it to the plan")
        page.follow("Make this the promise")
        page.press("Put it before both sides")
        assert "The plan is put before both sides." in page.text
        agreement = page.id_here()
        for chair in chairs:
            self._sign(self.as_(chair).open(f"/agreements/{agreement}"))
        assert "Signed by both sides" in self.as_(chairs[0]).open(f"/agreements/{agreement}").text

    def _sign(self, page: Mouse) -> None:
        if "Before you sign, confirm that it is you." in page.text:
            self._confirm(page)
        page.choose("verdict", "approve")
        page.press("Sign")

    def move_the_forecast(self, chair: Somebody) -> None:
        """A later day, with a reason that everybody can read."""
        page = self.as_(chair).open(f"/projects/{self.project}")
        page.follow("Change the forecast: Lamps lit")
        page.set_day("new_on", town.here(self.site) + timedelta(days=55))
        page.select("Reason", "supplier")
        page.fill("Explain it to residents", "The poles come from a foundry that is two weeks behind with its orders.")
        page.press("Publish the new forecast")
        assert "The forecast is changed" in page.text

    def tell(self, chair: Somebody) -> None:
        """An update in three answers."""
        page = self.as_(chair).open(f"/projects/{self.project}")
        page.follow("Publish an update")
        page.fill("What changed?", "The foundations are poured along the whole lane.")
        page.fill("Why?", "The ground was dry enough to begin early.")
        page.fill("What happens next?", "The poles arrive and the street is closed for a day.")
        page.press("Publish it")
        assert "Your update is public." in page.text

    def report(self, clerk: Somebody) -> int:
        """The results report, its figures frozen; the number of the edition."""
        page = self.as_(clerk).open(f"/results/{self.cycle}")
        page.follow("Publish: Results and budget")
        page.press("Freeze the figures and publish")
        assert "The figures are frozen." in page.text
        return page.id_here()
