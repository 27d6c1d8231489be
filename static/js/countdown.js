// Counts down in view; a touch or a key starts it anew and tells the server that somebody is still there.
const shown = document.querySelector("[data-countdown]");
const spoken = document.querySelector("[data-countdown-status]");
if (shown) {
  const { countdown, countdownSays, countdownUrl, countdownHere } = shown.dataset;
  let touched = Date.now();
  let told = touched;
  shown.hidden = false;
  const tick = () => {
    const left = Math.max(0, Number(countdown) - Math.floor((Date.now() - touched) / 1000));
    shown.textContent = `${countdownSays} ${left}`;
    if (spoken && (left === 60 || left === 20)) spoken.textContent = shown.textContent;
    if (left === 0) location.replace(countdownUrl);
  };
  const touch = () => {
    touched = Date.now();
    if (countdownHere && touched - told > 45_000) {
      told = touched;
      fetch(countdownHere, { cache: "no-store" });
    }
    tick();
  };
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, touch, { passive: true });
  tick();
  setInterval(tick, 500);
}
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
