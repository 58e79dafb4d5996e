// Suggestions under a search field, as a combobox: what a reader may see, the best ten.
// Without this script the form leads to the page of results.
(() => {
  const WAIT = 150; // ms after the last letter

  function suggest(field) {
    const list = document.getElementById(field.dataset.found);
    const form = field.form;
    let asked; // what goes on, to be given up when another letter is typed
    let timer;
    let chosen = -1;

    field.setAttribute("role", "combobox");
    field.setAttribute("autocomplete", "off");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    list.setAttribute("role", "listbox");
    close();

    function close() {
      list.hidden = true;
      chosen = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }

    function part(name, text) {
      const span = document.createElement("span");
      span.className = name;
      span.textContent = text;
      return span;
    }

    function option(hit, place) {
      const line = document.createElement("li");
      line.id = `${list.id}-${place}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.dataset.href = hit.href;
      line.append(
        part("found-kind", hit.label),
        " ",
        part("found-name", hit.name),
        " ",
        part("found-note", hit.note),
      );
      return line;
    }

    function show(hits) {
      list.replaceChildren(...hits.map(option));
      chosen = -1;
      field.removeAttribute("aria-activedescendant");
      list.hidden = hits.length === 0;
      field.setAttribute("aria-expanded", String(hits.length > 0));
    }

    function choose(place) {
      const lines = [...list.children];
      chosen = (place + lines.length) % lines.length;
      lines.forEach((line, at) => {
        line.setAttribute("aria-selected", String(at === chosen));
      });
      field.setAttribute("aria-activedescendant", lines[chosen].id);
      lines[chosen].scrollIntoView({ block: "nearest" });
    }

    async function ask() {
      asked?.abort();
      const text = field.value.trim();
      if (!text) return close();
      asked = new AbortController();
      const address = new URL("hits.json", form.action);
      address.searchParams.set("q", text);
      try {
        const answer = await fetch(address, { signal: asked.signal });
        if (answer.ok) show((await answer.json()).hits);
      } catch (error) {
        if (error.name !== "AbortError") close(); // the page of results is still there
      }
    }

    function giveUp() {
      clearTimeout(timer);
      asked?.abort();
      close();
    }

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    field.addEventListener("keydown", (press) => {
      if (press.isComposing) return;
      if (press.key === "Escape" && !list.hidden) {
        press.preventDefault();
        giveUp();
      } else if (press.key === "ArrowDown" || press.key === "ArrowUp") {
        if (list.hidden) return;
        press.preventDefault();
        if (press.key === "ArrowDown") choose(chosen + 1);
        else choose(chosen < 0 ? -1 : chosen - 1);
      } else if (press.key === "Enter" && chosen >= 0 && !list.hidden) {
        press.preventDefault();
        location.assign(list.children[chosen].dataset.href);
      }
    });
    field.addEventListener("blur", giveUp);
    list.addEventListener("mousedown", (press) => press.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (press) => {
      const line = press.target.closest("[role=option]");
      if (line) location.assign(line.dataset.href);
    });
  }

  for (const field of document.querySelectorAll("input[data-found]")) suggest(field);
})();
