// Comparing lines by keyboard: J and K move, A says right, E goes into the field, X says no print, Enter saves.
// Without this file every line has its buttons.

const list = document.querySelector("[data-lines]");

function linesOf() {
  return [...list.querySelectorAll("[data-line]")];
}

function current() {
  return document.activeElement?.closest?.("[data-line]") ?? null;
}

function go(line) {
  if (!line) return;
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: "nearest" });
}

/** The next line that waits, after the one with this name; a swap has made that one anew. */
function nextOpen(id) {
  const lines = linesOf();
  const at = lines.findIndex((line) => line.id === id);
  return lines.slice(at + 1).find((line) => line.querySelector("[data-act]")) ?? lines[at + 1];
}

function step(by) {
  const lines = linesOf();
  const at = lines.indexOf(current());
  go(lines[at < 0 ? 0 : Math.min(lines.length - 1, Math.max(0, at + by))]);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input, textarea, select");
  if (typing) {
    if (event.key === "Escape") go(current());
    else if (event.key === "Enter" && typing.name === "words" && !event.isComposing) {
      event.preventDefault();
      typing.form.querySelector('[data-act="correct"]').click();
    }
    return;
  }
  const key = event.key.toLowerCase();
  const act = { a: "right", x: "none" }[key];
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (act) current()?.querySelector(`[data-act="${act}"]`)?.click();
  else if (key === "e") {
    event.preventDefault();
    current()?.querySelector("[name=words]")?.focus();
  }
}

if (list) {
  document.addEventListener("keydown", onKey);
  // Once a line is decided the next one is at hand; a line that was taken back or is wrong keeps the focus.
  document.addEventListener("htmx:afterSettle", (event) => {
    const id = event.detail.target?.id ?? "";
    if (!id.startsWith("line-")) return;
    const line = document.getElementById(id);
    if (line && !line.querySelector("[data-act]")) go(nextOpen(id) ?? line);
    else line?.querySelector("[name=words]")?.focus();
  });
}
