// A form marked data-once goes out once: the second click of a double click does nothing. Whatever comes twice all the
// same does its work once on the server, by the key that each drawn form carries.
{
  const PAUSE_MS = 2000;
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-once")) return;
    const now = Date.now();
    if (now - (sent.get(form) || 0) < PAUSE_MS) event.preventDefault();
    else sent.set(form, now);
  });
}
