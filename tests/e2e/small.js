// What is too small or too wide: targets under 24 × 24 pixels that are not inside a sentence, and a page that scrolls sideways.
() => {
  const said = [];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) {
    const guilty = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .slice(-3).map((e) => `${e.tagName.toLowerCase()}.${e.className} ${(e.textContent || "").trim().slice(0, 30)}`);
    said.push(`scrolls sideways by ${wide} px: ${guilty.join(" | ")}`);
  }
  for (const e of document.querySelectorAll("button, input:not([type=hidden]), select, textarea, summary, nav a, .govuk-button")) {
    const box = e.getBoundingClientRect();
    if (!box.width || getComputedStyle(e).visibility === "hidden" || e.closest(".govuk-visually-hidden")) continue;
    if (box.width < 24 || box.height < 24) said.push(`target of ${Math.round(box.width)} × ${Math.round(box.height)}: ${e.tagName} ${(e.textContent || e.name || "").trim().slice(0, 40)}`);
  }
  return said;
}
