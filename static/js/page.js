// Small comforts on every page. Everything works without this file.

// After a refused form the reader hears what is wrong first.
document.querySelector("[data-error-summary]")?.focus();

// Error links go to the field itself, so typing can start at once.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".govuk-error-summary a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  (target.labels?.[0] ?? target.closest("fieldset") ?? target).scrollIntoView();
  target.focus({ preventScroll: true });
});

// On a phone the navigation folds away behind a button.
for (const button of document.querySelectorAll("[data-menu]")) {
  const header = button.closest(".ll-header");
  button.hidden = false;
  header.classList.add("ll-header--closable");
  button.addEventListener("click", () => {
    const open = header.classList.toggle("ll-header--open");
    button.setAttribute("aria-expanded", String(open));
  });
}

// Open menus close on Escape and when the reader goes elsewhere.
const menus = [...document.querySelectorAll("details[data-popover]")];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus.filter((m) => m.open)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});

// A form is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent && event.submitter?.matches("[data-once]")) event.preventDefault();
  if (event.submitter?.matches("[data-once]")) event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent));

// How many characters are left: seen at once, said aloud only after a pause.
for (const group of document.querySelectorAll("[data-count]")) {
  const input = group.querySelector("textarea, input");
  const shown = group.querySelector(".govuk-character-count__message");
  const said = group.querySelector("[data-count-status]");
  const most = Number(group.dataset.count);
  let pause;
  const tell = () => {
    const left = most - [...input.value].length;
    shown.textContent = `${left < 0 ? group.dataset.countOver : group.dataset.countLeft} ${Math.abs(left)}`;
    shown.classList.toggle("govuk-error-message", left < 0);
    clearTimeout(pause);
    pause = setTimeout(() => { said.textContent = shown.textContent; }, 1000);
  };
  input.addEventListener("input", tell);
  if (input.value) tell();
}

// Copy a receipt or a hash: <button data-copy="#id" data-copied="Copied" hidden>.
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.querySelector(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent.trim());
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = words; }, 3000);
  });
}

// Print buttons: <button data-print hidden>.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
