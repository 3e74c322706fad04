// The recorder's page says when something is not saved yet, and saves by Ctrl+S. Asking before it is left: typed.js.
const form = document.getElementById("record");
const saved = document.getElementById("saved");
if (form && saved) {
  let unsaved = form.getAttribute("data-typed") === "yes";
  if (unsaved) saved.textContent = saved.dataset.unsaved;
  form.addEventListener("input", () => {
    if (!unsaved) saved.textContent = saved.dataset.unsaved;
    unsaved = true;
  });
  form.addEventListener("submit", () => {
    unsaved = false;
  });
  window.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    if (form.requestSubmit) form.requestSubmit();
    else form.querySelector("button[type=submit]").click();
  });
}
