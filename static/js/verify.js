// Works out the SHA-256 of a report in the browser, so that the file itself is never sent. Without this the form sends it.
const box = document.querySelector("[data-verify]");
const form = box?.querySelector("form");
const input = form?.querySelector("input[type=file]");
const status = box?.querySelector("[data-verify-status]");

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function check(file) {
  status.textContent = box.dataset.working;
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  location.assign(`${box.dataset.verify}?hash=${hex(digest)}#answer`);
}

// Only pages that came safely may work with hashes (https, or this machine itself).
if (input && globalThis.crypto?.subtle) {
  status.textContent = box.dataset.drop;
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    check(input.files[0]).catch(() => form.submit());
  });
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("ll-drop--over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("ll-drop--over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("ll-drop--over");
    const [file] = event.dataTransfer.files;
    if (!file) return;
    input.files = event.dataTransfer.files;
    check(file).catch(() => { status.textContent = box.dataset.drop; });
  });
}
