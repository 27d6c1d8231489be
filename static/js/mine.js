// The page on which somebody sees what became of a ballot. The ranking stays in this window: nothing is sent or kept.
const room = document.querySelector("[data-mine]");
if (room) start(room);

async function start(room) {
  const words = room.dataset;
  const picks = [...room.querySelectorAll("select[data-rank]")];
  const paste = room.querySelector("[data-paste]");
  const told = room.querySelector("[data-told]");
  const wrong = room.querySelector("[data-wrong]");
  const titles = new Map([...picks[0].options].filter((option) => option.value).map((option) => [Number(option.value), option.dataset.title]));
  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const titled = (number) => titles.get(number);

  let rules, outcome;
  try {
    [rules, outcome] = await Promise.all([import(words.rules), fetch(words.outcome).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    })]);
  } catch {
    room.querySelector("[data-broken]").hidden = false;
    return;
  }
  room.querySelector("[data-questions]").hidden = false;

  function money(cents) {
    const digits = cents % 100 ? 2 : 0;
    const written = new Intl.NumberFormat(document.documentElement.lang,
      { style: "currency", currency: words.currency, minimumFractionDigits: digits, maximumFractionDigits: digits });
    // As the server writes it: where the page is read from the right, the currency keeps its own order.
    const whole = (part) => (part.type === "currency" && document.dir === "rtl" ? `\u2068${part.value}\u2069` : part.value);
    return written.formatToParts(cents / 100).map(whole).join("");
  }

  function element(name, text, className = "") {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function list(kind, sentences) {
    const made = element(kind, "", `govuk-list govuk-list--${kind === "ol" ? "number" : "bullet"}`);
    made.append(...sentences.map((sentence) => element("li", sentence)));
    return made;
  }

  function refuse(field, sentence) {
    for (const each of [...picks, paste]) each.removeAttribute("aria-invalid");
    wrong.textContent = sentence;
    wrong.hidden = !sentence;
    if (!sentence) return;
    told.replaceChildren();
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  function why({ number, funded, phase, round, code }) {
    const key = !funded ? { withdrawn: "withdrawn", costs_more_than_the_pot: "tooDear", unranked: "unranked" }[code] ?? "notFunded"
      : { shared: "funded", points: "funded", runoffs: round ? "fundedRunoff" : "funded" }[phase] ?? "funded";
    return fill(words[key], { title: titled(number), number: round });
  }

  function paid({ shareCents, keptCents, payments }) {
    const spent = payments.filter(({ units }) => units > 0n).map(({ option, cents }) => fill(words.paid, { title: titled(option), money: money(cents) }));
    const rest = fill(spent.length ? words.kept : words.keptAll, { money: money(keptCents) });
    return [element("h3", words.sharedTitle, "govuk-heading-m"), element("p", fill(words.share, { money: money(shareCents) })), list("ul", [...spent, rest])];
  }

  function stood({ number, winner, stood: path }) {
    const changes = path.filter((option, at) => at === 0 || option !== path[at - 1]);
    const named = changes.filter((option) => option !== null).map(titled);
    const last = path.at(-1);
    const how = !named.length ? words.stoodNowhere : named.length === 1 ? fill(words.stood, { title: named[0] })
      : fill(words.stoodThen, { titles: named.map((title) => `“${title}”`).join(" → ") });
    const end = last === winner ? words.won : fill(last === null && named.length ? words.rested : words.lost, { title: titled(winner) });
    return `${fill(words.runoff, { number })} ${how} ${end}`;
  }

  function tell(ranking) {
    const mine = rules.personal(outcome, ranking);
    const heading = element("h2", words.title, "govuk-heading-l");
    heading.tabIndex = -1;
    const got = mine.options.filter((option) => option.funded).length;
    const parts = [heading, element("p", fill(words.summary, { funded: got, all: ranking.length }), "ll-said"), list("ol", mine.options.map(why))];
    if (!mine.ranking.length) parts.push(element("p", words.empty));
    if (mine.shares && mine.ranking.length) parts.push(...paid(mine.shares));
    if (mine.points?.length) parts.push(element("h3", words.pointsTitle, "govuk-heading-m"),
      list("ul", mine.points.map(({ option, points }) => fill(words.points, { title: titled(option), points }))));
    if (mine.runoffs.length && mine.ranking.length) parts.push(element("h3", words.runoffsTitle, "govuk-heading-m"), list("ul", mine.runoffs.map(stood)));
    told.replaceChildren(...parts);
    heading.focus();
  }

  room.querySelector("[data-show]").addEventListener("click", () => {
    const chosen = picks.map((pick) => Number(pick.value)).filter(Boolean);
    refuse(null, "");
    if (!chosen.length) return refuse(picks[0], words.nothing);
    const twice = picks.find((pick, at) => pick.value && picks.findIndex((other) => other.value === pick.value) < at);
    if (twice) return refuse(twice, fill(words.twice, { title: titled(Number(twice.value)) }));
    tell(chosen);
  });

  room.querySelector("[data-use]").addEventListener("click", () => {
    refuse(null, "");
    const { ranking, wrong: piece, shared } = rules.pasted(paste.value, titles);
    if (piece !== undefined) return refuse(paste, fill(shared ? words.shared : words.unknown, { piece }));
    if (!ranking.length) return refuse(paste, words.nothing);
    if (ranking.length > picks.length) return refuse(paste, fill(words.tooMany, { most: picks.length }));
    picks.forEach((pick, at) => { pick.value = ranking[at] ?? ""; });
    tell(ranking);
  });

  // Nobody who comes back to this window, or to this device, finds the ranking.
  function forget() {
    for (const pick of picks) pick.value = "";
    paste.value = "";
    told.replaceChildren();
  }
  room.querySelector("[data-forget]").addEventListener("click", () => { forget(); refuse(null, ""); picks[0].focus(); });
  addEventListener("pagehide", forget);
  forget();
}
