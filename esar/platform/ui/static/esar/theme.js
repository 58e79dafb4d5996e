// Light or dark: the reader's choice, else the system's. Loaded in the head, so no flash.
(() => {
  const page = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  };
  const chosen = kept();
  if (chosen) page.dataset.theme = chosen;
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll(".theme-switch")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const now = page.dataset.theme || (dark.matches ? "dark" : "light");
        const next = now === "dark" ? "light" : "dark";
        try {
          localStorage.setItem("theme", next);
        } catch {
          /* a private window keeps nothing */
        }
        page.dataset.theme = next;
      });
    }
    // What is folded in the header closes by Escape, and by a press anywhere else.
    const folds = [...document.querySelectorAll(".head-fold")];
    document.addEventListener("keydown", (event) => {
      const open = event.key === "Escape" && folds.find((fold) => fold.open);
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
    });
    document.addEventListener("click", (event) => {
      for (const fold of folds) {
        if (!fold.contains(event.target)) {
          fold.open = false;
        }
      }
    });
  });
})();
