// Saves a form with data-autosave while it is written. What cannot be sent stays on this device
// and is sent when the line is back. What was sent without an answer is sent again as it was, before
// anything newer: had it come, the server knows the same text again. When another person was faster
// nothing is overwritten: the server answers 409, both texts are shown, and this page stops saving.
// Once saved, a field of a figure shows the figure that is kept, as soon as it is left. With
// data-autosave="device" there is nothing on the server yet: the text stays on this device until it
// is sent as a whole. With data-warn the browser asks before a page with unsaved text is left.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const page = location.pathname.replace(/^\/\d{4}(?=\/)/, ""); // the same with its year and without
  const key = `esar:${form.dataset.person}:${page}`; // never another person's on a shared machine
  const state = document.getElementById("save-state"),
    said = form.dataset;
  const conflict = document.getElementById("conflict"),
    checks = document.getElementById("checks");
  const revision = form.elements.revision || form.elements.seen; // the mark of the draft
  const isOnDevice = said.autosave === "device";
  let isUnsaved = false;
  let waiting,
    sending = false,
    again = false,
    typedSince = false, // after what was last sent
    stopped = false,
    leaving = false,
    pressed = null; // the button that sent the form as a whole

  const typed = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify(typed()));
    } catch {
      /* full or forbidden */
    }
  };
  const pending = `${key}:unanswered`;
  let unanswered = null; // what was sent and not answered, as it was sent
  try {
    unanswered = JSON.parse(localStorage.getItem(pending) || "null");
  } catch {
    /* forbidden */
  }
  const mark = (fields) => {
    unanswered = fields;
    try {
      if (fields) localStorage.setItem(pending, JSON.stringify(fields));
      else localStorage.removeItem(pending);
    } catch {
      /* full or forbidden */
    }
  };
  const packed = (fields) => {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return body;
  };
  const LEFT = "_left"; // the form was sent as a whole; forgotten when the server shows that it came
  const forget = () => {
    try {
      localStorage.removeItem(key);
    } catch {
      /* the same */
    }
  };
  let figures = {}; // name → what was typed and what is kept of it
  const show = (name) => {
    const field = form.elements[name];
    if (figures[name] && field.value === figures[name].typed) field.value = figures[name].kept;
  };
  const showKept = (kept, sent) => {
    const typedIn = new Map(sent);
    figures = {};
    for (const name of Object.keys(kept || {}).filter((name) => typedIn.has(name))) {
      figures[name] = { typed: typedIn.get(name), kept: kept[name] };
      if (form.elements[name] !== document.activeElement) show(name);
    }
  };
  const later = (time) => {
    clearTimeout(waiting);
    waiting = setTimeout(send, time);
  };

  async function send() {
    if (stopped) return;
    if (isOnDevice) {
      state.textContent = said.kept;
      return;
    }
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    state.textContent = said.saving;
    const repeated = unanswered !== null;
    if (!repeated) {
      mark(typed());
      typedSince = false;
    }
    let answer,
      failed = false;
    try {
      answer = await fetch(location.pathname, {
        method: "POST",
        body: packed(unanswered),
        headers: { "X-Autosave": "1" },
      });
      if (answer.redirected || answer.status === 403) {
        state.textContent = said.signin;
        return;
      }
      if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error("not ours");
      const found = await answer.json();
      const sent = unanswered;
      mark(null);
      if (repeated && !stopped) again = true; // now what was typed since
      if (answer.ok) {
        revision.value = found.revision;
        if (found.html) checks.innerHTML = found.html;
        isUnsaved = again || typedSince;
        showKept(found.figures, sent);
        state.classList.remove("late");
        if (!isUnsaved) {
          checks.classList.remove("stale");
          forget();
          state.textContent = `${said.saved} ${new Date().toLocaleTimeString("th-TH", { hour: "2-digit", minute: "2-digit" })}`;
        }
      } else if (answer.status === 409) {
        stopped = true;
        again = false;
        conflict.hidden = false;
        conflict.querySelector("p").textContent = found.problems.join(" ");
        conflict.querySelector("div").innerHTML = found.html;
        conflict.focus();
        state.textContent = "";
      } else {
        state.classList.add("late");
        state.textContent = `✗ ${said.unsaved}: ${found.problems.join(" ")}`;
      }
    } catch {
      failed = true;
      state.textContent = said.kept;
      later(5000);
    } finally {
      sending = false;
      // What was under way has come: now the whole form, or what was typed since.
      if (leaving && !stopped && !failed) {
        form.requestSubmit(pressed);
      } else {
        leaving = false;
        if (again && !stopped) {
          again = false;
          later(300);
        }
      }
    }
  }

  // A figure that is typed is a result: the choice beside it follows.
  const result = form.querySelector("input[name=status][value=reported]");
  form.addEventListener("input", (event) => {
    // A file for a form of its own is shown within this one; what a script changes comes from this one.
    if (event.target !== form && event.target.form !== form) return;
    const isResult = /^(actual|numerator|denominator|steps_done|item_.*)$/.test(event.target.name);
    if (result && isResult) result.checked = true;
    checks.classList.add("stale");
    isUnsaved = typedSince = true;
    if (!isOnDevice && !stopped) state.textContent = said.saving;
    keep();
    later(Number(said.wait || 1200));
  });
  form.addEventListener("focusout", (event) => show(event.target.name));
  for (const link of document.querySelectorAll("a[data-forget]"))
    link.addEventListener("click", () => {
      forget();
      mark(null);
    });
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    isUnsaved = false;
    if (sending || unanswered) {
      leaving = true;
      pressed = event.submitter;
      event.preventDefault();
      if (!sending) send();
      return;
    }
    stopped = true;
    try {
      localStorage.setItem(key, JSON.stringify([...typed(), [LEFT, "1"]]));
    } catch {
      /* full or forbidden */
    }
  });
  addEventListener("online", () => later(100));
  addEventListener("beforeunload", (event) => {
    if (said.warn !== undefined && isUnsaved) event.preventDefault();
  });

  let left;
  try {
    left = JSON.parse(localStorage.getItem(key) || "null");
  } catch {
    left = null;
  }
  if (left) {
    const values = new Map();
    for (const [name, value] of left) values.set(name, [...(values.get(name) || []), value]);
    const was = (values.get(revision.name) || [""])[0],
      same = was === revision.value;
    const text = (all) =>
      JSON.stringify(
        all
          .filter(([name]) => ![revision.name, LEFT].includes(name))
          .map(([name, value]) => [name, String(value).trim()]),
      );
    const came = text(left) === text(typed()); // the answer was lost, not what was sent
    const offered = form.elements.number?.value; // a new thing came if another number is free now
    const isNew = isOnDevice && (values.get("number") || [""])[0] !== offered;
    if (came || (values.has(LEFT) && (isOnDevice ? isNew : !same))) {
      forget();
      mark(null);
      return;
    }
    for (const field of form.elements) {
      if (
        !field.name ||
        ["csrfmiddlewaretoken", revision.name].includes(field.name) ||
        field.type === "submit"
      )
        continue;
      const kept = values.get(field.name) || [];
      if (field.type === "radio" || field.type === "checkbox")
        field.checked = kept.includes(field.value);
      else if (kept.length) {
        if (kept[0] !== field.value) field.closest("details")?.setAttribute("open", "");
        field.value = kept[0];
      }
    }
    state.textContent = said.restored;
    if (same || unanswered) later(100);
    else revision.value = was; // an old one: saving will tell
  }
});
