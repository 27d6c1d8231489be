"""How somebody uses a page: by pointing, or with nothing but a keyboard; what is pressed is named by its words."""

import re
from typing import Any

from playwright.sync_api import Locator, Page

from tests.e2e.town import Somebody

FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const words = (n) => (n?.textContent || "").replace(/\\s+/g, " ").trim();
  const label = e.labels?.length ? words(e.labels[0]) : "";
  const ring = (of) => { const s = getComputedStyle(of);
    return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none"; };
  return {tag: e.tagName.toLowerCase(), type: e.type || "", name: e.name || "", value: e.value || "", id: e.id,
    words: e.getAttribute("aria-label") || label || words(e), checked: e.checked === true,
    visible: ring(e) || (e.closest(".ll-card") !== null && ring(e.closest(".ll-card")))};
}"""
MOST_STOPS = 500
SKIP = "Skip to main content"
"""The first stop of every page; who uses a keyboard takes it, and goes round to what stands above only when it must."""


def as_heard(words: str) -> re.Pattern[str]:
    """A name as a browser speaks it: it puts a space before words that are there for the ear only."""
    return re.compile(rf"^{re.escape(words)}$".replace(":", r"\s?:"))


class Mouse:
    """Fills in, chooses and presses by pointing; goes on only when the page it is led to is there."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page, self.scripts = page, scripts

    def open(self, path: str) -> "Mouse":
        answer = self.page.goto(path)
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}\n{self.text[:1500]}"
        return self

    @property
    def text(self) -> str:
        """The words of the page, spaces folded."""
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def heading(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    def sign_in(self, somebody: Somebody) -> "Mouse":
        self.open("/sign-in").press(somebody.name)
        assert f"Welcome, {somebody.name}." in self.text
        return self

    def fill(self, label: str, text: str, *, nth: int = 0) -> None:
        self.page.get_by_label(label, exact=True).nth(nth).fill(text)

    def write(self, name: str, text: str) -> None:
        """Fill in one of several fields with the same label."""
        self.page.locator(f"input[name='{name}']").fill(text)

    def set_day(self, name: str, day: Any) -> None:
        self.page.locator(f"input[name='{name}']").fill(day.isoformat())

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"input[name='{name}'][value='{value}']").check()

    def tick(self, name: str, value: str) -> None:
        """One box of several."""
        self.page.locator(f"input[name='{name}'][value='{value}']").check()

    def select(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(value)

    def press(self, words: str) -> None:
        self.click(self._there(self.page.get_by_role("button", name=as_heard(words))))

    def follow(self, words: str) -> None:
        self.click(self._there(self.page.get_by_role("link", name=as_heard(words))))

    def click(self, found: Locator) -> None:
        """Click, and wait for the page behind it: Playwright itself goes on while the old page still stands."""
        if self._acts_here(found.get_attribute("value")):
            found.click()
            return
        with self.page.expect_navigation():
            found.click()

    def _acts_here(self, value: str | None) -> bool:
        """With scripts, a row of the ballot (`up:3`) moves on the spot; everything else leads to a page."""
        return self.scripts and ":" in (value or "")

    def _there(self, found: Locator) -> Locator:
        assert found.count(), f"not on {self.page.url}: {found}\n{self.text[:2500]}"
        return found.first

    def id_here(self) -> int:
        """The number at the end of the address."""
        return int(self.page.url.partition("#")[0].rstrip("/").rsplit("/", 1)[-1])


class Keyboard(Mouse):
    """Uses Tab, arrows, Space, Enter and letters; insists that it can be seen where one is."""

    def fill(self, label: str, text: str, *, nth: int = 0) -> None:
        self._tab_to(lambda at: at["tag"] in ("input", "textarea") and at["words"] == label, label, skip=nth)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def write(self, name: str, text: str) -> None:
        self._tab_to(lambda at: at["name"] == name, name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def set_day(self, name: str, day: Any) -> None:
        self._tab_to(lambda at: at["name"] == name, name)
        self.page.keyboard.type(day.strftime("%m%d%Y"))
        assert self._focused()["value"] == day.isoformat()

    def choose(self, name: str, value: str) -> None:
        at = self._tab_to(lambda at: at["type"] == "radio" and at["name"] == name, name)
        for _ in range(30):
            if at["value"] == value:
                self.page.keyboard.press("Space")
                assert self._focused()["checked"]
                return
            self.page.keyboard.press("ArrowDown")
            at = self._focused()
        raise AssertionError(f"no answer {value} to {name}")

    def tick(self, name: str, value: str) -> None:
        self._tab_to(lambda at: at["type"] == "checkbox" and (at["name"], at["value"]) == (name, value), name)
        self.page.keyboard.press("Space")
        assert self._focused()["checked"]

    def select(self, label: str, value: str) -> None:
        self._tab_to(lambda at: at["tag"] == "select" and at["words"] == label, label)
        for key in ("Home", *["ArrowDown"] * 60):
            self.page.keyboard.press(key)
            if self._focused()["value"] == value:
                return
        raise AssertionError(f"no choice {value} at {label}")

    def press(self, words: str) -> None:
        self._go(lambda at: at["tag"] == "button" and at["words"] == words, words)

    def follow(self, words: str) -> None:
        self._go(lambda at: at["tag"] == "a" and at["words"] == words, words)

    def _go(self, wanted: Any, words: str) -> None:
        at = self._tab_to(wanted, words)
        assert at["visible"], f"it cannot be seen that “{words}” has the focus"
        if self._acts_here(at["value"]):
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _tab_to(self, wanted: Any, words: str, *, skip: int = 0) -> dict[str, Any]:
        at, skips = self._focused(), True
        for _ in range(MOST_STOPS):
            if at and wanted(at):
                if not skip:
                    return at
                skip -= 1
            first_stop = skips and at.get("words") == SKIP
            self.page.keyboard.press("Enter" if first_stop else "Tab")
            skips = skips and not first_stop
            at = self._focused()
        raise AssertionError(f"Tab never comes to “{words}” on {self.page.url}\n{self.text[:1500]}")

    def _focused(self) -> dict[str, Any]:
        return self.page.evaluate(FOCUSED) or {}
