import { say } from "./words.js";

/** Tie the tick boxes of a table (data-row-select), the one in its head (data-select-all) and the bulk bar together. */
export function startBulkSelection(root) {
  const bars = root.matches?.("[data-bulk-bar]") ? [root] : root.querySelectorAll("[data-bulk-bar]");
  for (const bar of bars) {
    const form = document.getElementById(bar.dataset.form);
    if (form && !form.dataset.bulkReady) {
      form.dataset.bulkReady = "yes";
      tie(form);
    }
    if (form) show(form);
  }
}

function rowsOf(form) {
  return [...form.querySelectorAll("input[data-row-select]")];
}

function show(form) {
  const rows = rowsOf(form);
  const ticked = rows.filter((box) => box.checked);
  for (const box of rows) box.closest("tr, li")?.classList.toggle("is-selected", box.checked);
  for (const bar of document.querySelectorAll(`[data-bulk-bar][data-form="${CSS.escape(form.id)}"]`)) {
    bar.hidden = ticked.length === 0;
    bar.querySelector("[data-bulk-count]").textContent = say("selected", { count: ticked.length });
  }
  const all = form.querySelector("[data-select-all]");
  if (all) {
    all.checked = rows.length > 0 && ticked.length === rows.length;
    all.indeterminate = ticked.length > 0 && ticked.length < rows.length;
  }
}

function tie(form) {
  let last = null;
  form.addEventListener("click", (event) => {
    const box = event.target.closest("input[data-row-select]");
    if (!box) return;
    // Shift takes the whole stretch, as in a spreadsheet.
    if (event.shiftKey && last) stretch(rowsOf(form), last, box);
    last = box;
    show(form);
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-select-all]")) for (const box of rowsOf(form)) box.checked = event.target.checked;
    show(form);
  });
  document.addEventListener("click", (event) => {
    const clear = event.target.closest("[data-bulk-clear]");
    if (!clear || clear.closest("[data-bulk-bar]").dataset.form !== form.id) return;
    for (const box of rowsOf(form)) box.checked = false;
    show(form);
  });
}

function stretch(rows, from, to) {
  const [first, second] = [rows.indexOf(from), rows.indexOf(to)].sort((a, b) => a - b);
  for (const box of rows.slice(Math.max(first, 0), second + 1)) box.checked = to.checked;
}
