// A box for a place lists the likeliest ones while somebody types: a combobox after WAI-ARIA, by keyboard, finger or mouse.
// Without this script the line is read when it is sent, and asked about where it is not certain.
{
  const WAIT = 200;
  const enhance = (field) => {
    const box = field.querySelector("input:not([type=hidden]):not([type=radio])");
    const asked = field.querySelector("input[name$=-asked]");
    const list = document.createElement("ul");
    const status = document.createElement("p");
    let options = [];
    let active = -1;
    let turn = 0;
    let timer = 0;

    list.id = `${box.id}-list`;
    list.className = "place-list";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.dataset.list);
    status.className = "unseen";
    status.setAttribute("role", "status");
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    box.insertAdjacentElement("afterend", list);
    field.appendChild(status);

    const close = () => {
      turn += 1;
      clearTimeout(timer);
      options = [];
      active = -1;
      list.hidden = true;
      list.textContent = "";
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    const mark = (place) => {
      active = place;
      options.forEach((option, number) => option.setAttribute("aria-selected", String(number === active)));
      if (active < 0) box.removeAttribute("aria-activedescendant");
      else {
        box.setAttribute("aria-activedescendant", options[active].id);
        options[active].scrollIntoView({ block: "nearest" });
      }
    };
    const pick = (option) => {
      const choices = field.querySelector("fieldset");
      let choice = field.querySelector("input[type=hidden][name$=-choice]");
      if (choices) choices.parentNode.removeChild(choices);
      if (!choice) {
        choice = document.createElement("input");
        choice.type = "hidden";
        choice.name = asked.name.replace(/asked$/, "choice");
        field.appendChild(choice);
      }
      box.value = asked.value = option.textContent;
      choice.value = option.dataset.code;
      status.textContent = option.textContent;
      close();
    };
    const show = (places) => {
      close();
      places.forEach((place, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${number}`;
        option.textContent = place.text;
        option.dataset.code = place.code;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        list.appendChild(option);
      });
      options = Array.from(list.children);
      list.hidden = !options.length;
      box.setAttribute("aria-expanded", String(options.length > 0));
      const words = [field.dataset.none, field.dataset.one][options.length] || field.dataset.some;
      status.textContent = words.replace("0", String(options.length));
    };
    const look = async () => {
      const typed = box.value.trim();
      turn += 1;
      const ours = turn;
      if (typed.length < 2) {
        close();
        return;
      }
      try {
        const answer = await fetch(`${field.dataset.place}?q=${encodeURIComponent(typed)}`, { credentials: "same-origin" });
        const found = answer.ok ? await answer.json() : { places: [] };
        // Who went on typing, or left the box, gets no answer to what was.
        if (ours === turn && document.activeElement === box) show(found.places);
      } catch (error) {
        close();
      }
    };

    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, WAIT);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && list.hidden) {
        if (event.key === "ArrowDown") look();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        // One place further than the last, or before the first, is the box itself.
        mark(((active + 1 + step + options.length + 1) % (options.length + 1)) - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        pick(options[active]);
      }
    });
    box.addEventListener("blur", close);
    // The box keeps the focus while somebody points at the list.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) pick(option);
    });
  };
  document.querySelectorAll("[data-place]").forEach(enhance);
}
