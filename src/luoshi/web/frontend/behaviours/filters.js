/** Send a filter form as soon as a choice is made; text waits for Enter, so that nothing jumps while typing. */
export function startFilters() {
  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-filters-toggle]");
    if (toggle) toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto-submit]");
    if (!form || form.hasAttribute("hx-get")) return;
    if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
  });
  // Empty fields would fill the address with "unit=&leader=&…", which nobody can read or pass on.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.filters")) return;
    const empty = [...event.target.elements].filter((field) => field.name && !field.value && !field.disabled);
    for (const field of empty) field.disabled = true;
    setTimeout(() => empty.forEach((field) => (field.disabled = false)));
  });
}
