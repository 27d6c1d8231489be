// What became of one ballot, worked out from the published outcome of a count alone. It knows no page and sends nothing.
// Money of the shared budget is in units, as the rule defines it: a vote is 2^96 of them.
export const UNIT = 2n ** 96n;

// What an outcome is called that tells totals only: what a share paid cannot be worked out from it.
export const REDUCED = "lamplight-totals/1";

// outcome: the published outcome.json; ranking: option numbers, best first. Returns
//   ranking    the ranking that was counted, without options struck from every ballot before the count
//   struck     the options that were
//   options    [{number, funded, phase, round, code}] for each ranked option
//   shares     null, or {kept, keptCents, shareCents, payments: [{option, units, cents}]}; units are BigInt, cents a Number
//   runoffs    [{number, winner, stood: [option or null, …]}]: with whom it stood in each count, null for none
//   points     null, or [{option, points}]
export function personal(outcome, ranking) {
  const start = outcome.events.find((event) => event.phase === "start" && event.kind === "support").numbers;
  const struck = outcome.events.filter((event) => event.phase === "start" && ["withdraw", "set_aside_cost"].includes(event.kind))
    .map((event) => event.option);
  const counted = ranking.filter((number) => !struck.includes(number));
  return {
    ranking: counted,
    struck: ranking.filter((number) => struck.includes(number)),
    options: ranking.map((number) => ending(outcome, number)),
    shares: shares(outcome, start, counted),
    runoffs: runoffs(outcome.events, counted),
    points: points(outcome.events, start, counted),
  };
}

function ending(outcome, number) {
  const { code, event } = outcome.reasons.find((reason) => reason.option === number);
  const { phase, round } = outcome.events[event];
  return { number, code, phase, round, funded: code === "funded" };
}

// What a share was worth, and what of it paid for what, by either rule that gives every ballot a share.
function shares(outcome, start, ranking) {
  if (!["shared-budget", "equal-shares"].includes(outcome.rule) || outcome.format === REDUCED) return null;
  const whole = BigInt(start.counting_ballots) * UNIT;
  const cents = (units) => inCents(units, whole, outcome.pot_cents);
  const payments = [];
  let kept = ranking.length ? UNIT : 0n;
  for (const event of outcome.events.filter((each) => each.kind === "fund" && keeps[each.phase])) {
    const after = keeps[event.phase](event, kept, ranking.indexOf(event.option), start.max_ranks);
    if (after === null) continue;
    payments.push({ option: event.option, units: kept - after, cents: cents(kept - after) });
    kept = after;
  }
  return { kept, keptCents: cents(kept), shareCents: cents(UNIT), payments };
}

// What a ballot keeps that ranks the funded option at this place (from 0; -1 not at all), or null where it does not pay.
const keeps = {
  // ⌈units · (support − need) / support⌉, once the count looks as far as this place
  shared({ round, numbers }, kept, place) {
    if (place < 0 || place >= round) return null;
    const need = BigInt(numbers.need_units), support = BigInt(numbers.support_units);
    return need === 0n ? kept : (kept * (support - need) + support - 1n) / support;
  },
  // the price for its points, or all it carries if that is less
  equal({ numbers }, kept, place, maxRanks) {
    if (place < 0) return null;
    const due = (BigInt(numbers.price_units) * BigInt(maxRanks - place)) / BigInt(numbers.price_points);
    return due < kept ? kept - due : 0n;
  },
};

function inCents(units, whole, pot) {
  return whole ? Number((units * BigInt(pot) * 2n + whole) / (whole * 2n)) : 0;
}

// In a runoff a ballot stands with its highest option still in; options leave it one by one.
function runoffs(events, ranking) {
  const found = [];
  let alive = new Set();
  const stands = () => ranking.find((number) => alive.has(number)) ?? null;
  for (const event of events.filter((each) => each.phase === "runoffs" && each.round > 0)) {
    if (event.kind === "support" && found.at(-1)?.number !== event.round) {
      alive = new Set(event.numbers.votes.map(([number]) => number));
      found.push({ number: event.round, winner: null, stood: [stands()] });
    } else if (event.kind === "eliminate") {
      alive.delete(event.option);
      found.at(-1).stood.push(stands());
    } else if (event.kind === "fund") {
      found.at(-1).winner = event.option;
    }
  }
  return found;
}

function points(events, start, ranking) {
  if (!events.some((event) => event.phase === "points")) return null;
  return ranking.map((option, place) => ({ option, points: start.max_ranks - place }));
}

const SHARED = null; // in place of a number: the title of several projects

// Numbers or titles as somebody pastes them: "3, 1, 7", "3 > 1 > 7", or one project a line.
// titles: Map of number → title. Returns {ranking} or {wrong: the piece nobody could read}, with shared: true where it is
// the title of several projects, so that only a number says which.
export function pasted(text, titles) {
  const bare = /^[\d\s,;>.]+$/.test(text) && !/^\s*\d+[.)]\s+\D/m.test(text);
  const pieces = bare ? text.split(/[\s,;>.]+/) : text.split(/\n/);
  const byTitle = new Map();
  for (const [number, title] of titles) byTitle.set(plain(title), byTitle.has(plain(title)) ? SHARED : number);
  const ranking = [];
  for (const piece of pieces.map((each) => each.trim()).filter(Boolean)) {
    const name = [piece, piece.replace(/^\d+\s*[.):·-]\s*/, "")].map(plain).find((each) => byTitle.has(each));
    const number = titles.has(Number(piece)) ? Number(piece) : byTitle.get(name);
    if (number === SHARED) return { wrong: piece, shared: true };
    if (number === undefined || ranking.includes(number)) return { wrong: piece };
    ranking.push(number);
  }
  return { ranking };
}

function plain(words) {
  return words.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
}
