// The recorder's page says when something is not saved yet, asks before it is left, and saves by Ctrl+S.
const form = document.getElementById("record");
const saved = document.getElementById("saved");
if (form && saved) {
  let unsaved = false;
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
    form.requestSubmit();
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
