// Sends files in parts, with progress; a lost line or a closed page goes on where it stopped.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const inputs = [...form.elements].filter((field) => field.type === "file"); // wherever they stand
  const tile = document.querySelector("[data-drop]"),
    list = tile.querySelector(".uploads");
  const token = form.elements.csrfmiddlewaretoken.value;
  const pause = (time) => new Promise((done) => setTimeout(done, time));

  const lost = new Error("lost"); // not over: the same file goes on later

  async function ask(address, options) {
    for (let tried = 0; tried < 12; tried++) {
      try {
        const answer = await fetch(address, {
          ...options,
          headers: { "X-CSRFToken": token, ...(options.headers || {}) },
        });
        const ours = (answer.headers.get("Content-Type") || "").includes("json");
        if (answer.redirected || (answer.status < 500 && !ours)) break; // signed out, or not ours to send
        if (answer.status < 500) return answer;
      } catch {
        /* the line is down */
      }
      await pause(Math.min(1000 * 2 ** tried, 15000));
    }
    throw lost;
  }

  const forget = (key) => {
    try {
      localStorage.removeItem(key);
    } catch {
      /* nothing to forget */
    }
  };

  async function begin(file, key) {
    let known;
    try {
      known = localStorage.getItem(key);
    } catch {
      known = null;
    }
    if (known) {
      const answer = await ask(`${form.action}${known}/`, { method: "GET" });
      if (answer.ok) return { token: known, ...(await answer.json()) };
    }
    const body = new FormData();
    body.set("name", file.name);
    body.set("size", file.size);
    const answer = await ask(form.action, { method: "POST", body });
    const begun = await answer.json();
    if (!answer.ok) throw begun.problems;
    try {
      localStorage.setItem(key, begun.token);
    } catch {
      /* then it is not resumed */
    }
    return begun;
  }

  async function send(file) {
    const row = list.appendChild(document.createElement("li"));
    const name = row.appendChild(document.createElement("span")),
      bar = row.appendChild(document.createElement("progress"));
    const note = row.appendChild(document.createElement("span"));
    name.textContent = file.name;
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const key = `esar-upload:${form.action}:${file.name}:${file.size}:${file.lastModified}`;
    try {
      const upload = await begin(file, key);
      let received = upload.received;
      while (received < file.size) {
        bar.value = received;
        const part = file.slice(received, received + upload.part);
        const answer = await ask(`${form.action}${upload.token}/?offset=${received}`, {
          method: "POST",
          body: part,
          headers: { "Content-Type": "application/octet-stream" },
        });
        const found = await answer.json();
        if (!answer.ok && (found.over || found.received === received)) throw found.problems;
        received = found.received;
      }
      bar.value = file.size;
      note.textContent = ` ✓ ${form.dataset.done}`;
      forget(key);
      return true;
    } catch (problems) {
      row.className = "late";
      if (problems === lost) {
        note.textContent = ` ✗ ${form.dataset.again}`;
        return false;
      }
      note.textContent = ` ✗ ${[].concat(problems).join(" ")}`;
      forget(key);
      return false;
    }
  }

  async function sendAll(files) {
    const all = [];
    for (const file of files) all.push(await send(file));
    for (const input of inputs) input.value = "";
    if (all.length && !list.querySelector(".late")) location.reload(); // what was refused stays to be read
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendAll(inputs.flatMap((input) => [...input.files]));
  });
  for (const input of inputs) input.addEventListener("change", () => sendAll([...input.files]));
  for (const kind of ["dragenter", "dragover"])
    tile.addEventListener(kind, (event) => {
      event.preventDefault();
      tile.classList.add("over");
    });
  for (const kind of ["dragleave", "drop"])
    tile.addEventListener(kind, () => tile.classList.remove("over"));
  tile.addEventListener("drop", (event) => {
    event.preventDefault();
    sendAll([...event.dataTransfer.files]);
  });
});
