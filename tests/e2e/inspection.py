"""How the browser tests look at a page: what it answers, what axe and our own eyes find, and what its console says."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.sizes import size

HERE = Path(__file__).parent
AXE = (HERE.parent / "vendor" / "axe.min.js").read_text()
COMPLAINTS, SMALL = (HERE / "complaints.js").read_text(), (HERE / "small.js").read_text()
RUN_AXE = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  return found.violations.flatMap((v) => v.nodes.map((n) =>
    `${v.id}: ${n.target.join(" ")} – ${n.html.slice(0, 120)}`));
}"""
HEIGHT = 900
DESK, PHONE, SMALLEST = 1280, 390, 320
AXE_AT = size(commit=(PHONE,), night=(DESK, PHONE))
"""Where axe looks: it takes longer than all the rest, and most of what it finds is there at any width."""
SHOTS = os.environ.get("LAMPLIGHT_SHOTS")
"""A folder for a picture of every page at both widths, for somebody who wants to look."""


@dataclass
class Inspector:
    """A window whose console is listened to; where scripts are off axe cannot run, the rest of us can."""

    page: Page
    scripts: bool = True
    axe: bool = True
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self._hear(message.type, message.text))
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))

    def open(self, path: str) -> int:
        """Go there; what it answers after redirects."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status

    def complaints(self) -> list[str]:
        """Everything that is wrong with the page now open, at a desk, on a phone and on the smallest one."""
        found = [*self.page.evaluate(COMPLAINTS)]
        for width in (DESK, PHONE, SMALLEST):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            found += [f"at {width} px {each}" for each in self.page.evaluate(SMALL)]
            if self.scripts and self.axe and width in AXE_AT:
                found += [f"at {width} px {each}" for each in self._axe()]
            if width != SMALLEST:
                self._picture(width)
        self.page.set_viewport_size({"width": DESK, "height": HEIGHT})
        return found + self.heard

    def _axe(self) -> list[Any]:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found: list[Any] = self.page.evaluate(RUN_AXE)
        return found

    def _picture(self, width: int) -> None:
        if SHOTS:
            name = re.sub(r"\W+", "-", self.page.url.split("/", 3)[-1].partition("?")[0]) or "home"
            self.page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.heard.append(f"console: {text}")
