// Plays a count without a round trip to a new page. The printed links do the same by themselves.
const room = document.querySelector("[data-steps]");
if (room && window.history && window.DOMParser) start(room);

function start(room) {
  const PACE = 4000;
  const said = room.querySelector("[data-announce]");
  const play = room.querySelector("[data-play]");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let playing = false;
  let timer = null;
  let turn = 0;
  let shown = location.search;

  // The newest wish wins: an answer that comes late is thrown away.
  async function show(address, { remember = true, focus = null } = {}) {
    const mine = ++turn;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== turn) return false;
      for (const part of ["[data-step]", "[data-log]"]) document.querySelector(part).replaceWith(page.querySelector(part));
    } catch {
      pause();
      location.assign(address);
      return false;
    }
    if (remember) history.pushState(null, "", address);
    shown = location.search;
    said.textContent = ["[data-where]", "[data-sentence]"].map((part) => room.querySelector(part).textContent.trim()).join(". ");
    if (focus) { keepFocus(focus); comeIntoView(); }
    return true;
  }

  // The pressed link is there again after the swap; at either end its neighbor takes the focus.
  function keepFocus(kind) {
    const wanted = { first: ["first", "next"], previous: ["previous", "next"], next: ["next", "previous"], last: ["last", "previous"] }[kind];
    wanted.map((name) => room.querySelector(`[data-go="${name}"]`)).find(Boolean)?.focus({ preventScroll: true });
  }

  // On a phone the sentence may stand below the buttons and out of sight: whoever pressed one wants to read it.
  function comeIntoView() {
    const sentence = room.querySelector("[data-sentence]").getBoundingClientRect();
    if (sentence.bottom > innerHeight || sentence.top < 0) room.querySelector("[data-step]").scrollIntoView({ block: "start" });
  }

  function pause() {
    playing = false;
    clearTimeout(timer);
    play.textContent = play.dataset.playWord;
  }

  function goOn() {
    const next = room.querySelector('[data-go="next"]');
    if (!next) return pause();
    timer = setTimeout(async () => {
      const focus = next === document.activeElement ? "next" : null;
      if (await show(next.href, { focus }) && playing) goOn();
    }, PACE);
  }

  room.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    pause();
    show(link.href, { focus: link.dataset.go });
  });

  // At the end, Play begins again.
  play.addEventListener("click", async () => {
    if (playing) return pause();
    playing = true;
    play.textContent = play.dataset.pauseWord;
    if (!room.querySelector('[data-go="next"]') && !await show(room.querySelector('[data-go="first"]').href)) return;
    if (playing) goOn();
  });

  // Nothing moves by itself for those who asked for stillness, nor where nobody looks.
  const settle = () => { room.querySelector("[data-play-room]").hidden = still.matches; if (still.matches) pause(); };
  still.addEventListener("change", settle);
  document.addEventListener("visibilitychange", () => { if (document.hidden) pause(); });
  addEventListener("popstate", () => {
    if (location.search === shown) return;
    pause();
    show(location.href, { remember: false });
  });
  settle();
}
