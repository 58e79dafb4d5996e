// A form whose fields are for some kinds of KPI shows those of the kind that is chosen. A field in
// which something is typed is never put away: who changes the kind sees what has no place there.
document.addEventListener("DOMContentLoaded", () => {
  const kind = document.getElementById("id_kind");
  if (!kind) return;
  const fit = () => {
    for (const input of document.querySelectorAll("[data-kinds]")) {
      const isOfKind = input.dataset.kinds.split(" ").includes(kind.value);
      input.closest(".field").hidden = !isOfKind && !input.value;
    }
  };
  kind.addEventListener("change", fit);
  fit();
});
