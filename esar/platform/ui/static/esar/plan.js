// The grid of a plan: arrow keys move, S marks the start, O an output, Space the next mark, Delete
// clears, Enter opens the activity. Each cell stays a <select> of the form, which is what is saved;
// the grid is a button over it. The answers in words go to #plan-live.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-plan]");
  if (!form) return;
  const said = form.dataset,
    table = form.querySelector(".plan-grid"),
    live = document.getElementById("plan-live");
  const SIGNS = { "": "", s: "●", o: "○", so: "●○" };
  const months = [...table.querySelectorAll("th[data-month]")].map((one) => one.dataset.month);
  const rows = [...table.querySelectorAll("tbody tr")].map((tr) => [
    ...tr.querySelectorAll("select"),
  ]);
  const totals = [...table.querySelectorAll("[data-total]")];
  const buttons = rows.map((row) => row.map(() => document.createElement("button")));
  const undo = document.getElementById("plan-undo"),
    past = [];
  let here = [0, 0];
  const words = (mark) => said[mark || "none"];
  const section = (row) => document.getElementById(`activity-${row + 1}`);
  const field = (name, row) => form.elements[`${name}-${row + 1}`];

  function paint(row, column) {
    const button = buttons[row][column],
      mark = rows[row][column].value;
    button.textContent = SIGNS[mark];
    button.className = `mark mark-${mark || "none"}`;
    button.setAttribute("aria-label", `${months[column]}: ${words(mark)}`);
    const key = rows[row][column].name.split("-").slice(2).join("-");
    section(row).querySelector(`[data-what="${key}"]`).hidden = !mark.includes("o");
  }

  function paintRow(row) {
    rows[row].forEach((_, column) => {
      paint(row, column);
    });
    section(row).querySelector("[data-no-output]").hidden = rows[row].some((one) =>
      one.value.includes("o"),
    );
    for (const part of [table.querySelector(`tr[data-row="${row + 1}"]`), section(row)]) {
      part.querySelector('[data-shown="name"]').textContent = field("name", row).value || "…";
    }
    table.querySelector(`tr[data-row="${row + 1}"] [data-shown="type"]`).textContent =
      field("type", row).value || "–";
  }

  const total = (column) => rows.filter((row) => row[column].value.includes("o")).length;
  const addUp = () =>
    totals.forEach((cell, column) => {
      cell.textContent = total(column) || "-";
    });
  const paintAll = () => {
    rows.forEach((_, row) => {
      paintRow(row);
    });
    addUp();
  };

  function focus(row, column) {
    buttons[here[0]][here[1]].tabIndex = -1;
    here = [
      Math.min(Math.max(row, 0), rows.length - 1),
      Math.min(Math.max(column, 0), months.length - 1),
    ];
    const button = buttons[here[0]][here[1]];
    button.tabIndex = 0;
    button.focus();
    button.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // Every field of the rows by name, so that a step can be taken back and rows can change places.
  const ROWS = /^(name|type|topic|office|cell|what)-(\d+)(.*)$/;
  const fields = () => [...form.elements].filter((one) => ROWS.test(one.name));
  const values = () => new Map(fields().map((one) => [one.name, one.value]));
  const restore = (kept) =>
    fields().forEach((one) => {
      one.value = kept.get(one.name) ?? one.value;
    });
  const tell = (text) => {
    live.textContent = text;
  };
  const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));

  function step(change) {
    past.push(values());
    if (past.length > 100) past.shift();
    undo.hidden = false;
    change();
    changed();
  }

  function takeBack() {
    if (!past.length) return;
    restore(past.pop());
    undo.hidden = !past.length;
    paintAll();
    changed();
    tell(said.undone);
  }

  function mark(row, column, wanted) {
    step(() => {
      if (wanted.includes("s")) {
        for (const one of rows[row])
          if (one.value.includes("s")) one.value = one.value.replace("s", "");
      }
      rows[row][column].value = wanted;
      paintRow(row);
      addUp();
    });
    tell(`${months[column]}: ${words(wanted)}. ${said.total}: ${total(column)}`);
  }

  function next(row, column) {
    const elsewhere = rows[row].some((one, other) => other !== column && one.value.includes("s"));
    const order = elsewhere ? ["", "o"] : ["", "s", "so", "o"];
    const now = rows[row][column].value;
    mark(row, column, order[(order.indexOf(now) + 1) % order.length]);
  }

  function toggle(row, column, letter) {
    const now = rows[row][column].value;
    const has = (one) => (one === letter) !== now.includes(one);
    mark(row, column, (has("s") ? "s" : "") + (has("o") ? "o" : ""));
  }

  function open(row) {
    section(row).open = true;
    field("name", row).focus();
  }

  table.setAttribute("role", "grid");
  rows.forEach((row, number) => {
    row.forEach((select, column) => {
      const button = buttons[number][column];
      button.type = "button";
      button.tabIndex = number || column ? -1 : 0;
      select.hidden = true;
      select.after(button);
      button.addEventListener("click", () => {
        focus(number, column);
        next(number, column);
      });
    });
  });
  paintAll();

  table.addEventListener("keydown", (event) => {
    if (!event.target.matches("button.mark")) return;
    const place = [rows.findIndex((_, row) => buttons[row].includes(event.target))];
    place.push(buttons[place[0]].indexOf(event.target));
    const [row, column] = place;
    if (event.altKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.code === "KeyZ") {
        event.preventDefault();
        takeBack();
      }
      return;
    }
    const does = {
      ArrowRight: () => focus(row, column + 1),
      ArrowLeft: () => focus(row, column - 1),
      ArrowDown: () => focus(row + 1, column),
      ArrowUp: () => focus(row - 1, column),
      Home: () => focus(row, 0),
      End: () => focus(row, months.length - 1),
      KeyS: () => toggle(row, column, "s"),
      KeyO: () => toggle(row, column, "o"), // by place: a Thai keyboard too
      Space: () => next(row, column),
      Delete: () => mark(row, column, ""),
      Backspace: () => mark(row, column, ""),
      Enter: () => open(row),
    }[event.code === "NumpadEnter" ? "Enter" : event.code];
    if (does) {
      event.preventDefault();
      does();
    }
  });

  form.addEventListener("keydown", (event) => {
    const part = event.target.closest("details[data-row]");
    if (!part) return;
    if (event.key === "Escape") {
      event.preventDefault();
      focus(Number(part.dataset.row) - 1, here[1]);
    }
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault(); // it would send the form
  });

  form.addEventListener("input", (event) => {
    const found = ROWS.exec(event.target.name || "");
    if (found && found[1] !== "cell") paintRow(Number(found[2]) - 1);
  });

  for (const link of table.querySelectorAll("tbody th a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(Number(link.closest("tr").dataset.row) - 1);
    });
  }
  document.getElementById("checks").addEventListener("click", (event) => {
    const found = /^#activity-(\d+)$/.exec(event.target.getAttribute("href") || "");
    if (found) {
      event.preventDefault();
      open(Number(found[1]) - 1);
    }
  });

  // Rows change places, or one goes, without loading the page; the numbers stay in order.
  function rearrange(what, row) {
    const kept = values(),
      last = rows.length;
    const from = (number) => {
      if (what === "remove") return number < row + 1 ? number : number + 1;
      const other = what === "up" ? row : row + 2;
      return number === row + 1 ? other : number === other ? row + 1 : number;
    };
    for (const one of fields()) {
      const [, name, number, rest] = ROWS.exec(one.name);
      const source = from(Number(number));
      one.value = source > last ? "" : (kept.get(`${name}-${source}${rest}`) ?? "");
    }
    paintAll();
  }
  for (const button of form.querySelectorAll("button[name=do]")) {
    const [what, number] = button.value.split("-"),
      row = Number(number) - 1;
    if (what === "add") continue;
    if ((what === "up" && !row) || (what === "down" && row === rows.length - 1))
      button.hidden = true;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      step(() => rearrange(what, row));
      tell(button.textContent.trim());
      if (what !== "remove") open(what === "up" ? row - 1 : row + 1);
    });
  }
  undo.addEventListener("click", takeBack);
});
