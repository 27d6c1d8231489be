// Counts down in view what the Refresh header of the page does anyway; a page brought back by the browser loads anew.
const shown = document.querySelector("[data-countdown]");
const spoken = document.querySelector("[data-countdown-status]");
if (shown) {
  const whole = Number(shown.dataset.countdown);
  const says = shown.dataset.countdownSays;
  const began = Date.now();
  shown.hidden = false;
  const tick = () => {
    const left = Math.max(0, whole - Math.floor((Date.now() - began) / 1000));
    shown.textContent = `${says} ${left}`;
    if (spoken && (left === 60 || left === 20)) spoken.textContent = shown.textContent;
    if (left === 0) location.replace(shown.dataset.countdownUrl);
  };
  tick();
  setInterval(tick, 500);
}
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
