// Keys that press what names them by data-key: not while somebody types, nor once they are turned off.
document.addEventListener("DOMContentLoaded", () => {
  const SWITCHED_OFF = "esar-keys-off";
  const hints = document.querySelectorAll(".keys-hint");
  const toggle = document.querySelector("[data-keys]");
  const areOn = () => localStorage.getItem(SWITCHED_OFF) === null;
  const show = () => toggle?.setAttribute("aria-pressed", String(areOn()));
  for (const hint of hints) hint.hidden = false;
  show();
  toggle?.addEventListener("click", () => {
    if (areOn()) localStorage.setItem(SWITCHED_OFF, "1");
    else localStorage.removeItem(SWITCHED_OFF);
    show();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest(
      "textarea, select, input:not([type=checkbox], [type=radio])",
    );
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !areOn())
      return;
    const pressed = document.querySelector(`[data-key~="${CSS.escape(event.key)}"]`);
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
    const opened = pressed.closest("details[open]");
    opened?.querySelector("input:not([type=hidden], [type=radio]), select, textarea")?.focus();
  });
});
