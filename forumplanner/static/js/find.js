// While a name or a number is typed, the first few whom it fits stand below the box, each a link. Without this script the
// button leads to the one, or to the list.
for (const form of document.querySelectorAll("form[data-find]")) {
  const box = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  const said = form.querySelector("[role=status]");
  let turn = 0;
  let waiting = 0;
  list.className = "find-list";
  list.hidden = true;
  form.append(list);

  const show = (partners) => {
    list.textContent = "";
    for (const { name, about, href } of partners) {
      const [row, link, note] = ["li", "a", "span"].map((tag) => document.createElement(tag));
      link.href = href;
      link.textContent = name;
      note.className = "quiet";
      note.textContent = about;
      link.append(note);
      row.append(link);
      list.append(row);
    }
    list.hidden = partners.length === 0;
    said.textContent = box.value.trim().length > 1 ? said.dataset.words.replace("0", partners.length) : "";
  };
  const ask = async () => {
    const mine = (turn += 1);
    const text = box.value.trim();
    if (text.length < 2) {
      show([]);
      return;
    }
    try {
      const answer = await fetch(`${form.dataset.find}?q=${encodeURIComponent(text)}`);
      const partners = answer.ok ? await answer.json() : [];
      // Overtaken by the next letter, an answer comes too late.
      if (answer.ok && mine === turn) show(partners);
    } catch (error) {
      // No network: the button still works.
    }
  };
  const links = () => Array.from(list.querySelectorAll("a"));

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  form.addEventListener("keydown", (event) => {
    const all = [box, ...links()];
    const place = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = all[place + (event.key === "ArrowDown" ? 1 : -1)];
      if (place >= 0 && next) {
        event.preventDefault();
        next.focus();
      }
    } else if (event.key === "Escape" && !list.hidden) {
      // Neither the menu closes with it, nor is what was typed cleared, as browsers do in a box that searches.
      event.stopPropagation();
      event.preventDefault();
      show([]);
      box.focus();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) list.hidden = true;
  });
  box.addEventListener("focus", () => {
    list.hidden = list.children.length === 0;
  });
}
