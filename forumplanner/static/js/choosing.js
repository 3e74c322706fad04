// Ticks are saved by every button of their page; leaving it by a link saves them too, and the count follows each tick.
// Without this script the buttons do it, and the count is right on the next page.
{
  const form = document.querySelector("form[data-kept]");
  if (form) {
    const count = form.querySelector("[data-chosen]");
    let isChanged = false;
    let isSent = false;

    const difference = () => {
      const saved = new Set(Array.from(form.querySelectorAll("input[name=was]"), (input) => input.value));
      return Array.from(form.querySelectorAll("input[name=partner]")).reduce(
        (sum, box) => sum + (box.checked ? 1 : 0) - (saved.has(box.value) ? 1 : 0),
        0,
      );
    };
    const recount = () => {
      if (!count) return;
      const shown = (Number(count.dataset.chosen) + difference()).toLocaleString("en-US");
      count.textContent = count.dataset.words.replace("0", shown);
    };

    form.addEventListener("change", (event) => {
      if (event.target.type !== "checkbox") return;
      isChanged = true;
      recount();
    });
    form.addEventListener("submit", () => {
      isSent = true;
    });
    window.addEventListener("pagehide", () => {
      if (!isChanged || isSent || !navigator.sendBeacon) return;
      const ticks = new FormData(form);
      ticks.append("go", "save");
      navigator.sendBeacon(form.action, ticks);
      isChanged = false;
    });
    // A page that the browser had put aside shows ticks of then.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
    recount();
  }
}
