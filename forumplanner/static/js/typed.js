// What was typed goes along: the language switch carries the form that was typed into last, and a page that holds
// something typed asks before it is left. Forms that say data-typed="yes" came back from the server with what was typed.
{
  const switches = document.querySelectorAll("[data-language]");
  let typed = Array.from(document.querySelectorAll("form[data-typed=yes]"));

  const carry = (form) => {
    for (const button of switches) {
      const address = new URL(form.action, location.href);
      address.searchParams.set("lang", button.value);
      button.setAttribute("form", form.id);
      button.setAttribute("formaction", address.pathname + address.search);
    }
  };

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !form.hasAttribute("data-typed")) return;
    carry(form);
    // Nobody is asked about an address and a password.
    if (!form.querySelector("[type=password]")) typed = typed.filter((other) => other !== form).concat(form);
  });
  document.addEventListener("submit", () => {
    typed = [];
  });
  window.addEventListener("beforeunload", (event) => {
    if (!typed.length) return;
    event.preventDefault();
    event.returnValue = "";
  });
}
