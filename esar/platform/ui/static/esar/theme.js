// Light or dark: the reader's choice, else the system's. Loaded in the head, so no flash.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  };
  const apply = (theme) => document.documentElement.setAttribute("data-bs-theme", theme);
  apply(kept() || (dark.matches ? "dark" : "light"));
  dark.addEventListener("change", () => kept() || apply(dark.matches ? "dark" : "light"));
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll(".theme-switch")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const next =
          document.documentElement.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
        try {
          localStorage.setItem("theme", next);
        } catch {
          /* a private window keeps nothing */
        }
        apply(next);
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
