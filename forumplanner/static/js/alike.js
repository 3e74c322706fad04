// While somebody new is typed, those who may be the same are listed below the telephone number, each a link that opens
// beside the form. Without this script they are shown when the form is sent, before anything is saved.
for (const box of document.querySelectorAll("[data-alike]")) {
  const form = box.closest("form");
  const list = document.createElement("ul");
  const said = box.nextElementSibling;
  const asked = { name: ["full_name", "name"], phones: ["phones"], place: ["place"], group: ["organisation_text"], short: ["short_name"] };
  box.firstElementChild.append(list);
  let waiting = 0;
  let turn = 0;
  let shown = "";

  const value = (names) => names.map((name) => (form.elements[name] ? form.elements[name].value.trim() : "")).join("");
  const show = (partners) => {
    const now = partners.map(({ href }) => href).join(" ");
    // What is there already stays where it is: nothing moves while somebody types on.
    if (now === shown) return;
    shown = now;
    list.textContent = "";
    for (const { name, about, href } of partners) {
      const [row, link, note] = ["li", "a", "span"].map((tag) => document.createElement(tag));
      link.href = href;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = name;
      note.className = "quiet";
      note.textContent = about;
      row.append(link, note);
      list.append(row);
    }
    box.hidden = partners.length === 0;
    const words = partners.length === 1 ? said.dataset.one : said.dataset.some;
    said.textContent = partners.length ? words.replace("0", partners.length) : "";
  };
  const ask = async () => {
    const mine = (turn += 1);
    const parts = Object.keys(asked).map((name) => `${name}=${encodeURIComponent(value(asked[name]))}`);
    if (value(asked.name).length < 4) {
      show([]);
      return;
    }
    try {
      const answer = await fetch(`${box.dataset.alike}&${parts.join("&")}`);
      const partners = answer.ok ? await answer.json() : [];
      if (answer.ok && mine === turn) show(partners);
    } catch (error) {
      // No network: they are shown when the form is sent.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 500);
  });
}
