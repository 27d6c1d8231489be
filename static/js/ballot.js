// Orders the ballot without a round trip. The printed buttons do the same by POST; nothing is stored here.
const form = document.querySelector("form[data-ballot]");
if (form) start(form);

function start(form) {
  const ranked = form.querySelector("[data-ranked]");
  const unranked = form.querySelector("[data-unranked]");
  const said = form.querySelector("[data-announce]");
  const most = Number(form.dataset.max);
  const home = unranked ? [...unranked.children, ...ranked.children]
    .map((row) => row.dataset.option).sort((a, b) => a - b) : [];

  const rows = () => [...ranked.children];
  const button = (row, way) => row.querySelector(`button[value^="${way}:"]`);
  const fill = (words, facts) => words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

  function say(kind, row) {
    const facts = { title: row?.dataset.title, place: rows().indexOf(row) + 1, count: rows().length };
    said.textContent = fill(form.dataset[kind], facts);
  }

  function refresh() {
    const picks = rows();
    const full = picks.length >= most;
    picks.forEach((row, at) => show(row, { ranked: true, first: at === 0, last: at === picks.length - 1 }));
    for (const row of unranked?.children ?? []) show(row, { ranked: false, full });
    toggle("[data-none]", picks.length > 0);
    toggle("[data-full]", !full);
    const picked = form.querySelector("[data-picked]");
    if (picked) picked.textContent = fill(picked.dataset.words, { count: picks.length, max: most });
    pot(picks.reduce((sum, row) => sum + Number(row.dataset.cost), 0));
  }

  function toggle(selector, hidden) {
    const element = form.querySelector(selector);
    if (element) element.hidden = hidden;
  }

  function show(row, { ranked: isRanked, first = false, last = false, full = false }) {
    row.querySelector("input[name=ranked]").disabled = !isRanked;
    for (const way of ["up", "down", "remove"]) if (button(row, way)) button(row, way).hidden = !isRanked;
    if (button(row, "add")) { button(row, "add").hidden = isRanked; button(row, "add").disabled = full; }
    if (button(row, "up")) button(row, "up").disabled = first;
    if (button(row, "down")) button(row, "down").disabled = last;
    const why = row.querySelector("[data-why-full]");
    if (why) why.hidden = isRanked || !full;
    const handle = row.querySelector("[data-handle]");
    if (handle) handle.hidden = !isRanked || !window.Sortable;
  }

  function pot(used) {
    const box = form.querySelector("[data-pot]");
    if (!box) return;
    const whole = Number(box.dataset.pot);
    const scale = 1000 / Math.max(whole, used, 1);
    const label = box.querySelector("[data-pot-left-label]");
    box.classList.toggle("ll-pot--over", used > whole);
    box.querySelector("[data-pot-used]").setAttribute("width", Math.round(used * scale));
    box.querySelector("[data-pot-edge]").setAttribute("x", Math.round(whole * scale) - 3);
    box.querySelector("[data-pot-used-words]").textContent = money(used);
    box.querySelector("[data-pot-left-words]").textContent = money(Math.abs(whole - used));
    label.textContent = used > whole ? label.dataset.over : label.dataset.left;
  }

  function money(cents) {
    const digits = cents % 100 ? 2 : 0;
    const written = new Intl.NumberFormat(document.documentElement.lang,
      { style: "currency", currency: form.dataset.currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
    // As the server writes it: where the page is read from the right, the currency keeps its own order.
    const whole = (part) => (part.type === "currency" && document.dir === "rtl" ? `\u2068${part.value}\u2069` : part.value);
    return written.formatToParts(cents / 100).map(whole).join("");
  }

  function sendHome(row) {
    const later = [...unranked.children].find((other) => home.indexOf(other.dataset.option) > home.indexOf(row.dataset.option));
    unranked.insertBefore(row, later ?? null);
  }

  const moves = {
    up: (row) => { row.previousElementSibling?.before(row); refresh(); say("saidMoved", row); },
    down: (row) => { row.nextElementSibling?.after(row); refresh(); say("saidMoved", row); },
    remove: (row) => { if (unranked) sendHome(row); else row.remove(); refresh(); say("saidRemoved", row); },
    add: (row) => {
      if (rows().length >= most) return say("saidFull", row);
      ranked.append(row); refresh(); say("saidAdded", row);
    },
  };

  // The pressed button keeps the focus; when it went away, its neighbor in the same row takes it.
  function keepFocus(row, way) {
    const wanted = { up: ["up", "down"], down: ["down", "up"], add: ["up", "remove"], remove: ["add"] }[way];
    const next = wanted.map((name) => button(row, name)).find((b) => b && !b.disabled && !b.hidden);
    (next ?? [...row.querySelectorAll("button")].find((b) => !b.disabled && !b.hidden))?.focus();
  }

  form.addEventListener("submit", (event) => {
    const [way, number] = (event.submitter?.name === "move" ? event.submitter.value : "").split(":");
    const row = event.submitter?.closest("[data-option]");
    if (!row || !moves[way] || row.dataset.option !== number) return;
    if (way === "add" && !ranked) return;
    event.preventDefault();
    moves[way](row);
    keepFocus(row, way);
  });

  if (window.Sortable) {
    new window.Sortable(ranked, { handle: "[data-handle]", animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      onEnd: ({ item, oldIndex, newIndex }) => { refresh(); if (oldIndex !== newIndex) say("saidMoved", item); } });
  }
  refresh();
}
