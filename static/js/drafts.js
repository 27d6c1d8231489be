// Saves a draft while it is written. The printed buttons save it too, and without this file they are enough.
const room = document.querySelector("[data-autosave]");
if (room && window.fetch) start(room, room.querySelector("form"));

function start(room, form) {
  const PAUSE = 1500;
  const said = room.querySelector("[data-saved]");
  const typed = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "read")).toString();
  let saved = typed();
  let timer = null;
  let running = null;
  let stopped = false;

  // After a clash only the button saves: its page shows both texts.
  async function save() {
    clearTimeout(timer);
    if (running || stopped || typed() === saved) return;
    const now = typed();
    running = send();
    const kept = await running;
    running = null;
    if (kept) saved = now;
    if (kept && typed() !== saved) soon();
  }

  async function send() {
    try {
      const answer = await fetch(room.dataset.autosave, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, keepalive: true,
      });
      const told = await answer.json();
      said.textContent = told.said;
      stopped = answer.status === 409;
      if (!answer.ok) return false;
      form.elements.read.value = told.read;
      settle(told);
      return true;
    } catch {
      said.textContent = room.dataset.unsaved;
      return false;
    }
  }

  // The first words have made a draft: from now on the form belongs to its address.
  function settle({ here, autosave }) {
    if (room.dataset.autosave === autosave) return;
    room.dataset.autosave = autosave;
    form.setAttribute("action", here);
    history.replaceState(null, "", here);
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  // What a button has put in, for example a price from the list, is not saved yet.
  if ("typed" in room.dataset) {
    saved = null;
    soon();
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });

  // What is on its way arrives first, so that the page does not meet its own words as somebody else's.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!running) return;
    event.preventDefault();
    event.stopPropagation();
    stopped = true;
    await running;
    form.requestSubmit(event.submitter);
  });
}
