// The agenda by keyboard: j and k go on and back, x chooses, o opens, a chooses all, r leads to the
// resolution; not while somebody types. What the item under the cursor is about comes beside the
// agenda, on a narrow screen into the item.
document.addEventListener("DOMContentLoaded", () => {
  const items = [...document.querySelectorAll(".agenda-item")];
  const hint = document.querySelector(".agenda-keys");
  const beside = document.querySelector(".beside");
  const isWide = matchMedia("(min-width: 1100px)");
  const fetched = new Map();
  let shown;
  const show = async (item) => {
    const address = item.dataset.beside;
    const place = isWide.matches ? beside : item.querySelector(".beside-here");
    if (!place || (place.hasChildNodes() && (place !== beside || shown === item))) return;
    shown = item;
    if (isWide.matches) for (const one of items) one.classList.toggle("chosen", one === item);
    if (!fetched.has(address))
      fetched.set(
        address,
        fetch(address).then((answer) => (answer.ok && !answer.redirected ? answer.text() : "")),
      );
    try {
      const text = await fetched.get(address);
      if (place === beside && shown !== item) return;
      place.innerHTML = text;
      place.hidden = !text;
    } catch {
      fetched.delete(address); // a lost line: the item's own page remains
    }
  };
  for (const item of items) {
    item.addEventListener("focusin", () => isWide.matches && show(item));
    item.querySelector("details").addEventListener("toggle", (event) => {
      if (event.target.open && (!isWide.matches || event.target.contains(document.activeElement)))
        show(item);
    });
  }
  if (items.length && isWide.matches) show(items[0]);
  if (!items.length || !hint) return;
  hint.hidden = false;
  const here = () => items.findIndex((item) => item.contains(document.activeElement));
  const go = (place) => items.at(place)?.querySelector("summary").focus();
  const keys = {
    j: (place) => go(Math.min(place + 1, items.length - 1)),
    k: (place) => go(Math.max(place - 1, 0)),
    x: (place) => items[place]?.querySelector("input[type=checkbox]")?.click(),
    o: (place) => items[place]?.querySelector("summary").click(),
    a: () => document.querySelector("[data-all=item]")?.click(),
    r: () => document.getElementById("outcome")?.focus(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("textarea, select, input:not([type=checkbox])");
    const act = keys[event.key];
    if (!act || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(here());
  });
});
