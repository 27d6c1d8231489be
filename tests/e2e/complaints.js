// What is wrong with the page as it stands, in sentences; an empty list is a good page.
() => {
  const said = [];
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = (e) => (e?.textContent ?? "").replace(/\s+/g, " ").trim();
  const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden";
  const name = (e) => `<${e.tagName.toLowerCase()}${e.id ? ` id=${e.id}` : ""}${e.name ? ` name=${e.name}` : ""}> ${words(e).slice(0, 40)}`;
  const say = (what, e) => said.push(e ? `${what}: ${name(e)}` : what);

  if (!document.documentElement.lang) say("the page names no language");
  if (!document.title.endsWith(" – Lamplight") && location.pathname !== "/") say(`the title does not end with the site's name: ${document.title}`);
  const h1 = all("h1").length;
  if (h1 !== 1) say(`${h1} first-level headings`);

  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6").filter((e) => shown(e) || e.closest("details"))) {
    const next = Number(heading.tagName[1]);
    if (level && next > level + 1) say(`from a heading of level ${level} to one of ${next}`, heading);
    level = next;
  }

  const seen = new Set();
  for (const { id } of all("[id]")) { if (seen.has(id)) say(`two elements have the id ${id}`); seen.add(id); }
  for (const at of ["aria-describedby", "aria-labelledby", "aria-controls"])
    for (const e of all(`[${at}]`))
      for (const id of e.getAttribute(at).split(/\s+/).filter(Boolean)) if (!document.getElementById(id)) say(`${at} points to nothing (${id})`, e);

  for (const e of all("input:not([type=hidden]), select, textarea"))
    if (!e.labels?.length && !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby")) say("no label", e);
  for (const e of all("input[type=radio]"))
    if (!words(e.closest("fieldset")?.querySelector(":scope > legend"))) say("an answer outside a fieldset with its legend", e);
  for (const e of all("input[type=checkbox]"))
    if (all(`input[type=checkbox][name="${CSS.escape(e.name)}"]`).length > 1 && !words(e.closest("fieldset")?.querySelector(":scope > legend")))
      say("an answer outside a fieldset with its legend", e);
  for (const e of all("form")) if (e.method === "post" && !e.querySelector("input[name=csrf_token]")?.value) say("a form without its token", e);

  const summary = document.querySelector("[data-error-summary]");
  const pointed = new Set(all("a[href^='#']", summary ?? document.createElement("p")).map((a) => decodeURIComponent(a.hash.slice(1))));
  for (const id of pointed) if (!document.getElementById(id)) say(`the summary of errors points to nothing (${id})`);
  for (const e of all(".govuk-error-message")) {
    const told = all(`[aria-describedby~="${CSS.escape(e.id)}"]`)[0];
    if (!e.id || !told) { say("an error tied to no field", e); continue; }
    const group = told.tagName === "FIELDSET";
    if (!group && told.getAttribute("aria-invalid") !== "true") say("a wrong field that does not say so", told);
    const fields = group ? [told, ...all("input, select, textarea", told)] : [told];
    if (!fields.some((field) => pointed.has(field.id))) say("an error missing from the summary", told);
  }

  for (const e of all("a[href]")) if (!(words(e) || e.getAttribute("aria-label") || e.querySelector("img[alt]:not([alt=''])"))) say("a link without words", e);
  for (const e of all("button")) if (!(words(e) || e.getAttribute("aria-label"))) say("a button without words", e);
  for (const e of all("img")) if (!e.hasAttribute("alt")) say("an image without alternative", e);
  for (const e of all("table")) if (!words(e.caption) || !e.querySelector("th")) say("a table without caption or headings", e);
  for (const e of all("[style]")) if (!e.closest("svg, [data-ranked], [data-map]")) say("an inline style", e);
  return said;
}
