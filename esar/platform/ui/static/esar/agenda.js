// The agenda by keyboard: j and k go on and back, x chooses, o opens, a chooses all, r leads to the
// resolution; not while somebody types.
document.addEventListener("DOMContentLoaded", () => {
  const items = [...document.querySelectorAll(".agenda-item")];
  const hint = document.querySelector(".agenda-keys");
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
