// The menu of a phone closes by Escape, and when one comes back to a page that was left with it open.
{
  const menu = document.querySelector("[data-menu]");
  if (menu) {
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) {
        menu.open = false;
      }
    });
  }
}
