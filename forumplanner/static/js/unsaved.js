// The recorder's page says when something is not saved yet, and asks before it is left.
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
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
