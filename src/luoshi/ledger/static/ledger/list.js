// Walking through the list by keys: j and k move from task to task, Enter opens the one in focus (it is a link), x ticks
// it. The keys press hidden buttons, so that they stand in the list of shortcuts like all others.

const rows = () => [...document.querySelectorAll("#task-table tr[data-row]")];

function current() {
  return document.activeElement?.closest?.("#task-table tr[data-row]") ?? null;
}

// The row that had the focus last, since pressing a hidden button may take it away.
let last = null;

function step(by) {
  const all = rows();
  const place = all.indexOf(current() ?? last);
  const next = place < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(place + by, 0), all.length - 1);
  last = all[next];
  last?.querySelector("[data-row-link]")?.focus();
  last?.scrollIntoView({ block: "nearest" });
}

const acts = {
  next: () => step(1),
  previous: () => step(-1),
  tick: () => (current() ?? last)?.querySelector("[data-row-select]")?.click(),
};

document.addEventListener("focusin", () => {
  last = current() ?? last;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-list-act]");
  if (button) acts[button.dataset.listAct]();
});
