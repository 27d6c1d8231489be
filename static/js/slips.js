// Shows the titles of the options while a slip is being typed. The page works the same without it.
const form = document.querySelector("[data-slip-line]");
if (form) {
  const titles = JSON.parse(form.dataset.titles);
  const keys = JSON.parse(form.dataset.keys);
  const input = form.querySelector("#line");
  const live = form.querySelector("[data-slip-live]");
  const word = (part) => titles[Number(part)] ?? keys[part.toLowerCase()] ?? form.dataset.unknown;
  const tell = () => {
    const parts = input.value.replace(/[=,.]/g, " ").trim().split(/\s+/).slice(1);
    live.replaceChildren(...parts.map((part) => {
      const shown = document.createElement("span");
      shown.textContent = `${part} · ${word(part)}`;
      return shown;
    }));
  };
  input.addEventListener("input", tell);
  tell();
  input.select();
}
