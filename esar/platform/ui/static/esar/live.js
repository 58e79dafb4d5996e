// Checks while typing: a form with data-check posts itself there, and shows the answer in #checks;
// what stands in the answer as data-part="name" is shown in #name. Nothing is saved by it. Also: "choose all" boxes, lines that add what is chosen by its name to an
// area, and asking before what cannot be undone.
document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-check]")) {
    const target = document.getElementById("checks");
    let waiting,
      asked = 0;
    const ask = async () => {
      const mine = ++asked;
      try {
        const answer = await fetch(form.dataset.check, {
          method: "POST",
          body: new FormData(form),
        });
        if (!answer.ok || answer.redirected || mine !== asked) return;
        const shown = document.createElement("template");
        shown.innerHTML = await answer.text();
        for (const part of shown.content.querySelectorAll("[data-part]")) {
          const place = document.getElementById(part.dataset.part);
          if (place && !place.contains(document.activeElement))
            place.replaceChildren(...part.childNodes);
          part.remove();
        }
        target.replaceChildren(shown.content);
      } catch {
        /* a slow or lost line: the check on saving remains */
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 400);
    });
  }
  for (const box of document.querySelectorAll("input[data-all]")) {
    box.addEventListener("change", () => {
      for (const one of document.querySelectorAll(`input[name="${box.dataset.all}"]`))
        one.checked = box.checked;
    });
  }
  for (const line of document.querySelectorAll("input[data-adds-to]")) {
    line.closest(".adding").hidden = false;
    line.addEventListener("input", () => {
      if (![...line.list.options].some((option) => option.value === line.value)) return;
      const area = document.getElementById(line.dataset.addsTo);
      area.value = [area.value.trim().replace(/,$/, ""), line.value].filter(Boolean).join(", ");
      line.value = "";
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  for (const button of document.querySelectorAll("button[data-confirm]")) {
    button.addEventListener("click", (event) => {
      if (!confirm(button.dataset.confirm)) event.preventDefault();
    });
  }
  const refused = document.querySelector(".refused[tabindex]");
  if (refused) refused.focus();
});

// A button pressed twice sends its form once: what begins by it is not begun twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // Not form.method: a form may have a field of that name.
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 5000); // who has stopped the page may send it again
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
