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
    const button = document.getElementById("theme");
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
  });
})();
